"""Tokens of rate limits, handed out by one statement: all gateways together give no more than there are.

A bucket's window begins with its first token and is measured by the database's clock alone: gateways whose
clocks differ still share one window.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, case, delete, literal_column, not_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.models.rate import RateBucket

_CLOCK_MS: dict[str, ColumnElement[int]] = {
    "sqlite": literal_column("CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)", BigInteger),
    # Not now(): that is when the transaction began, before it waited for the row.
    "postgresql": literal_column("CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)", BigInteger),
}
_CLOCK_MS["cockroachdb"] = _CLOCK_MS["postgresql"]
_INSERT: dict[str, Any] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
    "cockroachdb": postgresql.insert,
}


@dataclass(frozen=True, slots=True)
class Lease:
    """`granted` tokens to be spent in the next `left_ms`; `free` ones were left for anyone after that."""

    granted: int
    free: int
    left_ms: int


async def take_tokens(session: AsyncSession, bucket: str, limit: int, wanted: int, window_ms: int) -> Lease:
    """Up to `wanted` of the bucket's `limit` tokens per window: fewer or none if it has no more.

    `wanted` is from 1 to `limit`. What is not spent in the window is lost.
    """
    dialect = session.get_bind().dialect.name
    clock = _CLOCK_MS[dialect]
    statement = _INSERT[dialect](RateBucket).values(
        bucket=bucket, started_ms=clock, taken=wanted, granted=wanted
    )
    now_ms = statement.excluded.started_ms
    is_over = not_(
        and_(
            RateBucket.started_ms > now_ms - window_ms,
            # A clock that was put back must not close a bucket for longer than a window.
            RateBucket.started_ms <= now_ms + window_ms,
        )
    )
    left = limit - RateBucket.taken
    granted = case((is_over, wanted), (left < 0, 0), (left < wanted, left), else_=wanted)
    statement = statement.on_conflict_do_update(
        index_elements=[RateBucket.bucket],
        set_={
            "started_ms": case((is_over, now_ms), else_=RateBucket.started_ms),
            "taken": case((is_over, 0), else_=RateBucket.taken) + granted,
            "granted": granted,
        },
    ).returning(RateBucket.granted, RateBucket.taken, RateBucket.started_ms, clock)
    given, taken, started_ms, ended_ms = (await session.execute(statement)).one()
    left_ms = min(max(started_ms + window_ms - ended_ms, 0), window_ms)
    return Lease(given, max(limit - taken, 0), left_ms)


async def forget_old(session: AsyncSession, window_ms: int) -> None:
    """Drops buckets whose window is over: the table holds no more than the clients of the last minutes."""
    clock = _CLOCK_MS[session.get_bind().dialect.name]
    await session.execute(delete(RateBucket).where(RateBucket.started_ms < clock - 2 * window_ms))
