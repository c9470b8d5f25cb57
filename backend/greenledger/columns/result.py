"""Estimates in columns: integers for every row, exact sums over rows, and rows as ranges again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from greenledger.columns.arrays import Ints, Whole
from greenledger.footprint.estimate import STAGES, Estimate
from greenledger.footprint.ranges import Range

NONE_STATED = -1
_AT_ONCE = 128  # rows turned into Python integers; of many more the garbage collector walks each often
_LIMB_BITS = 21  # three limbs hold 63 bits; float64 sums of 2^32 of them are exact
_SHARED = (("operational_ug", "operational_market_ug"), ("total_ug", "total_market_ug"))


class RowEstimate(NamedTuple):
    """The integers of one row, as in `footprint.estimate.Estimate`.

    Defaults, warnings, the reason of the tier and an SCI come from the estimate of the row's workload.
    """

    it_energy_uwh: Range
    energy_uwh: Range
    operational_ug: Range
    operational_market_ug: Range
    embodied_ug: Range
    water_ul: Range
    total_ug: Range
    total_market_ug: Range
    per_request_ug: Range | None
    tier: int


@dataclass(frozen=True, slots=True, eq=False)
class ColumnResult:
    """For every stage an array of shape (3, rows): low, central, high, in the unit of its name.

    The arrays are int64; one that holds a number of more than 63 bits is of Python integers (dtype object)
    instead, so that no number is ever wrong. `per_request_ug` is -1 in rows that state no requests.
    Market-based arrays may be the location-based ones themselves.
    """

    it_energy_uwh: Whole
    energy_uwh: Whole
    operational_ug: Whole
    operational_market_ug: Whole
    embodied_ug: Whole
    water_ul: Whole
    total_ug: Whole
    total_market_ug: Whole
    per_request_ug: Whole
    tier: NDArray[np.int8]

    def __len__(self) -> int:
        return int(self.tier.size)

    def row(self, row: int) -> RowEstimate:
        """One row, in Python integers. Raises IndexError."""
        at = range(len(self))[row]
        return next(self._rows(at, at + 1))

    def __iter__(self) -> Iterator[RowEstimate]:
        for first in range(0, len(self), _AT_ONCE):
            yield from self._rows(first, first + _AT_ONCE)

    def _rows(self, first: int, end: int) -> Iterator[RowEstimate]:
        def ranges(stage: str) -> list[Range]:
            return list(map(Range, *getattr(self, stage)[:, first:end].tolist()))

        stages = zip(*(ranges(stage) for stage in STAGES), strict=True)
        tiers = self.tier[first:end].tolist()
        for integers, per_request, tier in zip(stages, ranges("per_request_ug"), tiers, strict=True):
            stated = None if per_request.high == NONE_STATED else per_request
            yield RowEstimate._make((*integers, stated, tier))

    def sum_of(self, stage: str) -> Range:
        """The exact sum of one of the eight stages over all rows."""
        return Range(*(_sum(bound) for bound in self._stage(stage)))

    def sums_of(self, stage: str, groups: Ints) -> list[Range]:
        """As `sum_of` for each group; `groups` gives every row the number of its group, from 0.

        Raises ValueError if not every row has one.
        """
        if groups.shape != (len(self),) or (groups < 0).any():
            expected = f"a number of 0 or more for each of {len(self)} rows"
            raise ValueError(f"groups: shape {groups.shape}, expected {expected}")
        bounds = (_sums(bound, groups) for bound in self._stage(stage))
        return [Range(*sums) for sums in zip(*bounds, strict=True)]

    def _stage(self, stage: str) -> Whole:
        if stage not in STAGES:
            raise ValueError(f"{stage}: not a stage that adds up, expected one of {', '.join(STAGES)}")
        found: Whole = getattr(self, stage)
        return found


def empty_result(rows: int) -> ColumnResult:
    """Room for so many rows without contracts, nothing written yet."""
    arrays = {stage: np.empty((3, rows), np.int64) for stage in (*STAGES, "per_request_ug")}
    arrays |= {market: arrays[own] for own, market in _SHARED}
    return ColumnResult(**arrays, tier=np.empty(rows, np.int8))


def put_estimates(result: ColumnResult, rows: Sequence[int], estimates: Sequence[Estimate]) -> ColumnResult:
    """The result with these rows as the integer path gave them. Uses up `result`."""
    if not rows:
        return result
    arrays: dict[str, Whole] = {stage: getattr(result, stage) for stage in STAGES}
    for own, market in _SHARED:
        if any(getattr(one, own) != getattr(one, market) for one in estimates):
            arrays[market] = arrays[own].copy()
    none = Range.exact(NONE_STATED)
    arrays = {
        stage: _put(array, rows, [getattr(one, stage) for one in estimates])
        for stage, array in arrays.items()
    }
    per_request = _put(result.per_request_ug, rows, [one.per_request_ug or none for one in estimates])
    result.tier[rows] = [one.tier for one in estimates]
    return replace(result, **arrays, per_request_ug=per_request)


def _put(array: Whole, rows: Sequence[int], values: list[Range]) -> Whole:
    if max(value.high for value in values) > np.iinfo(np.int64).max:
        array = array.astype(object)
    array[:, rows] = np.array(values, array.dtype).T
    return array


def _sum(numbers: Whole) -> int:
    if numbers.dtype == object:
        return sum(numbers.tolist())
    return (int((numbers >> 32).sum()) << 32) + int((numbers & 0xFFFF_FFFF).sum())


def _sums(numbers: Whole, groups: Ints) -> list[int]:
    count = int(groups.max(initial=-1)) + 1
    sums = [0] * count
    if numbers.dtype == object:
        for group, number in zip(groups.tolist(), numbers.tolist(), strict=True):
            sums[group] += number
        return sums
    for shift in range(0, 63, _LIMB_BITS):
        limbs: NDArray[Any] = (numbers >> shift) & (2**_LIMB_BITS - 1)
        for group, limb in enumerate(np.bincount(groups, limbs, count).tolist()):
            sums[group] += int(limb) << shift
    return sums
