"""Receiving traces: each span that tells what a call of a model used becomes one stated event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError
from greenledger.reports.ingestion import StatedEvent, state_events
from greenledger.reports.threads import EVENTS, in_thread
from greenledger.telemetry.claims import Signal, counted_otherwise, refused_sources
from greenledger.telemetry.findings import Findings, Received
from greenledger.telemetry.nesting import Node, Sorted, SpanKey, sort_spans
from greenledger.telemetry.spans import ReadSpan
from greenledger.telemetry.usage import period, workload_of
from greenledger.usage.account_locks import lock_account
from greenledger.usage.database import Database
from greenledger.usage.telemetry import add_marks, forget_marks, marks_of

# Spans of one call come within minutes of each other; what is older has no business with a new one.
REMEMBERED_S = 24 * 3600
UNKNOWN_REGION = (
    "cloud.region of a resource is not in the catalogue: its workloads are stated without a place"
)


async def receive_traces(
    database: Database, account: str, spans: Sequence[ReadSpan], factors: FactorSet, now: int
) -> Received:
    """States the usage of the spans of one export, once however often it is sent.

    Accepted spans are committed when this returns. `now` is in Unix seconds.
    """
    findings = Findings("span")
    sound = [span for span in spans if not _left_out(span, findings)]
    if not await _concerns_usage(database, account, sound):
        return findings.received()
    sorted_, refused = await _decide(database, account, sound, now)
    counted = [span for span in sound if span.key in sorted_.counted and span.usage is not None]
    events = await in_thread(EVENTS, _events, counted, refused, factors, findings)
    findings.note(await state_events(database, account, _once(events), factors, now))
    return findings.received()


def _left_out(span: ReadSpan, findings: Findings) -> bool:
    """Whether the span cannot be read; it is told only of one that has usage."""
    if span.usage is None:
        return span.id_problem() is not None
    problem = span.problem()
    if problem is not None:
        findings.refuse([problem], span.event_id[:100])
    return problem is not None


def _keys(nodes: Sequence[Node]) -> dict[SpanKey, None]:
    own = dict.fromkeys(node.key for node in nodes)
    return own | dict.fromkeys(node.parent for node in nodes if node.parent is not None)


async def _concerns_usage(database: Database, account: str, spans: Sequence[ReadSpan]) -> bool:
    """Whether any span has usage, or lies between spans that have: most spans of a service do not."""
    if any(span.usage is not None for span in spans):
        return True
    async with database.transaction() as session:
        return bool(await marks_of(session, account, _keys([span.node for span in spans])))


async def _decide(
    database: Database, account: str, spans: Sequence[ReadSpan], now: int
) -> tuple[Sorted, set[str]]:
    """Which spans count, and which sources are counted by their metrics. What was decided is committed:
    should this process end before the events are stated, the export was not answered and is sent again."""
    nodes = [span.node for span in spans]
    sources = {span.resource.source for span in spans if span.usage is not None}
    async with database.transaction() as session:
        await lock_account(session, account)
        await forget_marks(session, account, now - REMEMBERED_S)
        sorted_ = sort_spans(nodes, await marks_of(session, account, _keys(nodes)))
        await add_marks(session, account, sorted_.marks, now)
        refused = await refused_sources(session, account, sources, Signal.TRACES, now)
    return sorted_, refused


def _events(
    spans: Sequence[ReadSpan], refused: set[str], factors: FactorSet, findings: Findings
) -> list[StatedEvent]:
    return [event for span in spans for event in _event(span, refused, factors, findings)]


def _event(span: ReadSpan, refused: set[str], factors: FactorSet, findings: Findings) -> list[StatedEvent]:
    """The event of a span that counts, or nothing and the reason in `findings`."""
    assert span.usage is not None
    if span.resource.source in refused:
        findings.refuse([counted_otherwise(Signal.TRACES)], span.event_id)
        return []
    place = span.resource.place_of(serving=span.is_server)
    if span.is_server and place is None and span.resource.host_unknown:
        findings.warn(UNKNOWN_REGION)
    when = period(span.start_ns, span.end_ns)
    made: Mapping[str, Any] | FieldError = workload_of(span.usage, when, span.event_id, place, factors)
    if isinstance(made, FieldError):
        findings.refuse([made], span.event_id)
        return []
    return [StatedEvent(span.event_id, made)]


def _once(events: Sequence[StatedEvent]) -> list[StatedEvent]:
    """A span that stands twice in one export is stated once."""
    return list({event.event_id: event for event in reversed(events)}.values())[::-1]
