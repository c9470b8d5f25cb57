"""`greenledger estimate` of files that hold many workloads: nothing is lost."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from greenledger.cli.main import app

RUNNER = CliRunner()
GOOD: dict[str, Any] = {
    "kind": "training",
    "start": 1_700_000_000,
    "end": 1_700_086_400,
    "place": {"country": "FR"},
    "phases": [{"hardware": "a100-sxm-80gb", "device_seconds": "3600"}],
}
BAD = GOOD | {"kind": "trainin", "end": 5}
CSV_HEAD = "kind,name,start,end,place.country,phases[0].hardware,phases[0].device_seconds"
CODECARBON = """timestamp,project_name,run_id,duration,emissions,energy_consumed,country_iso_code
2026-01-02T00:00:00,demo,a1,3600,0.1,0.5,FRA
2026-01-02T01:00:00,demo,b2,3600,0.1,0.25,FRA
"""


def estimate(file: Path | str, *options: str, text: str | None = None) -> Result:
    return RUNNER.invoke(app, ["estimate", str(file), *options], env={"COLUMNS": "200"}, input=text)


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def json_lines(*workloads: object) -> str:
    return "".join(json.dumps(workload) + "\n" for workload in workloads)


def report_of(file: Path) -> list[dict[str, str]]:
    with file.open(newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Two good entries around a bad one."""
    file = tmp_path / "runs.jsonl"
    file.write_text(json_lines(GOOD, BAD, GOOD | {"name": "second"}))
    return file


def test_estimate_many__of_good_rows__shows_each_and_the_total(tmp_path: Path) -> None:
    file = tmp_path / "runs.csv"
    file.write_text(
        f"{CSV_HEAD}\ntraining,one,1700000000,1700086400,FR,a100-sxm-80gb,3600\n"
        "training,two,2023-11-14T22:13:20Z,1700086400,FR,a100-sxm-80gb,7200\n"
    )

    result = estimate(file)

    assert result.exit_code == 0
    for word in ("one", "two", "total of 2"):
        assert word in result.stdout
    assert list(tmp_path.iterdir()) == [file]


def test_estimate_many__with_a_bad_row__estimates_the_others_and_reports_it(mixed: Path) -> None:
    result = estimate(mixed)

    assert result.exit_code == 3
    assert "total of 2" in result.stdout
    report = mixed.with_name("runs.jsonl.rejected.csv")
    assert f"Rejected: 1 of 3 entries, with line and reason in {report}" in result.stderr
    assert {(row["line"], row["field"]) for row in report_of(report)} == {("2", "kind"), ("2", "end")}
    assert all(row["reason"] and row["expected"] for row in report_of(report))


def test_estimate_many__as_json__gives_every_entry_once_and_then_the_totals(mixed: Path) -> None:
    result = estimate(mixed, "--json")

    assert result.exit_code == 3
    *rows, last = lines(result.stdout)
    assert [row["line"] for row in rows if "estimate" in row] == [1, 3]
    assert {row["line"] for row in rows if "rejected" in row} == {2}
    assert (last["estimated"], last["rejected"]) == (2, 1)
    for stage in ("energy_uwh", "total_ug", "total_market_ug", "water_ul"):
        for bound in ("low", "central", "high"):
            each = [int(row["estimate"][stage][bound]) for row in rows if "estimate" in row]
            assert int(last["totals"][stage][bound]) == sum(each) > 0 or bound == "low"


def test_estimate_many__with_files_named__writes_both_there(mixed: Path, tmp_path: Path) -> None:
    output, rejected = tmp_path / "results.jsonl", tmp_path / "bad.csv"

    result = estimate(mixed, "--output", str(output), "--rejected", str(rejected))

    assert result.exit_code == 3
    assert "total of 2" in result.stdout
    assert len(lines(output.read_text())) == 2 + 2 + 1  # estimates, wrong fields, totals
    assert len(report_of(rejected)) == 2
    assert not mixed.with_name("runs.jsonl.rejected.csv").exists()


def test_estimate_many__with_output_and_json__says_nothing_on_standard_output(
    mixed: Path, tmp_path: Path
) -> None:
    assert estimate(mixed, "--json", "--output", str(tmp_path / "results.jsonl")).stdout == ""


def test_estimate_many__from_standard_input__reports_on_standard_error(mixed: Path) -> None:
    result = estimate("-", text=mixed.read_text())

    assert result.exit_code == 3
    assert "line,entry,field,reason,expected" in result.stderr
    assert "trainin" in result.stderr


