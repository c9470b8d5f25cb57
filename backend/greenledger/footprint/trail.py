"""What an estimate took from the factor set, so that nothing stays silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from greenledger.footprint.factors import Factor, FactorSet
from greenledger.footprint.ranges import Range


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


@dataclass(frozen=True, slots=True)
class Reads:
    """What one look-up took: defaults, warnings (paths relative to what was looked up), keys of rows."""

    defaults: tuple[DefaultUsed, ...] = ()
    warnings: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    def at(self, path: str) -> Reads:
        """The same for the object at `path`, as `phases[0].`."""
        defaults = tuple(replace(used, field=path + used.field) for used in self.defaults)
        return Reads(defaults, tuple(path + text for text in self.warnings), self.keys)


@dataclass(slots=True)
class Trail:
    """Reads factors for one look-up and remembers which, in the order they were first read."""

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

    def warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)

    def reads(self) -> Reads:
        return Reads(tuple(self.defaults), tuple(self.warnings), tuple(self.keys))


class Looked(NamedTuple):
    """One quantity and what was read for it."""

    value: Range
    reads: Reads


@lru_cache(maxsize=4096)
def row_of(factors: FactorSet, key: str) -> Looked:
    """A row that belongs to what was stated, looked up once."""
    trail = Trail(factors)
    return Looked(trail.read(key).value, trail.reads())


@lru_cache(maxsize=4096)
def default_of(factors: FactorSet, name: str, key: str) -> Looked:
    """A row in place of the field `name`, looked up once."""
    trail = Trail(factors)
    return Looked(trail.default(name, key), trail.reads())


def merged(reads: Iterable[tuple[str, Reads]]) -> Reads:
    """All of them in order with the path of each, every default, warning and key once."""
    every = [part.at(path) if path else part for path, part in reads]
    return Reads(
        tuple(dict.fromkeys(used for part in every for used in part.defaults)),
        tuple(dict.fromkeys(text for part in every for text in part.warnings)),
        tuple(dict.fromkeys(key for part in every for key in part.keys)),
    )
