"""`greenledger batch`: a period closed into one report, recorded, and each workload proven."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from command_people import Person
from deployed import Deployed
from typer.testing import CliRunner

from greenledger.cli.main import app

HEADER = "kind,start,end,requests,name"
PERIOD = ("--from", "2023-11-14T00:00:00Z", "--before", "2023-11-16T00:00:00Z")


@pytest.fixture
def stated(member: Person, write: Callable[[str, object], str]) -> list[str]:
    """Ids of three workloads of one afternoon."""
    rows = [f"inference,1700000000,170000360{index},10,row {index}" for index in range(3)]
    ids: list[str] = member.json("submit", write("work.csv", "\n".join([HEADER, *rows])))["workloads"]
    return ids


def test_batch__closed_recorded_and_proven__is_checked_without_the_gateway(
    member: Person, stated: list[str], deployed: Deployed, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = member.json("batch", "close", *PERIOD, "--dry-run")
    assert planned["dry_run"] and member.json("batch", "list") == []
    closed = member.json("batch", "close", *PERIOD, "--within", "120")
    assert (closed["state"], closed["workloads"]) == ("signed", 3)
    assert closed["report"]["signatures"] >= 2

    dry = member.json("batch", "record", closed["id"], "--dry-run")
    assert dry["planned"]["gas"] > 50_000 and dry["transaction"] is None
    done = member.json("batch", "record", closed["id"], "--yes")
    assert done["transaction"]["block"] > 0
    assert deployed.ledger.functions.is_recorded(done["report"]).call()
    assert member.json("batch", "record", closed["id"], "--yes")["already_recorded"]
    assert [one["id"] for one in member.json("batch", "list")] == [closed["id"]]
    assert member.json("batch", "status", closed["id"])["report"]["id"] == done["report"]

    file = home / "proof.json"
    member.run("batch", "proof", stated[1], "--output", str(file))
    assert json.loads(file.read_text()) == member.json("batch", "proof", stated[1])
    words = ["verify", done["report"], "--workload", str(file), "--rpc", deployed.chain.rpc_url]
    result = CliRunner().invoke(app, [*words, "--deployment", str(deployed.file)])
    assert result.exit_code == 0, result.output
    monkeypatch.chdir(home)  # no checkout: no deployment file is here
    found = member.json(*words)
    assert found["equal"] and found["ledger"]["source"] == "the login"
    member.run("logout", "--local")
    assert "which ledger?" in member.json(*words, code=2)["error"]


def test_batch__unknown_or_of_an_empty_period__says_so(member: Person) -> None:
    assert member.run("batch", "status", "0" * 32, code=2).output
    assert member.json("batch", "proof", "0" * 32, code=2)["problem"]
    empty = member.run("batch", "close", *PERIOD, "--within", "120", code=2)
    assert "is empty" in empty.output
    assert "expected" in member.run("batch", "close", "--from", "lately", code=2).output
