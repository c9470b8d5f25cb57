"""One decision at a time about an account, over several connections and processes, on both engines."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from greenledger.usage.account_locks import lock_account
from greenledger.usage.database import Database

ONE, OTHER = f"0x{'1' * 40}", f"0x{'2' * 40}"


async def test_lock_account__held_by_another__waits_until_that_transaction_ends(database: Database) -> None:
    order: list[str] = []
    held = asyncio.Event()

    async def first() -> None:
        async with database.transaction() as session:
            await lock_account(session, ONE)
            held.set()
            await asyncio.sleep(
                0.3
            )  # long enough for the second to ask; however late it asks, it comes after
            order.append("first")

    async def second() -> None:
        await held.wait()
        async with database.transaction() as session:
            await lock_account(session, ONE)
            order.append("second")

    await asyncio.gather(first(), second())
    assert order == ["first", "second"]


async def test_lock_account__read_and_written_by_many_at_once__loses_no_turn(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(text("CREATE TABLE turns (taken integer)"))
        await session.execute(text("INSERT INTO turns VALUES (0)"))

    async def take() -> None:
        async with database.transaction() as session:
            await lock_account(session, ONE)
            taken = (await session.execute(text("SELECT taken FROM turns"))).scalar_one()
            await asyncio.sleep(0.005)
            await session.execute(text("UPDATE turns SET taken = :next"), {"next": taken + 1})

    await asyncio.gather(*(take() for _ in range(12)))
    async with database.transaction() as session:
        assert (await session.execute(text("SELECT taken FROM turns"))).scalar_one() == 12


async def test_lock_account__transaction_that_fails__holds_it_no_longer(database: Database) -> None:
    failed = False
    try:
        async with database.transaction() as session:
            await lock_account(session, ONE)
            raise ZeroDivisionError
    except ZeroDivisionError:
        failed = True
    async with asyncio.timeout(10), database.transaction() as session:
        await lock_account(session, ONE)
        await lock_account(session, ONE)  # its own transaction does not wait for itself
        await lock_account(session, OTHER)
    assert failed
