"""Asks every dependency whether it works, all at once and each within a time limit."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import httpx
from pydantic import BaseModel

from greenledger.api.state import Gateway, HealthCheck
from greenledger.chain.errors import ChainUnavailable
from greenledger.council.collect import Peer

CHECK_TIMEOUT_S = 3.0
# Everyone may ask for the health; the dependencies are asked once for all who do so at about the same time.
KEPT_S = 1.0
# Without these nothing can be served; without a peer or a marketplace some requests still can.
NEEDED = frozenset({"database", "chain"})


class CheckView(BaseModel):
    """One dependency; `detail` says what is wrong with it."""

    ok: bool
    detail: str | None = None
    since: int  # Unix seconds; when this process first saw it in this state


class HealthView(BaseModel):
    """All of them together. `draining`: this process is about to end, another one should be asked."""

    status: Literal["ok", "degraded", "unavailable", "draining"]
    checks: dict[str, CheckView]


@dataclass
class HealthBook:
    """What was last seen of each dependency."""

    seen: dict[str, CheckView] = field(default_factory=dict)
    _asked_at: float = float("-inf")  # monotonic seconds
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def read(self, checks: Mapping[str, HealthCheck]) -> dict[str, CheckView]:
        """The state of each; asked anew if that was not done within the last second."""
        async with self._asking:
            if time.monotonic() - self._asked_at >= KEPT_S:
                details = await asyncio.gather(*(_bounded(check) for check in checks.values()))
                self._note(dict(zip(checks, details, strict=True)))
                self._asked_at = time.monotonic()
        return self.seen

    def _note(self, details: Mapping[str, str | None]) -> None:
        now = int(time.time())
        before = self.seen
        self.seen = {
            name: CheckView(
                ok=detail is None,
                detail=detail,
                since=before[name].since if name in before and before[name].ok == (detail is None) else now,
            )
            for name, detail in details.items()
        }


async def health_of(gateway: Gateway, book: HealthBook) -> tuple[HealthView, int]:
    """The view and its HTTP status: 503 if something needed is away or the process is about to end."""
    views = await book.read(gateway.health_checks)
    broken = {name for name, view in views.items() if not view.ok}
    if gateway.draining_since is not None:
        return HealthView(status="draining", checks=views), 503
    if broken & NEEDED:
        return HealthView(status="unavailable", checks=views), 503
    return HealthView(status="degraded" if broken else "ok", checks=views), 200


async def _bounded(check: HealthCheck) -> str | None:
    try:
        async with asyncio.timeout(CHECK_TIMEOUT_S):
            return await check()
    except TimeoutError:
        return f"no answer within {CHECK_TIMEOUT_S:g} s"
    except Exception as error:
        # Only the kind of error: its text can hold an address with a key in it.
        return f"failed with {type(error).__name__}"


def basic_checks(gateway: Gateway) -> dict[str, HealthCheck]:
    """Database, chain and council peers; a noun's lifespan part adds its own."""

    async def database() -> str | None:
        await gateway.database.ping()
        return None

    async def chain() -> str | None:
        expected = gateway.deployment.chain_id
        try:
            stated = await gateway.chain.chain_id()
        except ChainUnavailable as error:
            return str(error)
        return None if stated == expected else f"is chain {stated}, expected {expected}"

    async def peers() -> str | None:
        answers = await asyncio.gather(*(_reaches(peer) for peer in gateway.council.peers))
        silent = [peer.url for peer, answer in zip(gateway.council.peers, answers, strict=True) if not answer]
        return f"no answer from {', '.join(silent)}" if silent else None

    return {"database": database, "chain": chain, "peers": peers}


async def _reaches(peer: Peer) -> bool:
    try:
        # Not the peer's /health: peers asking each other for theirs would never end.
        answer = await peer.http.get(f"{peer.url}/v1/council", timeout=CHECK_TIMEOUT_S - 0.5)
    except httpx.HTTPError:
        return False
    return answer.status_code == 200
