"""Traces and metrics of one service tell of the same calls, so one of the two counts: which comes first.

That holds for each instance of a service, and for as long as that signal goes on telling of usage. A day
after its last usage the other one may take over.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.footprint.fields import FieldError
from greenledger.usage.models.telemetry import TelemetrySource
from greenledger.usage.telemetry import sources_of

LAPSE_S = 24 * 3600
EXACT_S = 3600  # a source's last usage is written down once an hour


class Signal(StrEnum):
    TRACES = "traces"
    METRICS = "metrics"


OTHER = {Signal.TRACES: Signal.METRICS, Signal.METRICS: Signal.TRACES}


async def refused_sources(
    session: AsyncSession, account: str, sources: Collection[str], signal: Signal, now: int
) -> set[str]:
    """Claims these sources for a signal; those that the other one holds. Needs the account's lock."""
    known = await sources_of(session, account, sources)
    refused = set()
    for source in sources:
        row = known.get(source)
        if row is None:
            session.add(TelemetrySource(account=account, source=source, signal=signal, seen_at=now))
        elif row.signal != signal and now - row.seen_at < LAPSE_S:
            refused.add(source)
        elif row.signal != signal or now - row.seen_at >= EXACT_S:
            row.signal, row.seen_at = signal, now
    await session.flush()
    return refused


def counted_otherwise(signal: Signal) -> FieldError:
    """Why usage of a refused source does not count."""
    other = OTHER[signal]
    return FieldError(
        f"signal {signal}",
        f"this service's usage is counted by its {other}",
        f"one of the two, as with OTEL_{signal.upper()}_EXPORTER=none, or a service.instance.id of its own",
    )
