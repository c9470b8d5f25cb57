"""The build of the factor set: the same bytes every time, and what it refuses to publish."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import greenledger.footprint
from scripts.factors import build, places, rows
from scripts.factors.notice import LICENCES, notice_text
from scripts.factors.refusals import faults

DATA = Path(greenledger.footprint.__file__).parent / "data"
BUILD = Path(build.__file__)
SOURCES = {"survey": {"citation": "A survey", "licence": "facts", "url": "https://example.org/"}}
ROW = {
    "key": "grid/country/FR",
    "unit": "mg/kWh",
    "low": "1",
    "central": "2",
    "high": "3",
    "year": "2025",
    "source_id": "survey",
    "licence": "facts",
    "evidence": "generation mix of the year: São Tomé",
}


def test_factor_set__built_again_from_its_inputs__is_the_same_files(tmp_path: Path) -> None:
    built, notice = tmp_path / "set.json", tmp_path / "NOTICE"

    subprocess.run([sys.executable, str(BUILD), str(built), str(notice)], check=True, timeout=60)

    assert built.read_bytes() == (DATA / f"{build.SET_ID}.json").read_bytes()
    assert notice.read_bytes() == (DATA / "NOTICE").read_bytes()


def test_check__with_a_file_that_the_inputs_do_not_make__names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "DATA", tmp_path)
    monkeypatch.setattr(build, "ROOT", tmp_path)
    (tmp_path / f"{build.SET_ID}.json").write_text(build.build(), encoding="utf-8")
    (tmp_path / "NOTICE").write_text(build.notice(), encoding="utf-8")
    build.main(["--check"])

    (tmp_path / "NOTICE").write_text(build.notice() + "\n", encoding="utf-8")

    with pytest.raises(SystemExit, match="NOTICE is not what the inputs make"):
        build.main(["--check"])


@pytest.mark.parametrize("arguments", [[], ["--chekc"], ["a", "b", "c"]])
def test_build__with_other_arguments__says_what_it_takes(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match="expected OUTPUT"):
        build.main(arguments)


def test_row__that_anyone_can_read__has_no_fault() -> None:
    assert list(faults([ROW], SOURCES)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"evidence": 'so "called"'}, "holds a quote, backslash"),
        ({"evidence": "back\\slash"}, "holds a quote, backslash"),
        ({"evidence": "two\nlines"}, "cannot be printed"),
        ({"evidence": "line\u2028separator"}, "cannot be printed"),
        ({"key": "grid/\x7f"}, "cannot be printed"),
        ({"key": "k" * 81}, "key has 81 bytes"),
        ({"unit": "u" * 21}, "unit has 21 bytes"),
        ({"licence": "l" * 41}, "licence has 41 bytes"),
        ({"evidence": "é" * 101}, "evidence has 202 bytes"),
        ({"evidence": ""}, "evidence is empty"),
        ({"low": "3"}, "expected 0 <= low <= central <= high"),
        ({"central": "4"}, "expected 0 <= low <= central <= high"),
        ({"low": "-1"}, "expected 0 <= low <= central <= high"),
        ({"high": str(2**120)}, "expected less than 2"),
        ({"year": "1999"}, "year is 1999"),
        ({"source_id": "hearsay"}, "source hearsay: used by a row, not in sources.csv"),
        ({"source_id": "s" * 41}, "source_id has 41 bytes"),
    ],
)
def test_row__with_a_fault__is_refused(change: dict[str, str], fault: str) -> None:
    found = list(faults([ROW | change], SOURCES))

    assert any(fault in line for line in found), found


def test_row__that_stands_twice__is_refused() -> None:
    assert list(faults([ROW, ROW], SOURCES)) == ["grid/country/FR: stands twice"]


def test_source__that_no_row_uses__is_refused() -> None:
    unused = SOURCES | {"rumour": SOURCES["survey"]}

    assert list(faults([ROW], unused)) == ["source rumour: in sources.csv, used by no row"]


@pytest.mark.parametrize("licence", ["", "ODbL 1.0", "CC BY-SA 4.0"])
def test_source__under_a_licence_that_was_not_read__is_refused(licence: str) -> None:
    source = {"survey": SOURCES["survey"] | {"licence": licence}}

    assert any("is none of" in line for line in faults([ROW], source))


def test_rows__refused__are_all_listed_at_once() -> None:
    broken = [ROW | {"key": "a", "low": "9"}, ROW | {"key": "b", "unit": ""}]

    with pytest.raises(SystemExit, match=r"(?s)a: expected.*b: unit is empty"):
        build.with_licences(broken, SOURCES)


def test_input_table__with_a_comma_too_many__is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "INPUTS", tmp_path)
    (tmp_path / "table.csv").write_text("key,evidence\na,one, two\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"table.csv, line 2: expected 2 fields, got 3"):
        list(rows.rows_of("table"))


def test_series__with_two_values_for_a_year__is_refused() -> None:
    series = {"FR": {2025: ROW}}

    with pytest.raises(ValueError, match="2025 stands twice"):
        places.add_year(series, "FR", ROW)


def test_region_of_a_table__that_is_not_listed__is_refused() -> None:
    places.refuse_unlisted("sites.csv", {"gcp/us-central1", "aws/us-east-1"})

    with pytest.raises(ValueError, match=r"sites.csv: regions.csv does not list gcp/us-central9"):
        places.refuse_unlisted("sites.csv", {"gcp/us-central1", "gcp/us-central9"})


def test_notice__lists_the_terms_of_the_licences_in_use_only() -> None:
    text = notice_text("set", SOURCES)

    assert f"facts: {LICENCES['facts']}" in text
    assert "CC BY" not in text
