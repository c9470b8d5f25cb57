"""What the node does without being asked: parts for the next months, forgetting what is over, retention."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from secrets import token_hex

import structlog
from sqlalchemy.exc import SQLAlchemyError

from greenledger.api.state import Gateway
from greenledger.usage.audit import remove_old
from greenledger.usage.chores import end_chore, take_chore
from greenledger.usage.database import Database
from greenledger.usage.idempotency import forget_expired
from greenledger.usage.ledger_events import Ledger
from greenledger.usage.partitions import make_parts
from greenledger.usage.retention import erase_recorded, recordings

CHORE = "housekeeping"
EVERY_S = 3600
LOOK_S = 60.0  # how often a process looks whether it is its turn
LEASE_S = 1800
AT_ONCE = 500  # recordings read, or workloads erased, in one transaction
DAY_S = 86_400

log = structlog.get_logger(__name__)


@asynccontextmanager
async def housekeeping_part(gateway: Gateway) -> AsyncIterator[None]:
    """Goes on until the node stops. One process at a time does it, every hour."""
    task = asyncio.create_task(_run(gateway), name="housekeeping")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _run(gateway: Gateway) -> None:
    worker = token_hex(8)
    while True:
        try:
            await keep_house(gateway, worker, int(time.time()))
        except (SQLAlchemyError, OSError) as error:
            log.warning("housekeeping is put off", error=type(error).__name__)
        await asyncio.sleep(LOOK_S)


async def keep_house(gateway: Gateway, worker: str, now: int) -> bool:
    """Does what is due at `now`, Unix seconds. Whether it was this worker's turn."""
    database = gateway.database
    await make_parts(database)
    async with database.transaction() as session:
        chore = await take_chore(session, CHORE, worker, now, LEASE_S)
    if chore is None:
        return False
    async with database.transaction() as session:
        await forget_expired(session, now)
    async with database.transaction() as session:
        await remove_old(session, now)
    days = gateway.settings.retention_days
    if days is not None and gateway.book is not None:
        await erase_old(database, gateway.book.ledger, now - days * DAY_S, now)
    async with database.transaction() as session:
        return await end_chore(session, chore, now, now + EVERY_S)


async def erase_old(database: Database, ledger: Ledger, until: int, now: int) -> int:
    """Erases the work under every report that was on chain at `until` (Unix seconds); how many workloads."""
    total, after = 0, (-1, -1)
    while True:
        async with database.transaction() as session:
            found = await recordings(session, ledger, until, after, AT_ONCE)
        if not found:
            break
        for recorded in found:
            total += await _erase_under(database, recorded.account, recorded.report_id, now)
        after = found[-1].place
    if total:
        log.info("work was erased by the retention", workloads=total)
    return total


async def _erase_under(database: Database, account: str, report_id: str, now: int) -> int:
    total = 0
    while True:
        # Short transactions: on SQLite nobody else writes meanwhile.
        async with database.transaction() as session:
            erased = await erase_recorded(session, account, report_id, now, AT_ONCE)
        total += erased
        if erased < AT_ONCE:
            return total
