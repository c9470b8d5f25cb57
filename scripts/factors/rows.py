"""What the parts of the factor set share: reading the inputs and writing a row.

Numbers are read as exact decimals and rounded once, half up for central values, outward for bounds.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from pathlib import Path

INPUTS = Path(__file__).parent / "inputs"

Row = dict[str, str]
Bounds = tuple[Decimal, Decimal, Decimal]


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """The lines of one input table, each a mapping from column to text.

    Raises ValueError if a line has more or fewer fields than the table has columns.
    """
    with (INPUTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        table = csv.reader(file)
        columns = next(table)
        for fields in table:
            if len(fields) != len(columns):
                where = f"{name}.csv, line {table.line_num}"
                raise ValueError(f"{where}: expected {len(columns)} fields, got {len(fields)}")
            yield dict(zip(columns, fields, strict=True))


def row(key: str, unit: str, bounds: Bounds, year: str, source: str, note: str) -> Row:
    """One row of the set. `bounds` are low, central, high in `unit`; the licence is that of the source."""
    low, central, high = bounds
    return {
        "key": key,
        "unit": unit,
        "low": str(low.to_integral_value(ROUND_FLOOR)),
        "central": str(central.to_integral_value(ROUND_HALF_UP)),
        "high": str(high.to_integral_value(ROUND_CEILING)),
        "year": year,
        "source_id": source,
        "licence": "",
        "evidence": note,
    }


def triple(central: Decimal, low: Decimal, high: Decimal) -> Bounds:
    """Bounds as multiples of the central value."""
    return central * low, central, central * high
