"""Chores: one process at a time, and again when it is time."""

from __future__ import annotations

import asyncio

from greenledger.usage.chores import end_chore, take_chore
from greenledger.usage.database import Database
from greenledger.usage.models.chore import Chore

NOW = 1_000


async def take(database: Database, worker: str, now: int = NOW) -> Chore | None:
    async with database.transaction() as session:
        return await take_chore(session, "housekeeping", worker, now, 60)


async def test_take_chore__by_many_at_once__is_given_to_one(database: Database) -> None:
    taken = await asyncio.gather(*(take(database, f"w{number}") for number in range(6)))
    assert len([chore for chore in taken if chore is not None]) == 1


async def test_take_chore__done__is_due_again_when_it_said(database: Database) -> None:
    chore = await take(database, "w")
    assert chore is not None
    async with database.transaction() as session:
        assert await end_chore(session, chore, NOW + 5, NOW + 100)
    assert await take(database, "v", NOW + 99) is None
    again = await take(database, "v", NOW + 100)
    assert again is not None and again.done_at == NOW + 5


async def test_take_chore__worker_was_killed__is_taken_over_after_the_lease(database: Database) -> None:
    lost = await take(database, "killed")
    assert lost is not None and await take(database, "v", NOW + 59) is None
    assert await take(database, "v", NOW + 60) is not None
    async with database.transaction() as session:
        assert not await end_chore(session, lost, NOW + 61, NOW + 100)
