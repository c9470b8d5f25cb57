"""`greenledger estimate` of one workload."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from greenledger.cli.main import app
from greenledger.evidence.methodology import estimate_as_json
from greenledger.footprint.estimate import estimate
from greenledger.footprint.explain import explain
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.parsing import parse_workload

Write = Callable[[object], str]
RUNNER = CliRunner()
WORKLOAD: dict[str, Any] = {
    "kind": "training",
    "start": 1_700_000_000,
    "end": 1_700_086_400,
    "place": {"country": "FR"},
    "phases": [{"hardware": "a100-sxm-80gb", "device_seconds": "3600"}],
}


def test_estimate__as_json__is_the_estimate_of_the_model(write: Write) -> None:
    factors = load_factor_set()

    result = RUNNER.invoke(app, ["estimate", write(WORKLOAD), "--json"])

    assert result.exit_code == 0
    workload = parse_workload(WORKLOAD)
    expected = estimate_as_json(estimate(workload, factors), factors)
    assert json.loads(result.stdout) == expected | {"explanation": explain(workload, factors).as_json()}


def test_estimate__from_standard_input__is_the_same(write: Write) -> None:
    from_file = RUNNER.invoke(app, ["estimate", write(WORKLOAD), "--json"])
    from_input = RUNNER.invoke(app, ["estimate", "-", "--json"], input=json.dumps(WORKLOAD))

    assert from_input.exit_code == 0
    assert from_input.stdout == from_file.stdout


def test_estimate__for_people__shows_bounds_shares_tier_and_each_default(write: Write) -> None:
    result = RUNNER.invoke(app, ["estimate", write(WORKLOAD)], env={"COLUMNS": "200"})

    assert result.exit_code == 0
    for text in (
        "total, location-based",
        "% of total",
        "Evidence tier 5",
        "no PUE published for the site",
        "pue/unknown",
        "Uptime Institute",
        "grid/country/FR",
        "gal-footprint/1",
        "To narrow the bounds most",
    ):
        assert text in result.stdout


def test_estimate__of_a_wrong_workload__lists_every_field_and_exits_2(write: Write) -> None:
    wrong = {**WORKLOAD, "start": -5, "pue": 1}

    result = RUNNER.invoke(app, ["estimate", write(wrong), "--json"])

    assert result.exit_code == 2
    assert {error["field"] for error in json.loads(result.stdout)["errors"]} == {"start", "pue"}


def test_estimate__of_a_wrong_workload__for_people_goes_to_standard_error(write: Write) -> None:
    result = RUNNER.invoke(app, ["estimate", write({**WORKLOAD, "start": "soon"})], env={"COLUMNS": "200"})

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "'soon'" in result.stderr


def test_estimate__of_markup_in_a_value__shows_it_as_text(write: Write) -> None:
    result = RUNNER.invoke(
        app, ["estimate", write({**WORKLOAD, "kind": "[red]x[/red]"})], env={"COLUMNS": "200"}
    )

    assert "[red]x[/red]" in result.stderr


@pytest.mark.parametrize("text", ["{", '{"kind": "training", "kind": "inference"}', "[" * 5000, "\x00", ""])
def test_estimate__of_text_that_is_no_json__exits_2(text: str) -> None:
    result = RUNNER.invoke(app, ["estimate", "-", "--format", "json"], input=text)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr != ""


def test_estimate__of_an_unknown_format__says_how_to_name_it() -> None:
    result = RUNNER.invoke(app, ["estimate", "-"], input="\x00")

    assert result.exit_code == 2
    assert "or --format" in result.stderr


def test_estimate__of_a_file_that_is_not_there__exits_2() -> None:
    result = RUNNER.invoke(app, ["estimate", "nowhere.json"])

    assert result.exit_code == 2
    assert "nowhere.json: cannot be read" in result.stderr


def test_estimate__of_too_much_input__exits_2() -> None:
    result = RUNNER.invoke(app, ["estimate", "-"], input='{"name": "' + "x" * 1_100_000 + '"}')

    assert result.exit_code == 2
    assert "1048576" in result.stderr


def test_estimate__of_yaml__is_the_same_as_of_json(write: Write, tmp_path: Path) -> None:
    file = tmp_path / "workload.yaml"
    file.write_text(
        """# a day of one accelerator
kind: training
start: 1700000000
end: 1700086400
place: {country: FR}
phases:
  - hardware: a100-sxm-80gb
    device_seconds: 3600
"""
    )

    from_yaml = RUNNER.invoke(app, ["estimate", str(file), "--json"])

    assert from_yaml.exit_code == 0
    assert from_yaml.stdout == RUNNER.invoke(app, ["estimate", write(WORKLOAD), "--json"]).stdout


def test_estimate__with_an_output_file__writes_there_and_shows_the_table(
    write: Write, tmp_path: Path
) -> None:
    output = tmp_path / "result.json"

    result = RUNNER.invoke(app, ["estimate", write(WORKLOAD), "--output", str(output)])

    assert result.exit_code == 0
    assert "Evidence tier" in result.stdout
    assert json.loads(output.read_text())["tier"] == 5


def test_estimate__of_a_functional_unit__shows_its_sci(write: Write) -> None:
    unit = {"functional_unit": {"name": "answered ticket", "count": "40"}}

    result = RUNNER.invoke(app, ["estimate", write(WORKLOAD | unit)], env={"COLUMNS": "200"})

    assert result.exit_code == 0
    assert "SCI, per answered ticket (provider)" in result.stdout
