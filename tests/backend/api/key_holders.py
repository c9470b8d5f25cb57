"""People with API keys, for the tests."""

from __future__ import annotations

from typing import Any

import httpx
from eth_account.signers.local import LocalAccount
from nodes import new_person, sign_in

from greenledger.auth.keys import Scope, create_key
from greenledger.usage.audit import SESSION, Origin
from greenledger.usage.database import Database

ALL = tuple(scope.value for scope in Scope)
BY_WALLET = Origin(SESSION, "request-of-a-test", "192.0.2.0/24")


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


async def made_key(client: httpx.AsyncClient, *scopes: str, **fields: Any) -> dict[str, Any]:
    """A key of whoever is signed in, as POST /v1/keys answers."""
    response = await client.post("/v1/keys", json={"name": "CI", "scopes": scopes or ALL, **fields})
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


async def new_holder(client: httpx.AsyncClient, *scopes: str) -> tuple[LocalAccount, str]:
    """A new person and their key; nobody is signed in any more."""
    person = new_person()
    await sign_in(client, person)
    key: str = (await made_key(client, *scopes))["key"]
    client.cookies.clear()
    return person, key


async def stored_key(database: Database, account: str, now: int, days: int | None = None) -> str:
    """A key for everything, made without a gateway."""
    async with database.transaction() as session:
        key, _ = await create_key(session, account, "stored", tuple(Scope), days, now, BY_WALLET)
    return key
