"""What the readings of an export add to their series, as workloads: computed without the database, so that a
thread can do it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError, InvalidWorkload
from greenledger.footprint.parsing import parse_workload
from greenledger.reports.workloads import CLOCK_SKEW_S
from greenledger.telemetry.counting import Counted, Step, step_of
from greenledger.telemetry.findings import Findings
from greenledger.telemetry.points import Reading
from greenledger.telemetry.usage import NS, Usage, period, workload_of


@dataclass(frozen=True, slots=True)
class Growth:
    """The workload that a reading adds."""

    reading: Reading
    event_id: str
    workload: dict[str, Any]


@dataclass(slots=True)
class Grown:
    """What an export adds, in its order, and how far its cumulative series are counted with that."""

    growths: list[Growth] = field(default_factory=list)
    counted: dict[str, Counted] = field(default_factory=dict)


def growths_of(
    readings: Sequence[Reading],
    known: Mapping[str, Counted],
    factors: FactorSet,
    now: int,
    findings: Findings,
) -> Grown:
    """What readings, in order of time, add to what is `known` of their series. `now` is in Unix seconds.

    A reading that goes to `findings` moves no series on: the next one holds its tokens as well.
    """
    grown = Grown()
    for reading in readings:
        before = grown.counted.get(reading.series) or known.get(reading.series) or {}
        try:
            step = _step(reading, before, now)
            if any(step.tokens.values()):
                grown.growths.append(_growth(reading, step, factors, now))
        except InvalidWorkload as invalid:
            refuse(reading, invalid.errors, findings)
            continue
        if reading.is_cumulative:
            grown.counted[reading.series] = step.counted
    return grown


def refuse(reading: Reading, errors: Sequence[FieldError], findings: Findings) -> None:
    """Tells why none of a reading's data points counts."""
    findings.refuse(errors, f"series {reading.series[:16]}", len(reading.sums))


def _step(reading: Reading, before: Counted, now: int) -> Step:
    """Raises InvalidWorkload."""
    # Also where nothing grew: points with the right time would be too late for a series that is counted up to
    # a wrong one.
    if reading.time_ns // NS > now + CLOCK_SKEW_S:
        expected = f"at most {CLOCK_SKEW_S} s ahead of this gateway's clock"
        raise InvalidWorkload((FieldError("time_unix_nano", "is in the future", expected),))
    step = step_of(reading, before)
    if isinstance(step, FieldError):
        raise InvalidWorkload((step,))
    return step


def _growth(reading: Reading, step: Step, factors: FactorSet, now: int) -> Growth:
    """Raises InvalidWorkload for what could not be stated."""
    event_id = _event_id(reading, step)
    usage = Usage(reading.models, step.tokens.get("input"), step.tokens.get("output"))
    when = period(step.since_ns or reading.time_ns - NS, reading.time_ns)
    place = reading.resource.place_of(serving=False)
    made = workload_of(usage, when, event_id, place, factors, requests=None)
    if isinstance(made, FieldError):
        raise InvalidWorkload((made,))
    parse_workload(made, factors, over_at=now + CLOCK_SKEW_S)
    return Growth(reading, event_id, made)


def _event_id(reading: Reading, step: Step) -> str:
    """The same for the same step, also where an export was cut in two between its token types."""
    types = "+".join(sorted(step.tokens))
    return f"otlp:m:{reading.series[:32]}:{step.since_ns}:{reading.time_ns}:{types}"
