"""The short rehearsal: workers are killed twenty times while orders are paid; nothing is lost or doubled."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.chaos.killing import BOUNDARIES
from scripts.chaos.node import HOOK, Killer, killer
from scripts.dev.state_folder import ROOT

KILLS = 20
LIMIT_S = 600  # far above what it takes: a rehearsal ends by itself


@pytest.mark.parametrize(("database", "workers"), [("sqlite", 1), ("postgresql", 2)])
def test_rehearsal__workers_killed_twenty_times__every_order_ends_exactly_once(
    database: str, workers: int, tmp_path: Path
) -> None:
    output = tmp_path / "chaos.json"
    command = [sys.executable, "-m", "scripts.chaos", "--kills", str(KILLS), "--database", database]
    run = subprocess.run(
        [*command, "--quiet", "2", "--output", str(output)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert output.exists(), run.stdout + run.stderr
    written = json.loads(output.read_text())
    (found,), quiet = written["runs"], written["quiet"]
    assert quiet["orders"] == 2 and quiet["seconds_from_payment_to_certificate"]["minimum"] > 0
    assert found["wrong"] == [], found
    assert (found["database"], found["workers"]) == (database, workers)
    assert found["kills"] >= KILLS
    assert (found["duplicates"], found["lost"]) == (0, 0)
    assert found["orders"] == found["minted"] + found["refunded"] and found["minted"] > 0
    assert run.returncode == 0


@pytest.mark.parametrize("environment", [{}, {HOOK: ""}, {HOOK: "place:noted#1"}])
def test_killer__other_place_or_none__lets_the_process_live(environment: dict[str, Any]) -> None:
    boundary = killer(environment)
    for name in BOUNDARIES:
        if name != "place:noted":
            boundary(name)
    boundary("place:noted")  # the first time, where it is asked to live through one


def test_killer__read_from_the_environment__knows_place_and_how_often_to_live() -> None:
    assert killer({HOOK: "place:bought#2"}) == Killer("place:bought", 2)
