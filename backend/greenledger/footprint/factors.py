"""The factor set: every number of the model that does not come from the workload, each with its source."""

from __future__ import annotations

import json
import re
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from importlib import resources
from typing import cast

from greenledger.footprint.ranges import Range

NEWEST = "gal-factors-2026-2"
_HISTORY = re.compile(r"/(?:19|20)[0-9]{2}$", re.ASCII)
_NO_YEARS: Mapping[int, str] = {}


@dataclass(frozen=True, slots=True)
class Factor:
    """One row of a factor set. `unit` names the base unit of the three integers of `value`."""

    key: str
    unit: str
    value: Range
    year: int
    source_id: str
    licence: str
    evidence: str

    def canonical(self) -> bytes:
        """The row as canonical JSON (RFC 8785): sorted keys, integers as decimal strings, UTF-8.

        The standard library writes it exactly so because a row holds only strings.
        """
        members = {
            "key": self.key,
            "unit": self.unit,
            "low": str(self.value.low),
            "central": str(self.value.central),
            "high": str(self.value.high),
            "year": str(self.year),
            "source_id": self.source_id,
            "licence": self.licence,
            "evidence": self.evidence,
        }
        return json.dumps(members, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: full citation and the licence or notice that goes with shipping them."""

    source_id: str
    citation: str
    licence: str
    url: str


class UnknownFactor(KeyError):
    """No row has this key."""


@dataclass(frozen=True, eq=False)
class FactorSet:
    """Rows sorted by key. `set_id` is the set's name; its hash is computed in `greenledger.evidence`.

    A row `KEY/2021` is the history of the row `KEY`. `labels` name things for people (a region's place, a
    card's name); they carry no number and so are outside the hash.
    """

    set_id: str
    rows: tuple[Factor, ...]
    sources: Mapping[str, Source]
    labels: Mapping[str, str]
    _by_key: Mapping[str, Factor] = field(repr=False, compare=False)

    def row(self, key: str) -> Factor:
        """The row with this key. Raises UnknownFactor."""
        try:
            return self._by_key[key]
        except KeyError:
            raise UnknownFactor(key) from None

    def has(self, key: str) -> bool:
        """Whether a row has this key."""
        return key in self._by_key

    def names(self, prefix: str, suffix: str = "") -> tuple[str, ...]:
        """What stands between `prefix` and `suffix` in the keys that have both, sorted, without history."""
        end = -len(suffix) if suffix else None
        return tuple(
            row.key[len(prefix) : end]
            for row in self.rows
            if row.key.startswith(prefix) and row.key.endswith(suffix) and not _HISTORY.search(row.key)
        )

    def years(self, key: str) -> Mapping[int, str]:
        """The keys of all rows of this quantity by their year; empty where there is no history."""
        return self._histories.get(key, _NO_YEARS)

    @cached_property
    def _histories(self) -> Mapping[str, Mapping[int, str]]:
        found: dict[str, dict[int, str]] = {}
        for row in self.rows:
            if _HISTORY.search(row.key):
                found.setdefault(row.key[:-5], {})[row.year] = row.key
        for key, years in found.items():
            years[self.row(key).year] = key
        return found

    def with_exact(self, key: str) -> FactorSet:
        """This set as if one row were known exactly: its bounds at its central value."""
        return _exact(self, key)

    def label(self, key: str) -> str:
        """Name for people, or the key itself where there is none."""
        return self.labels.get(key, key)

    @cached_property
    def canonical_rows(self) -> tuple[bytes, ...]:
        """Every row's canonical bytes, in key order: the leaves of the factor root.

        Kept, since each estimate names its methodology and writing the rows takes far longer than estimating.
        """
        return tuple(row.canonical() for row in self.rows)


@lru_cache(maxsize=512)  # so that what is kept of a set by identity is kept once for each row of it
def _exact(factors: FactorSet, key: str) -> FactorSet:
    row = factors.row(key)
    exact = replace(row, value=Range.exact(row.value.central))
    copy = replace(factors, _by_key=ChainMap({key: exact}, cast(dict[str, Factor], factors._by_key)))
    vars(copy)["_histories"] = factors._histories  # keys and years are the same
    return copy


def read_factor_set(text: str) -> FactorSet:
    """Reads a factor set file. Raises ValueError when rows are out of order or name an unknown source."""
    document = json.loads(text)
    sources = {
        source_id: Source(source_id, entry["citation"], entry["licence"], entry["url"])
        for source_id, entry in document["sources"].items()
    }
    rows = tuple(
        Factor(
            key=row["key"],
            unit=row["unit"],
            value=Range.ordered(int(row["low"]), int(row["central"]), int(row["high"])),
            year=int(row["year"]),
            source_id=row["source_id"],
            licence=row["licence"],
            evidence=row["evidence"],
        )
        for row in document["rows"]
    )
    keys = [row.key for row in rows]
    if keys != sorted(set(keys)):
        raise ValueError("factor set: expected rows sorted by key, each key once")
    for row in rows:
        if row.source_id not in sources:
            raise ValueError(f"factor set: row {row.key} names an unknown source {row.source_id}")
    return FactorSet(document["set_id"], rows, sources, document["labels"], {row.key: row for row in rows})


@lru_cache(maxsize=4)
def load_factor_set(set_id: str = NEWEST) -> FactorSet:
    """A published factor set, by default the newest. A set is never edited: a new year is a new set.

    Raises FileNotFoundError if no set has this name.
    """
    file = resources.files("greenledger.footprint").joinpath("data", f"{set_id}.json")
    return read_factor_set(file.read_text(encoding="utf-8"))


def published_sets() -> tuple[str, ...]:
    """Ids of all sets that this version ships, sorted: old ones stay, so that old attestations recompute."""
    names = (file.name for file in resources.files("greenledger.footprint").joinpath("data").iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.startswith("gal-factors-")))
