"""QR codes as rectangles, so that they stay sharp at any size and need no image."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import segno

QUIET_MODULES = 4  # white around the code, as the standard asks for
ERROR_LEVEL = "m"  # 15 % of the code may be unreadable


def qr_bars(text: str) -> tuple[int, list[tuple[int, int, int]]]:
    """Modules along a side without the quiet zone, and black bars as (column, row, length)."""
    matrix = segno.make_qr(text, error=ERROR_LEVEL, boost_error=False).matrix
    return len(matrix), [bar for row, modules in enumerate(matrix) for bar in _bars(row, modules)]


def _bars(row: int, modules: bytearray) -> Iterator[tuple[int, int, int]]:
    column = 0
    for dark, run in groupby(modules, key=lambda module: bool(module & 1)):
        length = len(list(run))
        if dark:
            yield column, row, length
        column += length
