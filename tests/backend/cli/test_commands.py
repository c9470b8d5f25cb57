"""`greenledger estimate` and `greenledger catalogue`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from greenledger.cli.main import app
from greenledger.evidence.methodology import estimate_as_json
from greenledger.footprint.estimate import estimate
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
    assert json.loads(result.stdout) == estimate_as_json(estimate(parse_workload(WORKLOAD), factors), factors)


def test_estimate__from_standard_input__is_the_same(write: Write) -> None:
    from_file = RUNNER.invoke(app, ["estimate", write(WORKLOAD), "--json"])
    from_input = RUNNER.invoke(app, ["estimate", "-", "--json"], input=json.dumps(WORKLOAD))

    assert from_input.exit_code == 0
    assert from_input.stdout == from_file.stdout


def test_estimate__for_people__shows_bounds_tier_and_each_default(write: Write) -> None:
    result = RUNNER.invoke(app, ["estimate", write(WORKLOAD)], env={"COLUMNS": "200"})

    assert result.exit_code == 0
    for text in (
        "total, location-based",
        "Evidence tier 5",
        "pue/unknown",
        "grid/country/FR",
        "gal-footprint/1",
    ):
        assert text in result.stdout


def test_estimate__of_a_wrong_workload__lists_every_field_and_exits_2(write: Write) -> None:
    wrong = {**WORKLOAD, "start": "soon", "pue": 1}

    result = RUNNER.invoke(app, ["estimate", write(wrong), "--json"])

    assert result.exit_code == 2
    assert {error["field"] for error in json.loads(result.stdout)["errors"]} == {"start", "pue"}


def test_estimate__of_a_wrong_workload__for_people_goes_to_standard_error(write: Write) -> None:
    result = RUNNER.invoke(app, ["estimate", write({**WORKLOAD, "start": "soon"})], env={"COLUMNS": "200"})

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "'soon' is not a whole number" in result.stderr


def test_estimate__of_markup_in_a_value__shows_it_as_text(write: Write) -> None:
    result = RUNNER.invoke(
        app, ["estimate", write({**WORKLOAD, "kind": "[red]x[/red]"})], env={"COLUMNS": "200"}
    )

    assert "[red]x[/red]" in result.stderr


@pytest.mark.parametrize("text", ["{", '{"kind": "training", "kind": "inference"}', "[" * 5000, "\x00"])
def test_estimate__of_text_that_is_no_json__exits_2(text: str) -> None:
    result = RUNNER.invoke(app, ["estimate", "-"], input=text)

    assert result.exit_code == 2
    assert result.stderr.startswith("-: ")


def test_estimate__of_a_file_that_is_not_there__exits_2() -> None:
    result = RUNNER.invoke(app, ["estimate", "nowhere.json"])

    assert result.exit_code == 2
    assert "nowhere.json: cannot be read" in result.stderr


def test_estimate__of_too_much_input__exits_2() -> None:
    result = RUNNER.invoke(app, ["estimate", "-"], input='"' + "x" * 1_100_000 + '"')

    assert result.exit_code == 2
    assert "at most 1048576" in result.stderr


def test_catalogue__as_json__has_every_section() -> None:
    result = RUNNER.invoke(app, ["catalogue", "--json"])

    assert result.exit_code == 0
    sections = {"hardware", "countries", "states", "regions", "models", "sources"}
    assert set(json.loads(result.stdout)) == sections


def test_catalogue__of_a_section_with_a_search__lists_only_matches() -> None:
    result = RUNNER.invoke(app, ["catalogue", "hardware", "--search", "H100", "--json"])

    names = [entry["id"] for entry in json.loads(result.stdout)["hardware"]]
    assert names == ["h100-nvl-94gb", "h100-pcie-80gb", "h100-sxm-80gb"]


def test_catalogue__for_people__is_a_table() -> None:
    result = RUNNER.invoke(app, ["catalogue", "countries", "--search", "France"], env={"COLUMNS": "120"})

    assert result.exit_code == 0
    assert "41440" in result.stdout


def test_catalogue__of_an_unknown_section__exits_2() -> None:
    result = RUNNER.invoke(app, ["catalogue", "planets"])

    assert result.exit_code == 2
    assert "expected one of hardware" in result.stderr


def test_version__names_the_method() -> None:
    assert "gal-footprint/1" in RUNNER.invoke(app, ["--version"]).stdout
