"""Taking due work: never by two workers at a time, in the end all of it, also when workers are killed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import pytest
from order_rows import an_order, with_orders
from postgres import ENGINES

from greenledger.usage import orders
from greenledger.usage.database import Database
from greenledger.usage.leases import end_lease, extend_lease
from greenledger.usage.models.order import Order

PROGRAM = Path(__file__).with_name("lease_process.py")
NOW = 1_000


async def take(database: Database, worker: str, now: int = NOW, limit: int = 10) -> list[Order]:
    async with database.transaction() as session:
        return await orders.take_orders(session, worker, now, 30, limit)


async def end(database: Database, order: Order, due_at: int | None) -> bool:
    async with database.transaction() as session:
        return await end_lease(session, order, due_at)


async def test_take_due__some_due__gives_the_longest_due_first_with_all_they_hold(database: Database) -> None:
    await with_orders(database, ("a", 900), ("b", None), ("c", 800), ("d", NOW), ("e", NOW + 1))
    taken = await take(database, "w", limit=2)
    assert [order.id for order in taken] == ["c", "a"]
    assert [(order.locked_by, order.locked_until) for order in taken] == [("w", NOW + 30)] * 2
    assert taken[0].quote.id == "c" and taken[0].steps == []
    assert [order.id for order in await take(database, "v")] == ["d"]


async def test_take_due__held_by_another__waits_until_the_lease_runs_out(database: Database) -> None:
    await with_orders(database, ("a", 900))
    (first,) = await take(database, "killed")
    assert await take(database, "next", NOW + 29) == []
    (second,) = await take(database, "next", NOW + 30)
    assert (second.id, second.locked_by, second.locked_until) == ("a", "next", NOW + 60)
    assert not await end(database, first, None)  # was not killed but slow: it comes too late
    assert await end(database, second, None)


async def test_end_lease__by_the_same_worker_that_took_it_again__counts_for_the_last_taking_only(
    database: Database,
) -> None:
    await with_orders(database, ("a", 900))
    (first,) = await take(database, "w")
    (second,) = await take(database, "w", NOW + 31)
    assert not await end(database, first, None)
    assert await end(database, second, NOW + 40)
    assert await take(database, "w", NOW + 39) == []
    assert [order.id for order in await take(database, "w", NOW + 40)] == ["a"]


async def test_end_lease__twice__changes_nothing_the_second_time(database: Database) -> None:
    await with_orders(database, ("a", 900))
    (taken,) = await take(database, "w")
    assert [await end(database, taken, NOW), await end(database, taken, None)] == [True, False]
    assert [order.id for order in await take(database, "v")] == ["a"]


async def test_extend_lease__held__keeps_others_away_for_longer(database: Database) -> None:
    await with_orders(database, ("a", 900))
    (taken,) = await take(database, "w")
    async with database.transaction() as session:
        assert await extend_lease(session, taken, NOW + 100)
    assert await take(database, "v", NOW + 99) == []
    (other,) = await take(database, "v", NOW + 100)
    async with database.transaction() as session:
        assert not await extend_lease(session, taken, NOW + 200)
    assert other.locked_by == "v"


async def test_take_due__lease_of_no_time__is_refused(database: Database) -> None:
    async with database.transaction() as session:
        with pytest.raises(ValueError, match="lease_s is 0, expected at least 1"):
            await orders.take_orders(session, "w", NOW, 0, 1)


async def test_take_due__by_many_at_once__gives_each_row_to_one(database: Database) -> None:
    names = [f"{number:02}" for number in range(20)]
    await with_orders(database, *((name, 900) for name in names))
    taken = await asyncio.gather(*(take(database, f"w{number}", limit=3) for number in range(12)))
    rest = await take(database, "last", limit=20)
    assert sorted(order.id for batch in [*taken, rest] for order in batch) == names


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_take_due__another_is_just_taking__passes_over_what_it_locked(database: Database) -> None:
    await with_orders(database, ("a", 800), ("b", 900))
    async with database.transaction() as holding:
        held = await orders.take_orders(holding, "w", NOW, 30, 1)
        async with asyncio.timeout(10):  # without SKIP LOCKED this waits for the other transaction
            others = await take(database, "v")
    assert ([order.id for order in held], [order.id for order in others]) == (["a"], ["b"])


def started(url: str, name: str, lease_s: int, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(PROGRAM), url, name, str(lease_s), "4", *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


async def test_take_due__two_processes_and_one_that_is_killed__take_all_and_nothing_at_the_same_time(
    database: Database, database_url: str, engine: str
) -> None:
    names = [f"{number:02}" for number in range(40)]
    await with_orders(database, *((name, int(time.time()) - 1) for name in names))
    victim = started(database_url, "victim", 2, "kill")
    lost, _ = await asyncio.to_thread(victim.communicate)
    killed = [line.split()[2] for line in lost.splitlines()]
    assert (victim.returncode, len(killed)) == (-9, 3)
    # One worker is all that SQLite is meant for, but two do no harm.
    workers = [started(database_url, f"w{number}", 60) for number in range(2)]
    written = [(await asyncio.to_thread(worker.communicate))[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0]
    lines = sorted(
        (int(at), what, name) for out in written for at, what, name in map(str.split, out.splitlines())
    )
    held: set[str] = set()
    for _, what, name in lines:
        assert (name in held) == (what == "left"), f"{name} was taken by both at a time"
        held ^= {name}
    took = [name for _, what, name in lines if what == "took"]
    assert sorted(took) == names  # each once, and those of the killed one taken over
    assert set(killed) <= set(took) and engine in ENGINES


async def test_models__order_without_a_lease__is_free(database: Database) -> None:
    await with_orders(database, ("a", 900))
    assert an_order("x", 1).locked_until is None
    async with database.transaction() as session:
        assert [order.locked_by for order in await orders.due_orders(session, NOW, 9)] == [None]
