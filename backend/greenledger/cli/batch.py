"""Estimates of many workloads: an entry becomes an estimate, or a rejection for each wrong field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from greenledger.evidence.methodology import estimate_as_json, methodology_as_json
from greenledger.footprint.estimate import STAGES, Estimate, estimate
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import InvalidWorkload
from greenledger.footprint.ranges import ZERO, Range
from greenledger.footprint.workload import Workload
from greenledger.intake import Accepted, Rejected
from greenledger.intake.entries import rejections


@dataclass(frozen=True, slots=True)
class Estimated:
    """An entry and its estimate; `line` and `entry` count from 1."""

    line: int
    entry: int
    workload: Workload
    estimate: Estimate

    def as_json(self, factors: FactorSet) -> dict[str, object]:
        named = {"name": self.workload.name} if self.workload.name else {}
        result = estimate_as_json(self.estimate, factors)
        return {"line": self.line, "entry": self.entry, **named, "estimate": result}


def rejected_as_json(row: Rejected) -> dict[str, object]:
    wrong = {"field": row.field, "problem": row.reason, "expected": row.expected}
    return {"line": row.line, "entry": row.entry, "rejected": wrong}


def estimated(rows: Iterable[Accepted | Rejected], factors: FactorSet) -> Iterator[Estimated | Rejected]:
    """Runs the model over each accepted entry. What the model refuses becomes a rejection like any other."""
    for row in rows:
        if isinstance(row, Rejected):
            yield row
            continue
        try:
            result = estimate(row.workload, factors)
        except InvalidWorkload as invalid:
            yield from rejections(row.line, row.entry, invalid.errors)
            continue
        yield Estimated(row.line, row.entry, row.workload, result)


@dataclass(slots=True)
class Totals:
    """Sums over the estimated entries, in the units of their names, and how many there were of each outcome.

    `tier` is the worst of all, 0 while there is none. `rejected` counts entries, not wrong fields.
    """

    estimated: int = 0
    rejected: int = 0
    tier: int = 0
    stages: dict[str, Range] = field(default_factory=lambda: dict.fromkeys(STAGES, ZERO))
    _last_rejected: int | None = None

    def add(self, row: Estimated | Rejected) -> None:
        if isinstance(row, Rejected):
            # Rejections of one entry come one after another.
            self.rejected += row.entry != self._last_rejected
            self._last_rejected = row.entry
            return
        self.estimated += 1
        self.tier = max(self.tier, row.estimate.tier)
        for name in STAGES:
            self.stages[name] += getattr(row.estimate, name)

    def as_json(self, factors: FactorSet) -> dict[str, object]:
        totals: dict[str, object] = {name: value.as_json() for name, value in self.stages.items()}
        return {
            "totals": totals | ({"tier": self.tier} if self.estimated else {}),
            "estimated": self.estimated,
            "rejected": self.rejected,
            "methodology": methodology_as_json(factors),
        }