def test_estimate_many__without_a_good_row__exits_2_and_still_reports(tmp_path: Path) -> None:
    file = tmp_path / "runs.jsonl"
    file.write_text(json_lines(BAD, BAD))

    result = estimate(file)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Rejected: 2 of 2 entries" in result.stderr
    assert len(report_of(tmp_path / "runs.jsonl.rejected.csv")) == 4


@pytest.mark.parametrize("text", ["[]", "[\n]"])
def test_estimate_many__of_no_entry__exits_2_and_says_so(tmp_path: Path, text: str) -> None:
    file = tmp_path / "runs.json"
    file.write_text(text)

    result = estimate(file)

    assert result.exit_code == 2
    assert "no workload in it could be estimated" in result.stderr


def test_estimate_many__of_a_list_of_one__is_json_lines_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "runs.json"
    file.write_text(json.dumps([GOOD]))

    rows = lines(estimate(file, "--json").stdout)

    assert [set(row) for row in rows] == [
        {"line", "entry", "estimate"},
        {"totals", "estimated", "rejected", "methodology"},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- {kind: training, start: 1700000000, end: 1700086400, measured_uwh: 5, measurement_scope: node}\n"
        * 2,
        "---\nkind: nothing\n---\nkind: nothing\n",
        "# a comment\n[{kind: nothing}]\n",
    ],
)
def test_estimate_many__of_yaml_lists_and_documents__is_json_lines(tmp_path: Path, text: str) -> None:
    file = tmp_path / "runs.yaml"
    file.write_text(text)

    *_, last = lines(estimate(file, "--json").stdout)

    assert last["estimated"] + last["rejected"] == text.count("kind")


def test_estimate_many__of_codecarbon__takes_what_its_file_does_not_say(tmp_path: Path) -> None:
    file = tmp_path / "emissions.csv"
    file.write_text(CODECARBON)
    options = ("--codecarbon-kind", "inference", "--codecarbon-utc-offset", "+02:00")

    usual = lines(estimate(file, "--json").stdout)
    changed = lines(estimate(file, *options, "--codecarbon-place", "SE", "--json").stdout)

    assert usual[-1]["estimated"] == changed[-1]["estimated"] == 2
    assert "grid/country/FR" in usual[0]["estimate"]["factors"]
    assert "grid/country/SE" in changed[0]["estimate"]["factors"]
    assert usual[0]["name"] == "demo/a1"


@pytest.mark.parametrize("offset", ["2", "+2:00", "+24:00", "+01:60", ""])
def test_estimate_many__with_an_offset_of_another_form__is_wrong_usage(mixed: Path, offset: str) -> None:
    result = estimate(mixed, "--codecarbon-utc-offset", offset)

    assert result.exit_code == 2
    assert "expected +HH:MM" in result.stderr


def test_estimate_many__over_the_input__is_refused(mixed: Path) -> None:
    before = mixed.read_text()

    result = estimate(mixed, "--output", str(mixed))

    assert result.exit_code == 2
    assert "two are the same file" in result.stderr
    assert mixed.read_text() == before


@pytest.mark.parametrize("text", ["\x00", '{"kind": "nothing"}'])
def test_estimate_many__that_fails__leaves_earlier_results_alone(tmp_path: Path, text: str) -> None:
    file, output = tmp_path / "runs", tmp_path / "results.jsonl"
    file.write_text(text)
    output.write_text("earlier")

    result = estimate(file, "--output", str(output))

    assert result.exit_code == 2
    assert output.read_text() == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["results.jsonl", "runs"]


def test_estimate_many__into_a_device__writes_into_it(mixed: Path) -> None:
    assert estimate(mixed, "--output", "/dev/null").exit_code == 3
    assert not Path("/dev/null").is_file()


def test_estimate_many__with_a_report_that_cannot_be_written__exits_2(mixed: Path) -> None:
    result = estimate(mixed, "--rejected", str(mixed / "below" / "a-file.csv"))

    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_estimate_many__of_more_rows_than_a_terminal_holds__counts_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "runs.jsonl"
    file.write_text(json_lines(*(GOOD | {"name": f"run {at}"} for at in range(120))))

    result = estimate(file)

    assert "and 20 more" in result.stdout
    assert "total of 120" in result.stdout
