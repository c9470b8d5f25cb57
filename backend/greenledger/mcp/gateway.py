"""The gateway and the chain behind it, as the tools ask them: through the client, with few retries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from greenledger.client import asynchronous
from greenledger.client.async_client import AsyncClient
from greenledger.client.connection import Auth, Call, Connection, ask
from greenledger.client.reading import Answer, answer
from greenledger.client.retrying import Retries

# An agent that waits for minutes is worse off than one that is told what is down.
RETRIES = Retries(attempts=3, first_s=0.3, longest_s=2.0, patience_s=5.0)
TIMEOUT_S = 20.0


class Gateway:
    """One gateway. Every method raises ClientError and nothing else."""

    def __init__(self, connection: Connection) -> None:
        self._connection = replace(connection, retries=RETRIES, timeout_s=TIMEOUT_S)
        self._http = asynchronous.new_http()
        self.client = AsyncClient(connection=self._connection, http=self._http)

    @property
    def has_key(self) -> bool:
        return self._connection.api_key is not None

    async def aclose(self) -> None:
        await self._http.aclose()

    async def get(self, path: str, **params: str) -> Answer:
        """What the gateway tells anyone."""
        return await self._ask(Call("GET", path, params=params, auth=Auth.NOBODY, harmless=True))

    async def post(self, path: str, body: Mapping[str, Any]) -> Answer:
        """What the gateway computes for anyone; nothing is stored there."""
        return await self._ask(Call("POST", path, dict(body), auth=Auth.NOBODY, harmless=True))

    async def _ask(self, call: Call) -> Answer:
        _, body = await asynchronous.run(ask(self._connection, call), self._http)
        return answer(body)
