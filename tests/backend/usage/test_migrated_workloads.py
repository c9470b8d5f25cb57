"""Workloads from before the parts by month: all there after the way up, down and up again."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from workload_rows import MINE, THEIRS, new_row

from greenledger.usage.database import Database
from greenledger.usage.migrate import migration_config

IDS = ("0195f1a2b3c4" + "0" * 20, "019abcdef012" + "1" * 20, "an id of another kind")
BEFORE = (
    new_row(IDS[0], "ci/1"),
    new_row(IDS[1], None),
    new_row(IDS[2], "ci/1", THEIRS),
)
COLUMNS = ", ".join(BEFORE[0]._fields)
VALUES = ", ".join(f":{name}" for name in BEFORE[0]._fields)
REPORT = (
    "INSERT INTO reports (account, id, selection, report, footprint_hash, signatures, valid_until, "
    "created_at) VALUES (:account, 'r', 's', '{}', 'h', '[]', 1, 1)"
)
LINK = (
    "INSERT INTO report_workloads (account, report_id, workload_id, position) "
    "VALUES (:account, 'r', :workload_id, 0)"
)


def migrated(url: str, to: str) -> None:
    """Up or down; alembic drives an event loop of its own."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            (command.upgrade if to == "head" else command.downgrade)(migration_config(url), to)
        except BaseException as error:
            failures.append(error)

    work = threading.Thread(target=run)
    work.start()
    work.join()
    assert failures == []


async def rows_of(database: Database) -> list[tuple[Any, ...]]:
    async with database.transaction() as session:
        found = await session.execute(text(f"SELECT {COLUMNS} FROM workloads ORDER BY id"))
        return [tuple(row) for row in found]


async def links_of(database: Database) -> list[tuple[Any, ...]]:
    async with database.transaction() as session:
        return [tuple(row) for row in await session.execute(text("SELECT * FROM report_workloads"))]


async def fill(database: Database) -> None:
    async with database.transaction() as session:
        insertion = text(f"INSERT INTO workloads ({COLUMNS}) VALUES ({VALUES})")
        for row in BEFORE:
            await session.execute(insertion, row._asdict())
        await session.execute(text(REPORT), {"account": MINE})
        await session.execute(text(LINK), {"account": MINE, "workload_id": IDS[0]})


async def test_migrate__workloads_from_before__are_all_there_up_down_and_up_again(database_url: str) -> None:
    migrated(database_url, "0006")
    database = Database(database_url)
    await fill(database)
    before, links = await rows_of(database), await links_of(database)
    assert len(before) == 3 and links == [(MINE, "r", IDS[0], 0)]
    for _ in range(2):
        migrated(database_url, "head")
        assert (await rows_of(database), await links_of(database)) == (before, links)
        async with database.transaction() as session:
            events = await session.execute(text("SELECT * FROM workload_events ORDER BY account"))
            assert [tuple(row) for row in events] == [
                (MINE, "ci/1", IDS[0], BEFORE[0].content_hash),
                (THEIRS, "ci/1", IDS[2], BEFORE[2].content_hash),
            ]
        migrated(database_url, "0006")
        assert (await rows_of(database), await links_of(database)) == (before, links)
    with pytest.raises(IntegrityError):  # as before: an event once per account
        async with database.transaction() as session:
            insertion = text(f"INSERT INTO workloads ({COLUMNS}) VALUES ({VALUES})")
            await session.execute(insertion, new_row("x", "ci/1")._asdict())
    migrated(database_url, "head")
    await database.close()


async def test_migrate__workload_of_a_report__cannot_be_deleted_before_nor_after(database_url: str) -> None:
    migrated(database_url, "0006")
    database = Database(database_url)
    await fill(database)
    migrated(database_url, "head")
    with pytest.raises(IntegrityError):
        async with database.transaction() as session:
            await session.execute(text("DELETE FROM workloads"))
    await database.close()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_migrate__workloads_of_earlier_months__get_parts_of_their_own(database_url: str) -> None:
    migrated(database_url, "0006")
    database = Database(database_url)
    await fill(database)
    migrated(database_url, "head")
    async with database.transaction() as session:
        found = await session.execute(text("SELECT id, tableoid::regclass::text FROM workloads ORDER BY id"))
        parts = [part for _, part in found]
    assert parts == ["workloads_2025_04", "workloads_2025_11", "workloads_rest"]
    await database.close()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_migrate__operator_wants_no_parts__makes_one_table_that_works_alike(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENLEDGER_DATABASE_PARTITIONS", "none")
    migrated(database_url, "0006")
    database = Database(database_url)
    await fill(database)
    migrated(database_url, "head")
    async with database.transaction() as session:
        kind = await session.scalar(text("SELECT relkind::text FROM pg_class WHERE relname = 'workloads'"))
    assert (kind, len(await rows_of(database))) == ("r", 3)
    await database.close()


def test_migrate__partitions_of_another_kind__says_what_is_expected() -> None:
    url = {"GREENLEDGER_DATABASE_URL": "sqlite+aiosqlite:///unused", "GREENLEDGER_DATABASE_PARTITIONS": "day"}
    program = [sys.executable, "-m", "greenledger.usage.migrate"]
    run = subprocess.run(program, env=os.environ | url, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr == "GREENLEDGER_DATABASE_PARTITIONS is day: expected month or none\n"
