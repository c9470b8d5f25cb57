"""Receiving metrics: what a series of token counts grew by becomes one stated event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError, InvalidWorkload
from greenledger.footprint.parsing import parse_workload
from greenledger.reports.ingestion import StatedEvent, state_events
from greenledger.reports.workloads import CLOCK_SKEW_S
from greenledger.telemetry.claims import Signal, counted_otherwise, refused_sources
from greenledger.telemetry.counting import Step, step_of
from greenledger.telemetry.findings import Findings, Received
from greenledger.telemetry.points import Reading
from greenledger.telemetry.usage import NS, Usage, period, workload_of
from greenledger.usage.account_locks import lock_account
from greenledger.usage.database import Database
from greenledger.usage.models.telemetry import TelemetryEvent, TelemetrySeries
from greenledger.usage.telemetry import close_events, open_events, series_of

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
        events = {event.event_id: StatedEvent(event.event_id, event.workload) for event in left}
        for reading in readings:
            step = step_of(reading, series[reading.series].counted if reading.series in series else {})
            if isinstance(step, FieldError):
                self._refuse(reading, (step,))
            elif await self._add(reading, step, events):
                self._advance(reading, step, series)
        await self.session.flush()
        return list(events.values())

    async def _add(self, reading: Reading, step: Step, events: dict[str, StatedEvent]) -> bool:
        """Adds the event of a step that has tokens. Whether the series is counted up to here."""
        if not any(step.tokens.values()):
            return True
        event_id = _event_id(reading, step)
        made = self._workload(reading, step, event_id)
        if not isinstance(made, dict):
            self._refuse(reading, made)
            return False
        if await self._is_counted_otherwise(reading.resource.source):
            self._refuse(reading, (counted_otherwise(Signal.METRICS),))
            return True
        if event_id not in events:
            events[event_id] = StatedEvent(event_id, made)
            if reading.is_cumulative:
                row = TelemetryEvent(account=self.account, event_id=event_id, workload=made)
                self.session.add(row)
        return True

    async def _is_counted_otherwise(self, source: str) -> bool:
        if source not in self.claims:
            refused = await refused_sources(self.session, self.account, [source], Signal.METRICS, self.now)
            self.claims[source] = source in refused
        return self.claims[source]

    def _workload(
        self, reading: Reading, step: Step, event_id: str
    ) -> dict[str, Any] | tuple[FieldError, ...]:
        """The workload of a step, or why there is none: then the next point holds these tokens as well."""
        usage = Usage(reading.models, step.tokens.get("input"), step.tokens.get("output"))
        when = period(step.since_ns or reading.time_ns - NS, reading.time_ns)
        place = reading.resource.place_of(serving=False)
        made = workload_of(usage, when, event_id, place, self.factors, requests=None)
        if isinstance(made, FieldError):
            return (made,)
        try:
            parse_workload(made, self.factors, over_at=self.now + CLOCK_SKEW_S)
        except InvalidWorkload as invalid:
            return invalid.errors
        return made

    def _refuse(self, reading: Reading, errors: Sequence[FieldError]) -> None:
        self.findings.refuse(errors, f"series {reading.series[:16]}", len(reading.sums))

    def _advance(self, reading: Reading, step: Step, series: dict[str, TelemetrySeries]) -> None:
        if not reading.is_cumulative:
            return
        row = series.get(reading.series)
        if row is None:
            row = TelemetrySeries(account=self.account, series=reading.series)
            series[reading.series] = row
            self.session.add(row)
        row.counted, row.seen_at = step.counted, self.now


def _event_id(reading: Reading, step: Step) -> str:
    """The same for the same step, also where an export was cut in two between its token types."""
    types = "+".join(sorted(step.tokens))
    return f"otlp:m:{reading.series[:32]}:{step.since_ns}:{reading.time_ns}:{types}"
