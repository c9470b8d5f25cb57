"""Which source counts as exact: the deployed one alone, not one with other comments, nor with other rules."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from deployed import ROOT, Deployed
from verified_ledger import judged, ledger_candidate, ledger_entry

from scripts.deployment import sourcify
from scripts.deployment.artifacts import Artifact, compile_contract
from scripts.deployment.comparison import DIFFERS, EQUAL, NOT_CHECKED
from scripts.deployment.sourcify import Judgement, judge
from scripts.deployment.verified import sourcify_check

LEDGER = "FootprintLedger"


@pytest.fixture(scope="module")
def entry(deployed: Deployed) -> dict[str, Any]:
    return ledger_entry(deployed)


@pytest.fixture(scope="module")
def artifact() -> Artifact:
    return compile_contract(LEDGER)


def changed(folder: Path, module: str, before: str, after: str) -> Artifact:
    """The ledger compiled from a copy of the source in which one place differs."""
    shutil.copytree(ROOT / "contracts", folder / "contracts", ignore=shutil.ignore_patterns("npm"))
    path = folder / "contracts" / "modules" / module
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))
    return compile_contract(LEDGER, folder)


def reasons(judgement: Judgement) -> list[str]:
    return [step["reason"] for step in judgement.creation["list"]]


def test_judge__source_that_was_deployed__is_exact(
    deployed: Deployed, entry: dict[str, Any], artifact: Artifact
) -> None:
    found = judged(deployed, entry, artifact)
    assert found.is_exact
    assert (found.creation_match, found.runtime_match) == ("partial", "partial")
    assert reasons(found) == ["constructorArguments"]
    assert sourcify_check(found, is_creation_known=True).result == EQUAL


def test_judge__comment_changed_in_a_module__matches_for_sourcify_and_is_not_exact(
    deployed: Deployed, entry: dict[str, Any], tmp_path: Path
) -> None:
    found = judged(deployed, entry, changed(tmp_path, "footprint_hash.vy", "@title", "@title Not"))
    assert (found.creation_match, found.runtime_match) == ("partial", "partial")
    assert "cborAuxdata" in reasons(found)
    assert not found.is_exact
    assert sourcify_check(found, is_creation_known=True).result == DIFFERS


def test_judge__rule_changed_in_a_module__does_not_match(
    deployed: Deployed, entry: dict[str, Any], tmp_path: Path
) -> None:
    found = judged(deployed, entry, changed(tmp_path, "footprint_checks.vy", "ledger: ", "ledger: not "))
    assert (found.creation_match, found.runtime_match) == (None, None)
    assert not found.is_exact


def test_judge__transaction_that_the_node_has_forgotten__is_not_exact_and_not_a_difference(
    deployed: Deployed, entry: dict[str, Any], artifact: Artifact
) -> None:
    [found] = judge([replace(ledger_candidate(deployed, entry, artifact), creation=None)])
    assert (found.is_exact, found.runtime_match) == (False, "partial")
    assert sourcify_check(found, is_creation_known=False).result == NOT_CHECKED


def test_judge__several_contracts__are_judged_in_their_order(
    deployed: Deployed, entry: dict[str, Any], artifact: Artifact
) -> None:
    right = ledger_candidate(deployed, entry, artifact)
    empty = replace(right, runtime=b"")
    verdicts = judge([empty, right, empty])
    assert [verdict.is_exact for verdict in verdicts] == [False, True, False]
    assert verdicts[0].detail == "Sourcify's library ends with contract_not_deployed"


def test_judge__library_that_is_not_installed__says_what_to_do(
    deployed: Deployed,
    entry: dict[str, Any],
    artifact: Artifact,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(sourcify, "LIBRARY", tmp_path / "none")
    with pytest.raises(click.ClickException, match="run make setup"):
        judged(deployed, entry, artifact)
