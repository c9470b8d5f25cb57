"""What is taken away of stated work, and what stays because a chain holds its hash."""

from __future__ import annotations

from typing import Any

from order_rows import a_quote, an_order
from sqlalchemy import func, select
from workload_rows import MINE, THEIRS, new_row, report_over, word_of

from greenledger.usage.bulk import NewWorkload, add_events, insert_rows
from greenledger.usage.database import Database
from greenledger.usage.idempotency import RequestKey, claim_key
from greenledger.usage.ledger_events import Ledger
from greenledger.usage.models.batch import Batch, BatchReport, BatchWorkload
from greenledger.usage.models.chain_event import ChainEvent
from greenledger.usage.models.idempotency import IdempotencyKey
from greenledger.usage.models.order import Order
from greenledger.usage.models.report import Report
from greenledger.usage.models.workload import Workload, WorkloadEvent
from greenledger.usage.retention import (
    Deletion,
    delete_private,
    erase_recorded,
    recordings,
    unfinished,
)
from greenledger.usage.workloads import list_workloads

NOW = 2_000_000
LEDGER = Ledger(31337, "contracts")


def a_batch(identity: str) -> Batch:
    return Batch(
        account=MINE,
        id=identity,
        state="recorded",
        ended_from=0,
        ended_before=10,
        most=10,
        last_id="z",
        cursor="z",
        workloads=1,
        done=1,
        attempts=0,
        created_at=1,
    )


def a_batch_report(identity: str, batch_id: str) -> BatchReport:
    return BatchReport(
        account=MINE,
        id=identity,
        batch_id=batch_id,
        report={},
        footprint_hash="h",
        signatures=[],
        valid_until=1,
        created_at=1,
    )


async def filled(database: Database) -> None:
    """Work a in a report, b in a batch, c in neither; x of somebody else in a report."""
    async with database.transaction() as session:
        mine = {f"event {name}": new_row(name, f"event {name}") for name in "abc"}
        await add_events(session, MINE, mine)
        await insert_rows(session, [new_row("x", account=THEIRS)])
        session.add_all([report_over("r", "a"), report_over("rx", "x", account=THEIRS), a_batch("batch")])
        await session.flush()
        content = new_row("b").content_hash
        member = BatchWorkload(account=MINE, content_hash=content, batch_id="batch", workload_id="b")
        session.add_all([member, a_batch_report("rb", "batch")])


async def stored(database: Database, account: str = MINE) -> dict[str, Workload]:
    async with database.transaction() as session:
        return {row.id: row for row in await list_workloads(session, account, 100, None)}


def is_whole(row: Workload) -> bool:
    kept = {name: getattr(row, name) for name in NewWorkload._fields if name not in ("event_id", "estimate")}
    stated = new_row(row.id, account=row.account)._asdict()
    return row.erased_at is None and all(stated[name] == value for name, value in kept.items())


async def test_delete_private__work_of_all_kinds__leaves_salted_hashes_of_what_is_under_a_root(
    database: Database,
) -> None:
    await filled(database)
    async with database.transaction() as session:
        assert await delete_private(session, MINE, NOW) == Deletion(deleted=1, erased=2)
    rows = await stored(database)
    assert set(rows) == {"a", "b"}
    for row in rows.values():
        assert (row.canonical, row.salt, row.estimate, row.erased_at) == ("{}", "0x", {}, NOW)
        assert row.workload_hash == row.content_hash == new_row(row.id).workload_hash
    assert is_whole((await stored(database, THEIRS))["x"])
    async with database.transaction() as session:
        report = await session.get_one(Report, (MINE, "r"))
        assert report.report == {"public": "r"} and [link.workload_id for link in report.workloads] == ["a"]


async def test_delete_private__anything__leaves_no_text_salt_or_content_hash_of_it_anywhere(
    database: Database,
) -> None:
    await filled(database)
    async with database.transaction() as session:
        await delete_private(session, MINE, NOW)
    found = []
    async with database.transaction() as session:
        for model in (Workload, WorkloadEvent, BatchWorkload, Report):
            rows = await session.scalars(select(model).where(model.account == MINE))
            found += [str({key: value for key, value in vars(row).items() if key[0] != "_"}) for row in rows]
    assert len(found) == 2 + 2 + 1 + 1
    private = [new_row(name) for name in "abc"]
    for text in found:
        assert not any(row.salt in text or row.content_hash in text for row in private)
        assert "work of" not in text and "'of'" not in text


async def test_delete_private__event_of_recorded_work__stays_taken_and_that_of_other_work_is_free(
    database: Database,
) -> None:
    await filled(database)
    async with database.transaction() as session:
        await delete_private(session, MINE, NOW)
        holders = await add_events(
            session, MINE, {"event a": new_row("a2", "event a"), "event c": new_row("c2", "event c")}
        )
    assert (holders["event a"].workload_id, holders["event c"].workload_id) == ("a", "c2")
    # So the same event again is refused, and not counted a second time.
    assert holders["event a"].content_hash != new_row("a").content_hash


