"""The report of what was not taken."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from greenledger.intake.entries import Rejected

COLUMNS = ("line", "entry", "field", "reason", "expected")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def _harmless(text: str) -> str:
    """Text that a spreadsheet shows and does not run: reasons repeat parts of untrusted files."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def write_report(rejected: Iterable[Rejected], stream: TextIO) -> int:
    """Writes CSV (RFC 4180, with a header) to a stream opened with newline="", and gives the number of rows.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    count = 0
    for row in rejected:
        texts = (_harmless(text) for text in (row.field, row.reason, row.expected))
        writer.writerow((row.line, row.entry, *texts))
        count += 1
    return count
