"""Repositories on a real SQLite file: whole transactions, single use, one account at a time."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage import nonces, reports, workloads
from greenledger.usage.database import Database
from greenledger.usage.models.report import Report, ReportWorkload
from greenledger.usage.models.workload import Workload

MINE = "0x" + "11" * 20
THEIRS = "0x" + "22" * 20


def a_workload(identity: str, account: str = MINE, **changes: Any) -> Workload:
    usual: dict[str, Any] = {
        "account": account,
        "id": identity,
        "event_id": None,
        "canonical": "{}",
        "content_hash": f"content of {identity}",
        "salt": "0x",
        "workload_hash": "0x",
        "methodology": "0x",
        "estimate": {},
        "created_at": 1,
    }
    return Workload(**usual | changes)


def a_report(identity: str, *workload_ids: str, account: str = MINE, selection: str = "s") -> Report:
    links = [
        ReportWorkload(account=account, report_id=identity, workload_id=workload_id, position=position)
        for position, workload_id in enumerate(workload_ids)
    ]
    return Report(
        account=account,
        id=identity,
        selection=selection,
        report={},
        footprint_hash=f"hash of {identity}",
        signatures=[],
        valid_until=1,
        created_at=1,
        workloads=links,
    )


async def add(session: AsyncSession, workload: Workload) -> None:
    session.add(workload)
    await session.flush()


async def test_transaction__that_raises__leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError, match="half way"):
        async with database.transaction() as session:
            await add(session, a_workload("a"))
            raise RuntimeError("half way")
    async with database.transaction() as session:
        assert await workloads.list_workloads(session, MINE, 10, None) == []


async def test_consume_nonce__many_at_once__succeeds_once(database: Database) -> None:
    async with database.transaction() as session:
        await nonces.add_nonce(session, "n", expires_at=100, now=1)

    async def attempt() -> bool:
        async with database.transaction() as session:
            return await nonces.consume_nonce(session, "n", now=2)

    assert sorted(await asyncio.gather(*(attempt() for _ in range(8)))) == [False] * 7 + [True]


async def test_workloads_by_id__of_another_account__are_not_found(database: Database) -> None:
    async with database.transaction() as session:
        await add(session, a_workload("a"))
        await add(session, a_workload("b", THEIRS))
        assert set(await workloads.workloads_by_id(session, MINE, ["a", "b"])) == {"a"}


async def test_add_report__over_a_workload_that_does_not_exist__is_refused_whole(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.transaction() as session:
            await reports.add_report(session, a_report("r", "missing"))
    async with database.transaction() as session:
        assert await reports.get_report(session, MINE, "r") is None


async def test_add_report__over_a_workload_of_another_account__is_refused(database: Database) -> None:
    async with database.transaction() as session:
        await add(session, a_workload("a", THEIRS))
    with pytest.raises(IntegrityError):
        async with database.transaction() as session:
            await reports.add_report(session, a_report("r", "a"))


async def test_reports_of_contents__same_work_under_another_id__is_found(database: Database) -> None:
    async with database.transaction() as session:
        await add(session, a_workload("a", content_hash="c"))
        await add(session, a_workload("b", content_hash="c"))
        await add(session, a_workload("z"))
        await reports.add_report(session, a_report("r", "a"))
    async with database.transaction() as session:
        assert [r.id for r in await reports.reports_of_contents(session, MINE, ["c"])] == ["r"]
        assert await reports.reports_of_contents(session, MINE, ["content of z"]) == []
        assert await reports.reports_of_contents(session, THEIRS, ["c"]) == []


async def test_release_selection__taken__makes_room_and_keeps_the_old_report(database: Database) -> None:
    async with database.transaction() as session:
        await add(session, a_workload("a"))
        await reports.add_report(session, a_report("old", "a"))
    with pytest.raises(IntegrityError):
        async with database.transaction() as session:
            await reports.add_report(session, a_report("new", "a"))
    async with database.transaction() as session:
        await reports.release_selection(session, MINE, "s")
        await reports.add_report(session, a_report("new", "a"))
    async with database.transaction() as session:
        assert {r.id for r in await reports.list_reports(session, MINE, 10, None)} == {"old", "new"}
