"""Which combinations of values occur in some columns, and which of them each row has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from greenledger.columns.arrays import Ints

_MOST_FLAGS = 2**22  # a table of so many flags tells what occurs sooner than sorting does


def distinct(columns: Sequence[Ints | None], rows: int) -> tuple[Ints, Ints]:
    """A row of each combination, and for every row the position of its combination there.

    A column of None says the same for every row. At least one row.
    """
    codes, count = np.zeros(rows, np.int64), 1
    for column in columns:
        if column is not None:
            codes, count = _paired(codes, count, column)
    example = np.zeros(count, np.int64)
    example[codes] = np.arange(rows)
    return example, codes


def _paired(codes: Ints, count: int, column: Ints) -> tuple[Ints, int]:
    """Codes of the pairs that occur, and how many those are. Writes over `codes`: fresh memory costs more."""
    low, high = int(column.min()), int(column.max())
    if low == high:
        return codes, count
    values, span = column - low, high - low + 1
    if count * span > _MOST_FLAGS:
        values, span = _without_gaps(values, span)
    codes *= span
    codes += values
    return _without_gaps(codes, count * span)


def _without_gaps(values: Ints, span: int) -> tuple[Ints, int]:
    """Values from 0 up to `span` as positions among those that occur. May write over `values`."""
    if span > _MOST_FLAGS:
        known, positions = np.unique(values, return_inverse=True)
        return positions, len(known)
    flags = np.zeros(span, np.bool_)
    flags[values] = True
    positions = np.cumsum(flags) - 1
    np.take(positions, values, out=values, mode="clip")
    return values, int(positions[-1]) + 1
