"""Good rows, and short ways through the package, for the tests of intake."""

from __future__ import annotations

import io
import json
from typing import Any

from greenledger.intake import Accepted, CodeCarbonOptions, Format, Rejected, check_entries, read_entries

START, END = 1_700_000_000, 1_700_003_600


def good(name: str = "run", **changes: Any) -> dict[str, Any]:
    """A workload of requests; None takes a field out."""
    stated = {"kind": "inference", "start": START, "end": END, "requests": "10", "name": name} | changes
    return {field: value for field, value in stated.items() if value is not None}


def good_json(name: str = "run", **changes: Any) -> str:
    return json.dumps(good(name, **changes))


def results(
    content: str | bytes, format: Format, codecarbon: CodeCarbonOptions | None = None
) -> list[Accepted | Rejected]:
    data = content.encode() if isinstance(content, str) else content
    return list(check_entries(read_entries(io.BytesIO(data), format, codecarbon=codecarbon)))


def accepted(found: list[Accepted | Rejected]) -> list[tuple[int, str | None]]:
    """Line and name of each accepted entry."""
    return [(row.line, row.workload.name) for row in found if isinstance(row, Accepted)]


def rejected(found: list[Accepted | Rejected]) -> list[tuple[int, str]]:
    """Line and field of each rejection, which says what was wrong and what would be right."""
    rows = [row for row in found if isinstance(row, Rejected)]
    assert all(row.reason and row.expected for row in rows)
    return [(row.line, row.field) for row in rows]
