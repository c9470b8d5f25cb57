"""Workloads by month on PostgreSQL: the parts of the table, made before anything belongs into them.

Ids begin with the millisecond in hex, so a month is a range of ids, and the primary key (account, id) holds
what the table is parted by. A part for everything else catches what no month takes. SQLite has one table.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import NamedTuple
from weakref import WeakKeyDictionary

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.database import Database

TABLE = "workloads"
AHEAD = 2  # months after the present one whose parts are there
LOCK = 0x67616C32  # any number that nobody else uses in this database
REST = f"CREATE TABLE {TABLE}_rest PARTITION OF {TABLE} DEFAULT"
PARTS = rf"^{TABLE}_(\d{{4}}_\d{{2}}|rest)$"
_CHECK_VIOLATION = "23514"

log = structlog.get_logger(__name__)
_made: WeakKeyDictionary[Database, Month] = WeakKeyDictionary()


class Month(NamedTuple):
    """A month of the calendar in UTC."""

    year: int
    month: int

    @classmethod
    def of(cls, at: float) -> Month:
        """The month of a time, Unix seconds."""
        day = datetime.fromtimestamp(at, UTC)
        return cls(day.year, day.month)

    @classmethod
    def of_id(cls, workload_id: str) -> Month:
        """The month in which an id was made. Raises ValueError if it does not begin with 12 hex digits."""
        return cls.of(int(workload_id[:12], 16) / 1000)

    def later(self, months: int) -> Month:
        count = self.year * 12 + self.month - 1 + months
        return Month(count // 12, count % 12 + 1)

    @property
    def first_id(self) -> str:
        """No id of this month is smaller, and every one of an earlier month is."""
        return f"{int(datetime(self.year, self.month, 1, tzinfo=UTC).timestamp()) * 1000:012x}"

    @property
    def part(self) -> str:
        return f"{TABLE}_{self.year:04}_{self.month:02}"

    @property
    def creation(self) -> str:
        """The statement that makes its part."""
        bounds = f"FROM ('{self.first_id}') TO ('{self.later(1).first_id}')"
        return f"CREATE TABLE IF NOT EXISTS {self.part} PARTITION OF {TABLE} FOR VALUES {bounds}"


def months_from(at: float) -> list[Month]:
    """The month of a time (Unix seconds) and those ahead of it."""
    return [Month.of(at).later(ahead) for ahead in range(AHEAD + 1)]


async def make_parts(database: Database, at: float | None = None) -> None:
    """Sees to it that the parts of this and the next months are there; asks once a month and process.

    `at` is the present time in Unix seconds, if not the clock's.
    """
    at = time.time() if at is None else at
    present = Month.of(at)
    if _made.get(database) == present:
        return
    async with database.transaction() as session:
        months = [month for month in months_from(at) if await _is_missing(session, month)]
    for month in months:
        await _make(database, month)
    _made[database] = present


async def _is_missing(session: AsyncSession, month: Month) -> bool:
    if session.get_bind().dialect.name != "postgresql":
        return False
    parted = "SELECT 1 FROM pg_partitioned_table WHERE partrelid = to_regclass(:whole)"
    statement = text(f"{parted} AND to_regclass(:part) IS NULL")
    return (await session.scalar(statement, {"whole": TABLE, "part": month.part})) is not None


async def _make(database: Database, month: Month) -> None:
    try:
        async with database.transaction() as session:
            # Several nodes may come here at once: the second finds the part when its turn comes.
            await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            await session.execute(text(month.creation))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != _CHECK_VIOLATION:
            raise
        # Rows of that month came before its part. They are found where they are, so nothing is lost.
        log.warning("rows of the month are in the part for the rest", part=month.part)