async def test_delete_private__twice__changes_nothing_the_second_time(database: Database) -> None:
    await filled(database)
    async with database.transaction() as session:
        await delete_private(session, MINE, NOW)
    async with database.transaction() as session:
        assert await delete_private(session, MINE, NOW + 1) == Deletion(0, 0)
    assert {row.erased_at for row in (await stored(database)).values()} == {NOW}


async def test_delete_private__kept_answers__are_forgotten(database: Database) -> None:
    async with database.transaction() as session:
        for account in (MINE, THEIRS):
            await claim_key(session, account, RequestKey("k", "h"), NOW)
        await delete_private(session, MINE, NOW)
        assert list(await session.scalars(select(IdempotencyKey.account))) == [THEIRS]


async def test_erase_recorded__of_a_report__erases_its_work_and_no_other(database: Database) -> None:
    await filled(database)
    async with database.transaction() as session:
        assert await erase_recorded(session, MINE, "r", NOW, 10) == 1
        assert await erase_recorded(session, MINE, "r", NOW, 10) == 0
    rows = await stored(database)
    assert (rows["a"].canonical, rows["a"].salt, rows["a"].estimate) == ("{}", "0x", {})
    assert rows["a"].content_hash == new_row("a").content_hash  # else the work could be reported again
    assert is_whole(rows["b"]) and is_whole(rows["c"])


async def test_erase_recorded__of_a_batch__erases_its_work_and_no_other(database: Database) -> None:
    await filled(database)
    async with database.transaction() as session:
        assert await erase_recorded(session, MINE, "rb", NOW, 10) == 1
    rows = await stored(database)
    assert rows["b"].erased_at == NOW and is_whole(rows["a"]) and is_whole(rows["c"])


async def test_erase_recorded__more_than_at_once__goes_on_where_it_was(database: Database) -> None:
    names = [f"{number:02}" for number in range(5)]
    async with database.transaction() as session:
        await insert_rows(session, [new_row(name) for name in names])
        session.add(report_over("r", *names))
    erased = []
    for _ in range(4):
        async with database.transaction() as session:
            erased.append(await erase_recorded(session, MINE, "r", NOW, 2))
    assert erased == [2, 2, 1, 0]


def an_event(report_id: str, block: int, found_at: int, **changes: Any) -> ChainEvent:
    usual: dict[str, Any] = {
        "chain_id": LEDGER.chain_id,
        "contracts": LEDGER.contracts,
        "block_hash": word_of(f"block {block}"),
        "log_index": 0,
        "block": block,
        "transaction_hash": word_of("transaction"),
        "contract": "FootprintLedger",
        "name": "FootprintRecorded",
        "subject": report_id,
        "arguments": {"account": MINE},
        "found_at": found_at,
        "removed_at": None,
    }
    return ChainEvent(**usual | changes)


async def test_recordings__on_chain_long_enough__are_given_in_order_and_by_pages(database: Database) -> None:
    async with database.transaction() as session:
        session.add_all(
            [
                an_event("r2", 12, 90),
                an_event("r1", 11, 80),
                an_event("too new", 13, 101),
                an_event("taken back", 14, 80, removed_at=95),
                an_event("another", 15, 80, name="FootprintCorrected"),
                an_event("elsewhere", 16, 80, contracts="others"),
                an_event("r3", 17, 100),
            ]
        )
    async with database.transaction() as session:
        first = await recordings(session, LEDGER, 100, (-1, -1), 2)
        rest = await recordings(session, LEDGER, 100, first[-1].place, 2)
    assert [found.report_id for found in first] == ["r1", "r2"]
    assert [(found.account, found.report_id) for found in rest] == [(MINE, "r3")]


async def test_unfinished__orders_in_some_states__are_named_with_their_state(database: Database) -> None:
    async with database.transaction() as session:
        session.add_all([a_quote(identity) for identity in "abc"])
        await session.flush()
        states = {"a": "paid", "b": "minted", "c": "placed"}
        session.add_all([an_order(identity, None, state=state) for identity, state in states.items()])
    async with database.transaction() as session:
        wanted = ("paid", "placed")
        assert await unfinished(session, Order, MINE, wanted, 9) == [("a", "paid"), ("c", "placed")]
        assert await unfinished(session, Order, MINE, wanted, 1) == [("a", "paid")]
        assert await unfinished(session, Order, THEIRS, wanted, 9) == []
        assert await session.scalar(select(func.count()).select_from(Order)) == 3
