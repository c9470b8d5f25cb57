"""Receiving metrics: what a series of token counts grew by becomes one stated event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.footprint.factors import FactorSet
from greenledger.reports.ingestion import StatedEvent, state_events
from greenledger.reports.threads import EVENTS, in_thread
from greenledger.telemetry.claims import Signal, counted_otherwise, refused_sources
from greenledger.telemetry.counting import Counted
from greenledger.telemetry.findings import Findings, Received
from greenledger.telemetry.growth import Growth, growths_of, refuse
from greenledger.telemetry.points import Reading
from greenledger.usage.account_locks import lock_account
from greenledger.usage.database import Database
from greenledger.usage.models.telemetry import TelemetryEvent, TelemetrySeries
from greenledger.usage.telemetry import AT_ONCE, close_events, open_events, series_of

MOST_OPEN = 1_000  # events of earlier requests that are stated along with these


async def receive_metrics(
    database: Database,
    account: str,
    readings: Sequence[Reading],
    findings: Findings,
    factors: FactorSet,
    now: int,
) -> Received:
    """States what the readings of one export, in order of time, add to what was counted.

    How far a series is counted is committed together with the events for it, and only then are they stated:
    a process that ends in between leaves events that the account's next export states. `now`: Unix seconds.
    """
    async with database.transaction() as session:
        await lock_account(session, account)
        events = await _Counting(session, account, findings, factors, now).count(readings)
    findings.note(await state_events(database, account, events, factors, now))
    async with database.transaction() as session:
        await close_events(session, account, [event.event_id for event in events])
    return findings.received()


class _Counting:
    """One export, within the transaction that holds the account's lock."""

    def __init__(
        self, session: AsyncSession, account: str, findings: Findings, factors: FactorSet, now: int
    ) -> None:
        self.session = session
        self.account = account
        self.findings = findings
        self.factors = factors
        self.now = now
        self.claims: dict[str, bool] = {}  # by source: whether its traces count instead

    async def count(self, readings: Sequence[Reading]) -> list[StatedEvent]:
        """The events to state: those that were left over, then the new ones."""
        left = await open_events(self.session, self.account, MOST_OPEN)
        series = await series_of(self.session, self.account, {reading.series for reading in readings})
        known: dict[str, Counted] = {name: row.counted for name, row in series.items()}
        grown = await in_thread(EVENTS, growths_of, readings, known, self.factors, self.now, self.findings)
        await self._write_down(grown.counted, series)
        events = {event.event_id: StatedEvent(event.event_id, event.workload) for event in left}
        for number, growth in enumerate(grown.growths, start=1):
            await self._add(growth, events)
            await self._flush_at_times(number)
        await self.session.flush()
        return list(events.values())

    async def _write_down(
        self, counted: Mapping[str, Counted], series: Mapping[str, TelemetrySeries]
    ) -> None:
        for number, (name, so_far) in enumerate(counted.items(), start=1):
            row = series.get(name)
            if row is None:
                row = TelemetrySeries(account=self.account, series=name)
                self.session.add(row)
            row.counted, row.seen_at = dict(so_far), self.now
            await self._flush_at_times(number)

    async def _flush_at_times(self, number: int) -> None:
        """Rows go out in parts: thousands at once would hold up everybody whom this process answers."""
        if number % AT_ONCE == 0:
            await self.session.flush()

    async def _add(self, growth: Growth, events: dict[str, StatedEvent]) -> None:
        """Adds the event of a growth, unless the source's traces count: then nobody counts it."""
        reading, event_id = growth.reading, growth.event_id
        if await self._is_counted_otherwise(reading.resource.source):
            refuse(reading, (counted_otherwise(Signal.METRICS),), self.findings)
            return
        if event_id in events:
            return
        events[event_id] = StatedEvent(event_id, growth.workload)
        if reading.is_cumulative:
            row = TelemetryEvent(account=self.account, event_id=event_id, workload=growth.workload)
            self.session.add(row)

    async def _is_counted_otherwise(self, source: str) -> bool:
        if source not in self.claims:
            refused = await refused_sources(self.session, self.account, [source], Signal.METRICS, self.now)
            self.claims[source] = source in refused
        return self.claims[source]
