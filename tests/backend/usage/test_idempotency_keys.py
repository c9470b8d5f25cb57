"""Answers under a client's key: the same again for a day, and never another request's."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select
from workload_rows import MINE, THEIRS

from greenledger.usage.database import Database
from greenledger.usage.idempotency import (
    KEPT_S,
    KeyDiffers,
    RequestKey,
    claim_key,
    forget_expired,
    keep_answer,
)
from greenledger.usage.models.idempotency import IdempotencyKey

NOW = 1_000_000
REQUEST = RequestKey("key-1", "11" * 32)


async def claim(
    database: Database, request: RequestKey = REQUEST, now: int = NOW, account: str = MINE
) -> dict[str, Any] | None:
    async with database.transaction() as session:
        return await claim_key(session, account, request, now)


async def answered(database: Database, answer: dict[str, Any]) -> None:
    async with database.transaction() as session:
        assert await claim_key(session, MINE, REQUEST, NOW) is None
        await keep_answer(session, MINE, REQUEST, answer)


async def test_claim_key__answered_before__gives_the_same_answer(database: Database) -> None:
    await answered(database, {"workload_id": "a"})
    assert await claim(database, now=NOW + KEPT_S - 1) == {"workload_id": "a"}


async def test_claim_key__another_body__is_refused_and_the_answer_stays(database: Database) -> None:
    await answered(database, {"workload_id": "a"})
    with pytest.raises(KeyDiffers):
        await claim(database, RequestKey("key-1", "22" * 32))
    assert await claim(database) == {"workload_id": "a"}


async def test_claim_key__a_day_later__is_free_for_any_request(database: Database) -> None:
    await answered(database, {"workload_id": "a"})
    assert await claim(database, RequestKey("key-1", "22" * 32), NOW + KEPT_S) is None


async def test_claim_key__of_another_account__is_free(database: Database) -> None:
    await answered(database, {"workload_id": "a"})
    assert await claim(database, account=THEIRS) is None


async def test_claim_key__not_answered_since_it_was_cut_off__is_done_again(database: Database) -> None:
    assert [await claim(database), await claim(database)] == [None, None]


async def test_claim_key__many_at_once__is_done_by_one_and_the_others_get_its_answer(
    database: Database,
) -> None:
    async def ask(number: int) -> dict[str, Any]:
        async with database.transaction() as session:
            found = await claim_key(session, MINE, REQUEST, NOW)
            if found is None:
                await asyncio.sleep(0.05)
                found = {"done by": number}
                await keep_answer(session, MINE, REQUEST, found)
            return found

    answers = await asyncio.gather(*(ask(number) for number in range(8)))
    assert all(answer == answers[0] for answer in answers)


async def test_keep_answer__one_is_kept__stays_and_is_given(database: Database) -> None:
    for _ in range(2):  # both began before either was answered
        assert await claim(database) is None
    async with database.transaction() as session:
        assert await keep_answer(session, MINE, REQUEST, {"by": "first"}) == {"by": "first"}
    async with database.transaction() as session:
        assert await keep_answer(session, MINE, REQUEST, {"by": "second"}) == {"by": "first"}
    assert await claim(database) == {"by": "first"}


async def test_keep_answer__claim_is_gone__gives_its_own(database: Database) -> None:
    async with database.transaction() as session:
        assert await keep_answer(session, MINE, REQUEST, {"by": "me"}) == {"by": "me"}
    assert await claim(database) is None


async def test_forget_expired__some_are_over__takes_those_away(database: Database) -> None:
    await answered(database, {})
    await claim(database, RequestKey("key-2", "22" * 32), NOW + 10)
    async with database.transaction() as session:
        await forget_expired(session, NOW + KEPT_S)
        assert await session.scalar(select(func.count()).select_from(IdempotencyKey)) == 1
