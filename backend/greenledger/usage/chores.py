"""Chores: work of the gateway itself that one process at a time does, again and again."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.insertion import insert_if_absent
from greenledger.usage.leases import end_lease, take_due
from greenledger.usage.models.chore import Chore


async def take_chore(session: AsyncSession, name: str, worker: str, now: int, lease_s: int) -> Chore | None:
    """The chore if it is due at `now` (Unix seconds) and nobody does it; a new one is due at once."""
    await insert_if_absent(session, Chore, name=name, due_at=now)
    taken = await take_due(session, Chore, worker, now, lease_s, 1, Chore.name == name)
    return taken[0] if taken else None


async def end_chore(session: AsyncSession, chore: Chore, now: int, again_at: int) -> bool:
    """Says that it was done, and when to do it again, Unix seconds. False if another took it over."""
    return await end_lease(session, chore, again_at, done_at=now)
