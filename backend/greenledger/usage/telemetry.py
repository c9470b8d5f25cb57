"""What telemetry remembers of an account. Decisions on it are made under the account's lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.models.telemetry import (
    TelemetryEvent,
    TelemetrySeries,
    TelemetrySource,
    TelemetrySpan,
)

AT_ONCE = 400  # keys in one statement: SQLite takes few parameters, and long statements are slow to read
SpanKey = tuple[str, str]  # trace id, span id


def _parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(keys)
    while part := list(islice(rest, AT_ONCE)):
        yield part


async def sources_of(session: AsyncSession, account: str, names: Iterable[str]) -> dict[str, TelemetrySource]:
    """Those of the named sources that are known, by name."""
    found: dict[str, TelemetrySource] = {}
    for part in _parts(names):
        statement = select(TelemetrySource).where(
            TelemetrySource.account == account, TelemetrySource.source.in_(part)
        )
        found |= {row.source: row for row in (await session.execute(statement)).scalars()}
    return found


async def marks_of(session: AsyncSession, account: str, keys: Iterable[SpanKey]) -> dict[SpanKey, str]:
    """The marks of those spans that have one."""
    found: dict[SpanKey, str] = {}
    columns = (TelemetrySpan.trace_id, TelemetrySpan.span_id)
    for part in _parts(keys):
        statement = select(*columns, TelemetrySpan.mark).where(
            TelemetrySpan.account == account, tuple_(*columns).in_(part)
        )
        found |= {(trace, span): mark for trace, span, mark in await session.execute(statement)}
    return found


async def add_marks(session: AsyncSession, account: str, marks: Mapping[SpanKey, str], now: int) -> None:
    """Marks spans that have no mark yet."""
    rows = (
        {"account": account, "trace_id": trace, "span_id": span, "mark": mark, "seen_at": now}
        for (trace, span), mark in marks.items()
    )
    for part in _parts(rows):
        await session.execute(insert(TelemetrySpan), part)


async def forget_marks(session: AsyncSession, account: str, before: int) -> None:
    """Takes away the account's marks from before a time, Unix seconds."""
    statement = delete(TelemetrySpan).where(TelemetrySpan.account == account, TelemetrySpan.seen_at < before)
    await session.execute(statement)


async def series_of(session: AsyncSession, account: str, names: Iterable[str]) -> dict[str, TelemetrySeries]:
    """Those of the named series that are known, by name."""
    found: dict[str, TelemetrySeries] = {}
    for part in _parts(names):
        statement = select(TelemetrySeries).where(
            TelemetrySeries.account == account, TelemetrySeries.series.in_(part)
        )
        found |= {row.series: row for row in (await session.execute(statement)).scalars()}
    return found


async def open_events(session: AsyncSession, account: str, limit: int) -> Sequence[TelemetryEvent]:
    """Events that an earlier request may have left unstated."""
    statement = select(TelemetryEvent).where(TelemetryEvent.account == account).limit(limit)
    return (await session.execute(statement)).scalars().all()


async def close_events(session: AsyncSession, account: str, event_ids: Iterable[str]) -> None:
    """Takes away events whose fate is known."""
    for part in _parts(event_ids):
        statement = delete(TelemetryEvent).where(
            TelemetryEvent.account == account, TelemetryEvent.event_id.in_(part)
        )
        await session.execute(statement)
