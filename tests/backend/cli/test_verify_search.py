"""`greenledger verify 0x...`: which ledger it asks, and how it finds the event there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_bundles import LEDGER, disclosed, id_of
from cli_node import RECORDED_IN, Node
from typer.testing import CliRunner, Result

from greenledger.cli.main import app
from greenledger.evidence.bundle import EvidenceBundle

Write = Callable[[object], str]
RUNNER = CliRunner()


def verify(target: str, node: Node, *options: str) -> Result:
    return RUNNER.invoke(app, ["verify", target, "--rpc", node.url, *options], env={"COLUMNS": "250"})


def different(result: Result) -> list[str]:
    return [check["field"] for check in json.loads(result.stdout)["checks"] if check["equal"] is False]


def test_verify_id__on_a_node_that_allows_few_blocks__halves_until_it_answers(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    node.record(bundle)
    node.blocks_per_step, node.most_blocks = 300, 40

    result = verify(id_of(bundle), node, "--ledger", LEDGER, "--workload", write(disclosed(bundle)))

    assert result.exit_code == 0
    asked = [params[0] for method, params in node.asked if method == "eth_getLogs"]
    widths = [int(wanted["toBlock"], 16) - int(wanted["fromBlock"], 16) + 1 for wanted in asked]
    assert widths[:4] == [300, 150, 75, 38]


def test_verify_id__on_a_node_that_refuses_every_search__could_not_check(
    node: Node, bundle: EvidenceBundle
) -> None:
    node.record(bundle)
    node.most_blocks = 0

    result = verify(id_of(bundle), node, "--ledger", LEDGER)

    assert result.exit_code == 2
    assert "refused eth_getLogs" in result.stderr


def test_verify_id__on_a_node_without_old_events__could_not_check(node: Node, bundle: EvidenceBundle) -> None:
    node.record(bundle)
    node.events.clear()

    result = verify(id_of(bundle), node, "--ledger", LEDGER)

    assert result.exit_code == 2
    assert "a node that keeps old events" in result.stderr


@pytest.mark.parametrize("event", [{}, [], {"topics": ["0x"] * 4, "data": "0x00"}, {"topics": [1, 2, 3, 4]}])
def test_verify_id__of_an_event_of_another_shape__could_not_check(
    node: Node, bundle: EvidenceBundle, event: Any
) -> None:
    node.record(bundle)
    node.events[id_of(bundle)] = event

    assert verify(id_of(bundle), node, "--ledger", LEDGER).exit_code == 2


def deployment_file(folder: Path, **changes: Any) -> Path:
    contracts = {name: {"address": LEDGER} for name in ("OracleCouncil", "FootprintLedger", "RetiredCredits")}
    content = {"chain_id": 31337, "block": 80_000, "contracts": contracts, "methodology": "0x" + "00" * 32}
    folder.mkdir(exist_ok=True)
    file = folder / "31337.json"
    file.write_text(json.dumps(content | changes))
    return file


def test_verify_id__with_a_deployment_file__searches_from_its_block_on(
    node: Node, bundle: EvidenceBundle, write: Write, tmp_path: Path
) -> None:
    node.record(bundle)
    file = deployment_file(tmp_path)

    result = verify(id_of(bundle), node, "--deployment", str(file), "--workload", write(disclosed(bundle)))

    assert result.exit_code == 0
    assert f"from {file}" in result.stdout
    blocks = [int(params[0], 16) for method, params in node.asked if method == "eth_getBlockByNumber"]
    assert min(blocks) >= 80_000
    assert len(blocks) < 40


def test_verify_id__in_a_directory_with_deployments__takes_the_one_of_the_chain(
    node: Node, bundle: EvidenceBundle, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node.record(bundle)
    deployment_file(tmp_path / "deployments")
    monkeypatch.chdir(tmp_path)

    result = verify(id_of(bundle), node, "--workload", write(disclosed(bundle)))

    assert result.exit_code == 0
    assert "from deployments/31337.json" in result.stdout


def test_verify_id__with_no_word_of_the_ledger__could_not_check(
    node: Node, bundle: EvidenceBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    result = verify(id_of(bundle), node)

    assert result.exit_code == 2
    assert "expected --ledger ADDRESS, --deployment FILE or `greenledger login`" in result.stderr


def test_verify_id__with_a_deployment_of_another_chain__could_not_check(
    node: Node, bundle: EvidenceBundle, tmp_path: Path
) -> None:
    file = deployment_file(tmp_path, chain_id=1)

    result = verify(id_of(bundle), node, "--deployment", str(file))

    assert result.exit_code == 2
    assert "the node is on chain 31337, expected 1" in result.stderr


def test_verify_id__recorded_before_the_deployment__could_not_check(
    node: Node, bundle: EvidenceBundle, tmp_path: Path
) -> None:
    node.record(bundle)
    file = deployment_file(tmp_path, block=RECORDED_IN + 1)

    assert verify(id_of(bundle), node, "--deployment", str(file)).exit_code == 2


def test_verify_bundle__at_another_ledger_than_the_trusted_one__is_not_equal(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    node.record(bundle)

    result = verify(write(bundle.as_json()), node, "--ledger", "0x" + "12" * 20, "--json")

    assert result.exit_code == 1
    assert different(result) == ["ledger (--ledger)"]


@pytest.mark.parametrize(
    "options", [("--ledger", "0x12"), ("--ledger", LEDGER, "--deployment", "x"), ("--deployment", "x")]
)
def test_verify__with_options_that_name_no_ledger__could_not_check(
    node: Node, bundle: EvidenceBundle, options: tuple[str, ...]
) -> None:
    result = verify(id_of(bundle), node, *options)

    assert result.exit_code == 2
    assert "--ledger" in result.stderr or "x: " in result.stderr


def test_verify_bundle__with_a_workload_beside_it__is_refused(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    result = verify(write(bundle.as_json()), node, "--workload", "-")

    assert result.exit_code == 2
    assert "expected with an id only" in result.stderr
