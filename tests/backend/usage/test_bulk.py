"""Many workloads at once: each event once, whoever else sends it, whatever the order."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest
from sqlalchemy import delete, func, select
from workload_rows import MINE, THEIRS, new_row

from greenledger.usage import bulk
from greenledger.usage.bulk import Claim, NewWorkload, add_events, claim_events, insert_rows
from greenledger.usage.database import Database
from greenledger.usage.models.workload import Workload, WorkloadEvent
from greenledger.usage.workloads import list_workloads


async def add(database: Database, *rows: NewWorkload, account: str = MINE) -> dict[str, Claim]:
    async with database.transaction() as session:
        return await add_events(session, account, {row.event_id or "": row for row in rows})


async def counts(database: Database) -> tuple[int, int]:
    async with database.transaction() as session:
        found = [
            await session.scalar(select(func.count()).select_from(model)) or 0
            for model in (Workload, WorkloadEvent)
        ]
    return found[0], found[1]


async def test_add_events__new_ones__stores_every_column(database: Database) -> None:
    holders = await add(database, new_row("a", "e1"), new_row("b", "e2"))
    assert {event: claim.workload_id for event, claim in holders.items()} == {"e1": "a", "e2": "b"}
    async with database.transaction() as session:
        rows = await list_workloads(session, MINE, 10, None)
    stated = new_row("a", "e1")
    assert {name: getattr(rows[1], name) for name in NewWorkload._fields} == stated._asdict() | {
        "estimate": {"of": "a"}
    }
    assert rows[1].erased_at is None


async def test_add_events__some_known__stores_the_others_and_says_who_holds_them(database: Database) -> None:
    await add(database, new_row("a", "e1"))
    holders = await add(database, new_row("b", "e2"), new_row("c", "e1"))
    assert holders["e1"] == Claim("e1", "a", new_row("a").content_hash)
    assert holders["e2"].workload_id == "b"
    assert await counts(database) == (2, 2)


async def test_add_events__same_event_of_another_account__is_free(database: Database) -> None:
    await add(database, new_row("a", "e"))
    holders = await add(database, new_row("b", "e", THEIRS), account=THEIRS)
    assert holders["e"].workload_id == "b"


async def test_add_events__none__does_nothing(database: Database) -> None:
    assert await add(database) == {}
    assert await counts(database) == (0, 0)


async def test_add_events__transaction_that_fails__leaves_neither_events_nor_rows(database: Database) -> None:
    try:
        async with database.transaction() as session:
            await add_events(session, MINE, {"e": new_row("a", "e")})
            raise RuntimeError("half way")
    except RuntimeError:
        pass
    assert await counts(database) == (0, 0)
    assert (await add(database, new_row("b", "e")))["e"].workload_id == "b"


async def test_add_events__the_same_in_any_order_at_once__is_one_row_each(database: Database) -> None:
    events = [f"e{number}" for number in range(40)]

    async def send(sender: int) -> dict[str, Claim]:
        shuffled = random.Random(sender).sample(events, len(events))
        return await add(database, *(new_row(f"{sender}-{event}", event) for event in shuffled))

    told = await asyncio.gather(*(send(sender) for sender in range(6)))
    assert await counts(database) == (40, 40)
    assert all(holders == told[0] for holders in told)


async def test_claim_events__another_has_just_claimed_it__waits_for_what_becomes_of_that(
    database: Database, engine: str
) -> None:
    wanted = Claim("e", "b", "0x")
    async with database.transaction() as holding:
        await claim_events(holding, MINE, [Claim("e", "a", "0x")])
        waiting = asyncio.create_task(claimed(database, wanted))
        await asyncio.sleep(0.3)
        assert not waiting.done(), engine
        await holding.rollback()
    assert await waiting == wanted


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_claim_events__whose_holder_is_deleted_after_the_claim_was_lost__are_claimed_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await claimed(database, Claim("e", "a", "0x"))
    insert_claims = bulk._inserted

    async def lose_and_see_it_deleted(*arguments: Any) -> Any:
        won = list(await insert_claims(*arguments))
        async with database.transaction() as other:
            await other.execute(delete(WorkloadEvent).where(WorkloadEvent.workload_id == "a"))
        return won

    monkeypatch.setattr(bulk, "_inserted", lose_and_see_it_deleted)
    assert await claimed(database, Claim("e", "b", "0x")) == Claim("e", "b", "0x")


async def claimed(database: Database, claim: Claim) -> Claim:
    async with database.transaction() as session:
        return (await claim_events(session, MINE, [claim]))[claim.event_id]


async def test_insert_rows__as_first_statement_of_a_transaction_that_fails__leaves_nothing(
    database: Database,
) -> None:
    try:
        async with database.transaction() as session:
            await insert_rows(session, [new_row("a")])
            raise RuntimeError("half way")
    except RuntimeError:
        pass
    assert await counts(database) == (0, 0)
