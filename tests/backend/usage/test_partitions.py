"""Workloads by month: which ids belong where, and parts that are there before anybody needs them."""

from __future__ import annotations

import asyncio
import calendar

import pytest
from sqlalchemy import text
from workload_rows import new_row

from greenledger.usage.bulk import insert_rows
from greenledger.usage.database import Database
from greenledger.usage.partitions import AHEAD, Month, make_parts, months_from

JUNE_2031 = calendar.timegm((2031, 6, 15, 12, 0, 0))


def id_at(at_ms: int) -> str:
    return f"{at_ms:012x}" + "f" * 20


def test_month__of_an_id_at_its_ends__is_that_of_its_millisecond() -> None:
    start = calendar.timegm((2027, 1, 1, 0, 0, 0)) * 1000
    assert Month.of_id(id_at(start)) == Month(2027, 1)
    assert Month.of_id(id_at(start - 1)) == Month(2026, 12)
    assert id_at(start - 1) < Month(2027, 1).first_id <= id_at(start)


def test_month__later__goes_over_the_year() -> None:
    assert [Month(2026, 11).later(months) for months in range(3)] == [(2026, 11), (2026, 12), (2027, 1)]
    assert Month(2026, 1).later(-1) == (2025, 12)


def test_month__creation__takes_all_ids_of_the_month_and_no_other() -> None:
    assert Month(2026, 11).creation == (
        "CREATE TABLE IF NOT EXISTS workloads_2026_11 PARTITION OF workloads "
        f"FOR VALUES FROM ('{Month(2026, 11).first_id}') TO ('{Month(2026, 12).first_id}')"
    )


def test_months_from__any_time__are_this_one_and_those_ahead() -> None:
    assert months_from(JUNE_2031) == [(2031, 6), (2031, 7), (2031, 8)] and AHEAD == 2


async def parts_of(database: Database) -> list[str]:
    listing = "SELECT relid::text FROM pg_partition_tree('workloads') WHERE isleaf ORDER BY 1"
    async with database.transaction() as session:
        return list(await session.scalars(text(listing)))


async def part_of_each(database: Database) -> dict[str, str]:
    async with database.transaction() as session:
        found = await session.execute(text("SELECT id, tableoid::regclass::text FROM workloads"))
        return {id_: part for id_, part in found}


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_make_parts__on_any_day__are_there_for_this_and_the_next_months(database: Database) -> None:
    assert "workloads_2031_06" not in await parts_of(database)
    await make_parts(database, JUNE_2031)
    made = await parts_of(database)
    assert {"workloads_2031_06", "workloads_2031_07", "workloads_2031_08", "workloads_rest"} <= set(made)
    await make_parts(database, JUNE_2031)
    assert await parts_of(database) == made


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_make_parts__by_many_processes_at_once__makes_each_once(database_url: str) -> None:
    several = [Database(database_url) for _ in range(5)]
    await asyncio.gather(*(make_parts(each, JUNE_2031) for each in several))
    assert (await parts_of(several[0])).count("workloads_2031_07") == 1
    for each in several:
        await each.close()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_insert_rows__of_any_time__are_in_the_part_of_their_month_or_in_the_rest(
    database: Database,
) -> None:
    await make_parts(database, JUNE_2031)
    known, unknown = id_at(JUNE_2031 * 1000), id_at(calendar.timegm((2040, 1, 1, 0, 0, 0)) * 1000)
    async with database.transaction() as session:
        await insert_rows(session, [new_row(known), new_row(unknown)])
    assert await part_of_each(database) == {known: "workloads_2031_06", unknown: "workloads_rest"}


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_make_parts__rows_of_the_month_came_before__leaves_them_and_goes_on(database: Database) -> None:
    early = id_at(JUNE_2031 * 1000)
    async with database.transaction() as session:
        await insert_rows(session, [new_row(early)])
    await make_parts(database, JUNE_2031)
    assert await part_of_each(database) == {early: "workloads_rest"}
    assert "workloads_2031_07" in await parts_of(database)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_select__by_id__looks_into_one_part(database: Database) -> None:
    await make_parts(database, JUNE_2031)
    query = f"EXPLAIN SELECT * FROM workloads WHERE account = 'a' AND id = '{id_at(JUNE_2031 * 1000)}'"
    async with database.transaction() as session:
        plan = "\n".join(await session.scalars(text(query)))
    assert "workloads_2031_06" in plan and "workloads_2031_07" not in plan and "workloads_rest" not in plan


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_make_parts__sqlite__has_one_table(database: Database) -> None:
    await make_parts(database, JUNE_2031)
    async with database.transaction() as session:
        listing = text("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'workloads%'")
        assert list(await session.scalars(listing)) == ["workloads"]
