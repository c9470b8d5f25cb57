"""`greenledger validate`: the table, and the exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from greenledger.cli.main import app
from greenledger.validation.runs import published_runs

RUNNER = CliRunner()
WIDE = {"COLUMNS": "200"}
RUN: dict[str, Any] = {
    "id": "made-up",
    "kind": "training",
    "use": "exact",
    "source": "a test",
    "provenance": "made up",
    "inputs": {"energy_mwh": 10, "ci_g_per_kwh": 400},
    "expected": {"value": 4, "unit": "tCO2e", "tolerance_pct": 1},
}


def test_validate__without_a_file__judges_the_packaged_runs_and_exits_0() -> None:
    result = RUNNER.invoke(app, ["validate", "--json"])
    answer = json.loads(result.stdout)

    assert result.exit_code == 0
    assert [row["id"] for row in answer["rows"]] == [run.id for run in published_runs()]
    assert answer["factor_set"] == "gal-factors-2026-2"
    assert answer["counts"]["exact"]["miss"] == 0


def test_validate__for_people__shows_the_table_the_counts_and_why_a_run_is_flagged() -> None:
    result = RUNNER.invoke(app, ["validate"], env=WIDE)

    assert result.exit_code == 0
    for text in ("Published runs", "palm540b-carbon", "271.43 tCO2e", "Counts", "olmo2-13b: 230 MWh"):
        assert text in result.stdout


def test_validate__only_one_use__judges_no_other() -> None:
    result = RUNNER.invoke(app, ["validate", "--only", "flagged", "--json"])

    assert {row["use"] for row in json.loads(result.stdout)["rows"]} == {"flagged"}


@pytest.mark.parametrize(
    ("change", "verdict", "code"),
    [
        ({}, "pass", 0),
        ({"expected": {"value": 5, "unit": "tCO2e", "tolerance_pct": 1}}, "miss", 1),
        ({"inputs": {"energy_mwh": 10, "xyz": 1}}, "not understood: inputs.xyz", 1),
        ({"use": "flagged", "inputs": {"xyz": 1}}, "flagged", 0),
    ],
)
def test_validate__of_a_file__exits_1_if_a_run_misses(
    write: Callable[[object], str], change: dict[str, Any], verdict: str, code: int
) -> None:
    result = RUNNER.invoke(app, ["validate", write([RUN | change]), "--json"])

    assert result.exit_code == code
    assert json.loads(result.stdout)["rows"][0]["verdict"] == verdict


def test_validate__from_standard_input__is_the_same() -> None:
    assert RUNNER.invoke(app, ["validate", "-"], input=json.dumps([RUN])).exit_code == 0


@pytest.mark.parametrize("document", [{}, [], [{"id": "x"}]])
def test_validate__of_a_file_that_holds_no_runs__exits_2(
    write: Callable[[object], str], document: object
) -> None:
    result = RUNNER.invoke(app, ["validate", write(document)])

    assert result.exit_code == 2
    assert "cannot read the runs" in result.stderr


def test_validate__of_no_file__or_an_unknown_use__exits_2() -> None:
    assert RUNNER.invoke(app, ["validate", "no-such-file.json"]).exit_code == 2
    assert RUNNER.invoke(app, ["validate", "--only", "maybe"]).exit_code == 2


def test_validate__only_a_use_that_the_file_does_not_have__exits_2(write: Callable[[object], str]) -> None:
    result = RUNNER.invoke(app, ["validate", write([RUN]), "--only", "band"])

    assert result.exit_code == 2
    assert "no run of use band" in result.stderr
