"""CSV with field paths as its header."""

from __future__ import annotations

import difflib
import io
from typing import Any

import pytest
from intake_rows import accepted, rejected, results

from greenledger.footprint.rules import RULES
from greenledger.footprint.workload import Workload
from greenledger.intake import MAX_ENTRY_BYTES, Accepted, Format, Rejected, csv_entries, write_report
from greenledger.intake.paths import known_paths

HEADER = "kind,start,end,requests,name"
GOOD = "inference,1700000000,1700003600,10,{name}"


def rows(*lines: str) -> str:
    return "\n".join([HEADER, *lines]) + "\n"


def good(name: str) -> str:
    return GOOD.replace("{name}", name)


def phase(index: int) -> str:
    """Two columns of a phase."""
    return f"phases[{index}].hardware,phases[{index}].device_seconds"


def test_csv__nested_fields__become_the_workload() -> None:
    header = f"kind,start,end,place.country,{phase(1)},{phase(0)}"
    row = "training,2023-11-14T22:13:20Z,1700003600,FR,h100-sxm-80gb,7200,a100-sxm-80gb,3600"
    (found,) = results(f"\ufeff{header}\r\n{row}\r\n", Format.CSV)
    assert isinstance(found, Accepted)
    assert [(phase.hardware, phase.device_seconds) for phase in found.workload.phases] == [
        ("a100-sxm-80gb", 3600),
        ("h100-sxm-80gb", 7200),
    ]
    assert found.workload.place is not None and found.workload.place.country == "FR"


def test_csv__every_field_of_the_model__has_a_column() -> None:
    paths = known_paths()
    assert {path.split(".")[0].removesuffix("[]") for path in paths} == set(RULES[Workload])
    assert {"kind", "place.country", "phases[].device_seconds", "contracts[].evidence"} <= set(paths)


def test_csv__empty_cell__is_not_stated() -> None:
    (row,) = results(f"{HEADER},pue_ppm\n{good('a')},\n", Format.CSV)
    assert isinstance(row, Accepted) and row.workload.pue_ppm is None


def test_csv__quotes__are_read_as_rfc_4180_says() -> None:
    found = results(rows(good('"a ""b"", c"'), good('""'), good('"=1+1"')), Format.CSV)
    assert accepted(found) == [(2, 'a "b", c'), (3, None), (4, "=1+1")]


BAD = {
    "open quote": GOOD.replace("{name}", '"open'),
    "quote inside": GOOD.replace("{name}", '5" disk'),
    "text behind a quote": GOOD.replace("{name}", '"a"b'),
    "cell too many": GOOD + ",x",
    "cell missing": "inference,1700000000,1700003600,10",
    "NUL": GOOD.replace("{name}", "a\0b"),
    "lone carriage return": GOOD.replace("{name}", "a\rb"),
    "formula for a number": GOOD.replace(",10,", ",=5+5,"),
    "blank before a number": GOOD.replace(",10,", ", 10,"),
    "float": GOOD.replace(",10,", ",1e1,"),
    "not a number": GOOD.replace(",10,", ",NaN,"),
    "10^30": GOOD.replace(",10,", ",1" + "0" * 30 + ","),
    "end before start": GOOD.replace("1700003600", "1600000000"),
    "longer than an entry": GOOD.replace("{name}", "x" * (2 * MAX_ENTRY_BYTES)),
    "all empty": ",,,,",
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_csv__bad_row__is_named_and_the_others_are_kept(bad: str) -> None:
    found = results(rows(good("a"), bad.replace("{name}", "bad"), "", good("b")), Format.CSV)
    assert accepted(found) == [(2, "a"), (5, "b")]
    assert {line for line, _field in rejected(found)} == {3}


def test_csv__bytes_that_are_not_utf_8__are_named_with_their_place() -> None:
    found = results(rows(good("caf#"), good("b")).encode().replace(b"#", b"\xe9"), Format.CSV)
    assert accepted(found) == [(3, "b")]
    assert isinstance(found[0], Rejected) and "0xe9" in found[0].reason


def test_csv__gap_between_phases__names_the_empty_one() -> None:
    row = "training,1700000000,1700003600,,,a100-sxm-80gb,3600"
    content = f"kind,start,end,{phase(0)},{phase(1)}\n{row}\n"
    assert rejected(results(content, Format.CSV)) == [(2, "phases[0]")]


@pytest.mark.parametrize(
    ("column", "near"),
    [
        ("strt", "start"),
        ("phases[0].hardwear", "phases[0].hardware"),
        ("hardware", "phases[0].hardware"),
        ("country", "place.country"),
        ("Kind", "kind"),
        ("phases[].hardware", "phases[0].hardware"),
        ("phases[01].hardware", "phases[0].hardware"),
    ],
)
def test_csv__unknown_column__is_refused_with_the_nearest_one(column: str, near: str) -> None:
    (row,) = results(f"{HEADER},{column}\n{good('a')},1\n", Format.CSV)
    assert isinstance(row, Rejected)
    assert (row.line, row.field, row.entry) == (1, column, 0)
    assert row.expected.endswith(f"did you mean {near}?")


@pytest.mark.parametrize(
    "header", ["", '"kind\n', "kind;start;end\n", f"{HEADER},kind\n", "place\n", "kind,,end\n"]
)
def test_csv__header_that_cannot_be_used__ends_the_file(header: str) -> None:
    (row,) = results(header, Format.CSV)
    assert isinstance(row, Rejected) and (row.line, row.entry) == (1, 0)


def test_csv__thousands_of_unknown_columns__are_not_all_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared, close = [], difflib.get_close_matches

    def counted(word: str, *rest: Any, **named: Any) -> list[str]:
        compared.append(word)
        return close(word, *rest, **named)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    found = results(",".join(f"unknown {number}" for number in range(2000)) + "\n", Format.CSV)
    assert len(found) == len(compared) == 20


def test_csv__column_of_brackets__is_cut_off_before_it_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    searched, without = [], csv_entries.without_indices

    def noted(path: str) -> str:
        searched.append(len(path))
        return without(path)

    monkeypatch.setattr(csv_entries, "without_indices", noted)
    (row,) = results("[" * 5000 + "\n", Format.CSV)
    assert isinstance(row, Rejected) and max(searched) <= 100


def test_report__rejections__are_written_as_csv_that_no_spreadsheet_runs() -> None:
    target = io.StringIO(newline="")
    bad = [Rejected(2, "=cmd", 'said, "no"', "x", 1), Rejected(3, "", "-1", "y", 2)]
    assert write_report(bad, target) == 2
    assert target.getvalue() == (
        'line,entry,field,reason,expected\r\n2,1,\'=cmd,"said, ""no""",x\r\n3,2,,\'-1,y\r\n'
    )
