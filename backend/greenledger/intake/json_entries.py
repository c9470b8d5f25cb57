"""JSON (one workload, or a list of them) and JSON Lines (one workload on each line)."""

from __future__ import annotations

from collections.abc import Iterator
from json import JSONDecodeError
from typing import BinaryIO

from greenledger.footprint.fields import shown
from greenledger.footprint.strict_json import InvalidJson, loads_strict
from greenledger.intake.entries import MAX_ENTRY_BYTES, Rejected, Stated
from greenledger.intake.json_list import Broken, split_list
from greenledger.intake.lines import TOO_LONG, TOO_LONG_EXPECTED, physical_lines

_EXPECTED = "one JSON object with every key once"


def _problem(error: InvalidJson, line: int) -> str:
    cause = error.__cause__
    # The parser counts from the start of the entry; people count from the start of the file.
    if isinstance(cause, JSONDecodeError):
        return f"not JSON: {cause.msg} in line {line + cause.lineno - 1}"
    return str(error)


def _entry(line: int, entry: int, data: bytes | None) -> Stated | Rejected:
    if data is None:
        return Rejected(line, "", TOO_LONG, TOO_LONG_EXPECTED, entry)
    try:
        value = loads_strict(data, MAX_ENTRY_BYTES)
    except InvalidJson as error:
        return Rejected(line, "", _problem(error, line), _EXPECTED, entry)
    if not isinstance(value, dict):
        return Rejected(line, "", f"{shown(value)} is not an object", _EXPECTED, entry)
    return Stated(line, value, entry)


def read_jsonl(stream: BinaryIO) -> Iterator[Stated | Rejected]:
    """See `read_entries`. Blank lines are no entries."""
    for entry, (line, data) in enumerate(physical_lines(stream), start=1):
        yield _entry(line, entry, data)


def read_json(stream: BinaryIO) -> Iterator[Stated | Rejected]:
    """See `read_entries`. A bad entry does not spoil the others, unless it breaks the list itself."""
    count = 0
    for piece in split_list(stream):
        if isinstance(piece, Broken):
            yield Rejected(piece.line, "", piece.reason, piece.expected, 0)
            continue
        count += 1
        yield _entry(piece.line, count, piece.data)
