"""Ours beside the published figure, and a verdict for each run."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from greenledger.footprint.factors import FactorSet
from greenledger.validation.device_time import Missing
from greenledger.validation.mapping import Bounds, Mapped, estimate_of, figure_of, map_run
from greenledger.validation.runs import USES, PublishedRun, data_text

PASS, MISS, SHOWN = "pass", "miss", "flagged"
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Row:
    """One run: what was printed, what we say (low, central, high in the printed unit), and the verdict.

    `difference_pct` is of our central value from the published one; None where the published one is zero and
    ours is not, or nothing could be computed. `ok` is False on a miss alone: what is flagged is no gate.
    """

    id: str
    kind: str
    use: str
    published: Decimal
    unit: str
    ours: Bounds | None
    difference_pct: Fraction | None
    verdict: str
    note: str

    @property
    def ok(self) -> bool:
        return self.verdict in {PASS, SHOWN}

    def as_json(self) -> dict[str, object]:
        """Numbers as decimal strings with nine significant digits."""
        low, central, high = (None, None, None) if self.ours is None else map(decimal_text, self.ours)
        return {
            "id": self.id,
            "kind": self.kind,
            "use": self.use,
            "published": str(self.published),
            "unit": self.unit,
            "low": low,
            "central": central,
            "high": high,
            "difference_pct": None if self.difference_pct is None else decimal_text(self.difference_pct),
            "verdict": self.verdict,
            "note": self.note,
        }


def decimal_text(value: Fraction, digits: int = 9) -> str:
    """A fraction in decimal notation with so many significant digits and no trailing zeros."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    rounded = Decimal(f"{number:.{digits - 1}e}")
    return f"{rounded.normalize():f}"


@lru_cache(maxsize=1)
def explanations() -> dict[str, str]:
    """For each flagged publication that this version ships, why its print differs from its inputs."""
    found: dict[str, str] = json.loads(data_text("flagged.json"))
    return found


def judge(run: PublishedRun, factors: FactorSet) -> Row:
    """Never raises: what is not understood is a miss, unless the run is flagged."""
    try:
        mapped = map_run(run, factors)
        ours = figure_of(mapped, estimate_of(mapped, factors), factors)
    except Missing as missing:
        return _not_understood(run, missing.what)
    except ZeroDivisionError:
        return _not_understood(run, "inputs (a zero where something is divided by it)")
    verdict, note = _verdict(run, mapped, ours, factors)
    said = "; ".join([note, *mapped.notes] if note else mapped.notes)
    return _row(run, ours, verdict, said)


def _row(run: PublishedRun, ours: Bounds | None, verdict: str, note: str) -> Row:
    published = run.expected
    difference = None if ours is None else _difference_pct(Fraction(published.value), ours[1])
    return Row(run.id, run.kind, run.use, published.value, published.unit, ours, difference, verdict, note)


def _difference_pct(published: Fraction, ours: Fraction) -> Fraction | None:
    if published:
        return (ours - published) * 100 / published
    return None if ours else Fraction(0)


def _not_understood(run: PublishedRun, what: str) -> Row:
    text = f"not understood: {what}"
    shown = run.use == "flagged"
    note = explanations().get(run.id, f"{text}; {run.notes}" if run.notes else text) if shown else run.notes
    return _row(run, None, SHOWN if shown else text, note)


def _verdict(run: PublishedRun, mapped: Mapped, ours: Bounds, factors: FactorSet) -> tuple[str, str]:
    if run.use == "flagged":
        generic = f"the inputs give {decimal_text(ours[1], 4)} {run.expected.unit}"
        return SHOWN, explanations().get(run.id, generic)
    if run.use == "band":
        return _band(run, ours)
    if not _within(run, mapped, ours[1]):
        return MISS, f"outside the tolerance of {run.expected.tolerance_pct} %"
    return _unassumed(run, factors) if run.use == "default" else (PASS, "")


def _within(run: PublishedRun, mapped: Mapped, central: Fraction) -> bool:
    """Within the tolerance; a figure with more digits than our integers have is met if it rounds to ours."""
    published = Fraction(run.expected.value)
    off = abs(central - published)
    return off <= published * Fraction(run.expected.tolerance_pct) / 100 or off * mapped.divisor <= _HALF


def _band(run: PublishedRun, ours: Bounds) -> tuple[str, str]:
    """The published value within our bounds, or its own published spread at least overlaps them."""
    low, _, high = ours
    published = Fraction(run.expected.value)
    if low <= published <= high:
        return PASS, ""
    spread = published * Fraction(run.expected.tolerance_pct) / 100
    bottom, top = published - spread, published + spread
    if run.expected.band is not None:
        bottom, top = (Fraction(bound) for bound in run.expected.band)
    if bottom <= high and top >= low:
        return PASS, "the published spread overlaps our bounds"
    return MISS, "outside our bounds"


def _unassumed(run: PublishedRun, factors: FactorSet) -> tuple[str, str]:
    """The published value within our bounds when nothing is assumed for what the source leaves out."""
    try:
        mapped = map_run(run, factors, assume=False)
        low, _, high = figure_of(mapped, estimate_of(mapped, factors), factors)
    except Missing as missing:
        return MISS, f"not understood with nothing assumed: {missing.what}"
    bounds = f"{decimal_text(low, 4)} to {decimal_text(high, 4)} with nothing assumed"
    if low <= Fraction(run.expected.value) <= high:
        return PASS, bounds
    return MISS, f"outside our bounds of {bounds}"


def counts_by_use(rows: Iterable[Row]) -> dict[str, dict[str, int]]:
    """For each use that occurs: how many runs passed, missed and were shown only."""
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        of_use = found.setdefault(row.use, {PASS: 0, MISS: 0, SHOWN: 0})
        of_use[row.verdict if row.ok else MISS] += 1
    return {use: found[use] for use in USES if use in found}


def validate(runs: Iterable[PublishedRun], factors: FactorSet) -> tuple[Row, ...]:
    """A row for each run, in their order."""
    return tuple(judge(run, factors) for run in runs)
