"""`greenledger catalogue`, and what all commands share."""

from __future__ import annotations

import json
from importlib import resources

import pytest
from typer.testing import CliRunner

from greenledger.cli.main import app

RUNNER = CliRunner()


def test_catalogue__as_json__has_every_section() -> None:
    result = RUNNER.invoke(app, ["catalogue", "--json"])

    assert result.exit_code == 0
    sections = {"hardware", "countries", "states", "regions", "models", "sources"}
    assert set(json.loads(result.stdout)) == sections


def test_catalogue__of_a_section_with_a_search__lists_only_matches() -> None:
    result = RUNNER.invoke(app, ["catalogue", "hardware", "--search", "H100", "--json"])

    names = [entry["id"] for entry in json.loads(result.stdout)["hardware"]]
    assert {"h100-nvl-94gb", "h100-pcie-80gb", "h100-sxm-80gb"} <= set(names)
    assert all("h100" in name for name in names)


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


@pytest.mark.parametrize("command", ["estimate", "verify", "catalogue", "schema"])
def test_help__of_each_command__names_its_exit_codes(command: str) -> None:
    assert "Exit codes: 0" in RUNNER.invoke(app, [command, "--help"]).stdout


def test_schema__printed__is_the_published_file() -> None:
    published = resources.files("greenledger.footprint").joinpath("data", "workload.schema.json")

    result = RUNNER.invoke(app, ["schema"])
    assert RUNNER.invoke(app, ["schema", "--json"]).stdout == result.stdout

    assert result.exit_code == 0
    assert result.stdout == published.read_text(encoding="utf-8")


def test_completion__of_a_shell__is_offered() -> None:
    assert "--install-completion" in RUNNER.invoke(app, ["--help"]).stdout
