"""The rows of a CSV file (RFC 4180), each on a line of its own.

RFC 4180 lets a quoted cell go on over several lines. No value of a workload may hold a line break, so here a
quote that is still open at the end of its line spoils that line alone, not every row up to the next quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from greenledger.intake.entries import Rejected
from greenledger.intake.lines import TOO_LONG, TOO_LONG_EXPECTED, physical_lines

_CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",]*))(?:,|$)')


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line. The first row of a file is its header and has entry 0."""

    line: int
    entry: int
    cells: list[str]


class _Unreadable(Exception):
    def __init__(self, reason: str, expected: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.expected = expected


def _cells(text: str) -> list[str]:
    """Raises _Unreadable where a quote stands wrongly."""
    if '"' not in text:
        return text.split(",")
    cells: list[str] = []
    at = 0
    while True:
        match = _CELL.match(text, at)
        if match is None:
            is_open = text.startswith('"', at) and text.count('"', at) % 2
            problem = "opens a quote that its line does not close" if is_open else "has a quote inside"
            raise _Unreadable(
                f"cell {len(cells) + 1} {problem}", 'quotes around the whole cell, and "" for one inside'
            )
        quoted, plain = match.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        if not match[0].endswith(","):
            return cells
        at = match.end()


def _text(data: bytes | None) -> str:
    if data is None:
        raise _Unreadable(TOO_LONG, TOO_LONG_EXPECTED)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problem = f"byte 0x{data[error.start]:02x} at position {error.start + 1} is not UTF-8"
        raise _Unreadable(problem, "text in UTF-8") from error
    if "\0" in text or "\r" in text:
        raise _Unreadable("holds a NUL or a lone carriage return", "lines that end with LF or CR LF")
    return text


def read_rows(stream: BinaryIO) -> Iterator[Row | Rejected]:
    """The header and then each row, with as many cells as the header has. Blank lines are no rows.

    A header that cannot be read ends the file.
    """
    columns = 0
    for entry, (line, data) in enumerate(physical_lines(stream)):
        try:
            cells = _cells(_text(data))
        except _Unreadable as wrong:
            yield Rejected(line, "", wrong.reason, wrong.expected, entry)
            if entry == 0:
                return
            continue
        columns = columns or len(cells)
        if len(cells) != columns:
            yield Rejected(line, "", f"has {len(cells)} cells", f"{columns} cells, as in the header", entry)
            continue
        yield Row(line, entry, cells)
