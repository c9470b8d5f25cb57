"""What an estimate took from the factor set, collected while it is computed, so that nothing stays silent."""

from __future__ import annotations

from dataclasses import dataclass, field

from greenledger.footprint.factors import Factor, FactorSet
from greenledger.footprint.ranges import Range, ceil_div


@dataclass(frozen=True, slots=True)
class DefaultUsed:
    """A factor that stood in for a field that was not stated. Integers as decimal strings, in `unit`.

    `source` cites where the factor is from, `note` says what was taken from there.
    """

    field: str
    factor: str
    value: str
    unit: str
    source: str
    low: str
    high: str
    note: str

    def as_json(self) -> dict[str, str]:
        return {name: str(getattr(self, name)) for name in self.__slots__}


@dataclass(slots=True)
class Trail:
    """Reads factors for one estimate and remembers which, in the order they were first read."""

    factors: FactorSet
    defaults: list[DefaultUsed] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    keys: dict[str, None] = field(default_factory=dict)

    def read(self, key: str) -> Factor:
        """A row that belongs to what was stated: a card's power, the spread of a stated value."""
        self.keys.setdefault(key)
        return self.factors.row(key)

    def default(self, name: str, key: str) -> Range:
        """A row in place of the field `name`, which was not stated."""
        row = self.read(key)
        used = DefaultUsed(
            field=name,
            factor=key,
            value=str(row.value.central),
            unit=row.unit,
            source=self.factors.sources[row.source_id].citation,
            low=str(row.value.low),
            high=str(row.value.high),
            note=row.evidence,
        )
        if used not in self.defaults:
            self.defaults.append(used)
        return row.value

    def stated(self, value: int, spread: str) -> Range:
        """A stated value as a range: exactly itself in the middle, bounds by the spread row (ppm)."""
        factor = self.read(spread).value
        return Range(value * factor.low // 1_000_000, value, ceil_div(value * factor.high, 1_000_000))

    def warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)
