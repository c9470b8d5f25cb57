"""CSV whose header names fields by their paths: kind,start,end,place.country,phases[0].hardware."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from greenledger.intake.csv_rows import Row, read_rows
from greenledger.intake.entries import Rejected, Stated
from greenledger.intake.paths import Gap, Step, assemble, is_known, known_paths, steps_of, without_indices

_MOST_COLUMNS_NAMED = 20  # more wrong ones help nobody, and each costs a comparison with every path
_LONGEST_NAME = 80  # characters of a column that are compared
_NO_ROW = "no row of the file was read"


def _near(name: str) -> str:
    """The nearest known path, with the index 0 where it has one."""
    # Cut off first: for each bracket that is open, its closing one is looked for to the end.
    wanted = without_indices(name.strip()[:_LONGEST_NAME].lower())
    # Of a path people often know the last name alone.
    close = sorted((path for path in known_paths() if path.endswith(f".{wanted}")), key=len)[:1]
    close = close or difflib.get_close_matches(wanted, known_paths(), n=1, cutoff=0.5)
    hint = f"; did you mean {close[0].replace('[]', '[0]')}?" if close else ""
    return f"the path of a field, as kind, place.country or phases[0].hardware{hint}"


def _wrong_columns(header: Row) -> Iterator[Rejected]:
    if len(header.cells) == 1 and (";" in header.cells[0] or "\t" in header.cells[0]):
        expected = "commas between columns, and a header of field paths"
        yield Rejected(header.line, "", f"the header has one column; {_NO_ROW}", expected, 0)
        return
    seen: set[str] = set()
    for name in header.cells:
        shown = name[:60]
        if not is_known(name):
            yield Rejected(header.line, shown, f"unknown column; {_NO_ROW}", _near(name), 0)
        elif name in seen:
            yield Rejected(
                header.line, shown, f"the column is there twice; {_NO_ROW}", "every column once", 0
            )
        seen.add(name)


def _entry(row: Row, columns: Sequence[tuple[Step, ...]]) -> Stated | Rejected:
    stated = [(steps, text) for steps, text in zip(columns, row.cells, strict=True) if text]
    try:
        return Stated(row.line, assemble(stated), row.entry)
    except Gap as gap:
        return Rejected(row.line, gap.error.field, gap.error.problem, gap.error.expected, row.entry)


def read_csv(stream: BinaryIO) -> Iterator[Stated | Rejected]:
    """See `read_entries`. An empty cell states nothing; a cell's text is taken as it is, blanks included."""
    rows = read_rows(stream)
    header = next(rows, None)
    if header is None:
        yield Rejected(
            1, "", "is empty", "a header with the paths of fields, then one workload in each row", 0
        )
    elif isinstance(header, Rejected):
        yield header
    elif wrong := list(islice(_wrong_columns(header), _MOST_COLUMNS_NAMED)):
        yield from wrong
    else:
        columns = [steps_of(name) for name in header.cells]
        yield from (row if isinstance(row, Rejected) else _entry(row, columns) for row in rows)
