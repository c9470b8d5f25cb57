"""Any mixture of good and bad rows gives exactly the good ones, and every row gives something."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_rows import good, results

from greenledger.intake import Accepted, Format, Rejected, check_entries, read_entries

NAMES = st.text("abc \"',;:[]{}#&*é-=", min_size=1, max_size=12).filter(lambda name: name.strip() == name)
CHANGES: dict[str, Any] = {
    "kind": "teaching",
    "start": "2023-11-14",
    "end": "1600000000",
    "requests": "1" + "0" * 30,
    "pue_ppm": "-1",
}
WRONG = st.sampled_from(sorted(CHANGES))
ROWS = st.lists(st.tuples(NAMES, st.none() | WRONG), max_size=12)
COLUMNS = ("kind", "start", "end", "requests", "name", "pue_ppm")

Written = Callable[[list[dict[str, Any]]], str]


def as_csv(stated: list[dict[str, Any]]) -> str:
    def cell(value: object) -> str:
        return '"' + str(value).replace('"', '""') + '"'

    lines = [",".join(cell(row.get(column, "")) for column in COLUMNS) for row in stated]
    return "\n".join([",".join(COLUMNS), *lines])


def as_yaml(stated: list[dict[str, Any]]) -> str:
    # JSON's strings are YAML's; each entry on its own line.
    return "".join(f"- {json.dumps(row)}\n" for row in stated) or "[]"


WRITERS: dict[Format, Written] = {
    Format.CSV: as_csv,
    Format.JSONL: lambda stated: "\n".join(map(json.dumps, stated)),
    Format.JSON: lambda stated: f"[{','.join(map(json.dumps, stated))}]",
    Format.YAML: as_yaml,
}


@pytest.mark.parametrize("format", WRITERS)
@given(rows=ROWS)
def test_mixture__of_good_and_bad_rows__gives_exactly_the_good_ones(
    format: Format, rows: list[tuple[str, str | None]]
) -> None:
    stated = [good(name, **({wrong: CHANGES[wrong]} if wrong else {})) for name, wrong in rows]
    found = results(WRITERS[format](stated), format)
    taken = {row.entry: row.workload.name for row in found if isinstance(row, Accepted)}
    refused = {row.entry: row.field for row in found if isinstance(row, Rejected)}
    assert taken == {entry: name for entry, (name, wrong) in enumerate(rows, start=1) if wrong is None}
    assert refused == {entry: wrong for entry, (_, wrong) in enumerate(rows, start=1) if wrong is not None}


LINES = st.lists(
    st.text(alphabet=st.characters(exclude_characters="\n\r", codec="utf-8"), max_size=40), max_size=8
)


@pytest.mark.parametrize("format", [Format.JSONL, Format.CSV])
@given(lines=LINES, places=st.lists(st.integers(0, 8), max_size=4))
def test_any_line__that_is_not_blank__is_either_accepted_or_rejected(
    format: Format, lines: list[str], places: list[int]
) -> None:
    row = json.dumps(good()) if format == Format.JSONL else "inference,1700000000,1700003600,10,run,"
    for place in places:
        lines.insert(min(place, len(lines)), row)
    header = [",".join(COLUMNS)] if format == Format.CSV else []
    content = "\n".join(header + lines).encode()
    found = results(content, format)
    by_line = {True: set(), False: set()}  # type: dict[bool, set[int]]
    for result in found:
        by_line[isinstance(result, Accepted)].add(result.line)
    written = {
        number for number, line in enumerate(content.split(b"\n"), start=1) if line.strip(b" \t\v\f\r")
    }
    assert by_line[True].isdisjoint(by_line[False])
    assert by_line[True] | by_line[False] == written - set(range(1, len(header) + 1))


@pytest.mark.parametrize("format", Format)
@given(content=st.binary(max_size=300))
def test_any_bytes__in_any_format__end_in_results_and_never_in_an_error(
    format: Format, content: bytes
) -> None:
    for result in check_entries(read_entries(io.BytesIO(content), format)):
        assert isinstance(result, Accepted) or (result.reason and result.expected)


@pytest.mark.parametrize("format", WRITERS)
@given(rows=ROWS, cut=st.integers(0, 10_000))
def test_file__cut_off_anywhere__gives_no_workload_that_was_not_in_it(
    format: Format, rows: list[tuple[str, str | None]], cut: int
) -> None:
    content = WRITERS[format]([good(name) for name, _ in rows])
    found = results(content.encode()[: cut % (len(content.encode()) + 1)], format)
    names = [row.workload.name for row in found if isinstance(row, Accepted)]
    whole = [name for name, _ in rows]
    # A CSV has no mark of its end: its last cell may be shortened, if it is not quoted. Here all cells are.
    assert names == whole[: len(names)]


class _Endless(io.RawIOBase):
    """So many bytes without a line end, never held at once."""

    def __init__(self, left: int) -> None:
        self.left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = min(len(buffer), self.left)
        self.left -= count
        buffer[:count] = b"x" * count
        return count


@pytest.mark.parametrize("format", [Format.JSONL, Format.JSON, Format.YAML, Format.CSV])
def test_line__of_a_gigabyte__is_refused_and_never_held(format: Format) -> None:
    with io.BufferedReader(_Endless(1_000_000_000)) as stream:
        (row,) = read_entries(stream, format)
    assert isinstance(row, Rejected) and "longer than 1048576 bytes" in row.reason
