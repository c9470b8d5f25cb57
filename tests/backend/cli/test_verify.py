"""`greenledger verify`: equal, not equal, or could not check."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from cli_node import Node
from typer.testing import CliRunner, Result

from greenledger.cli.main import app
from greenledger.evidence.bundle import EvidenceBundle, bundle_from_json

Write = Callable[[object], str]
RUNNER = CliRunner()


def verify(file: str, url: str, *options: str) -> Result:
    return RUNNER.invoke(app, ["verify", file, "--rpc", url, *options], env={"COLUMNS": "250"})


def rehashed(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the id that its report has: what a careful forger would publish."""
    return {**document, "id": "0x" + bundle_from_json(document).digest().hex()}


def test_verify__of_an_honest_bundle__is_equal_in_every_field(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    node.record(bundle)

    result = verify(write(bundle.as_json()), node.url, "--json")

    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["equal"] is True
    assert found["coverage_bps"] == "2500"
    assert found["attestation"]["covered_ug"] == "5"
    fields = {check["field"] for check in found["checks"] if check["recomputed"] and check["field"] != "id"}
    assert {f"footprint.{name}" for name in ("root", "count", "tier", "low_ug", "water_ul")} <= fields
    assert len(fields) == 13


def test_verify__for_people__shows_stated_and_found_and_the_verdict(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    node.record(bundle)

    result = verify(write(bundle.as_json()), node.url)

    assert result.exit_code == 0
    assert "Equal in every field" in result.stdout
    assert "Coverage: 25.00 %" in result.stdout
    assert str(bundle.report.footprint.central_ug) in result.stdout


@pytest.mark.parametrize("name", ["low_ug", "energy_uwh", "tier", "count", "period_end"])
def test_verify__of_a_report_with_a_field_changed__is_not_equal(
    node: Node, bundle: EvidenceBundle, write: Write, name: str
) -> None:
    document = bundle.as_json()
    document["report"]["footprint"][name] = str(int(document["report"]["footprint"][name]) - 1)  # type: ignore[index]

    # With the old id the digest gives it away; recorded under its own id, the model does.
    node.record(bundle)
    by_digest = json.loads(verify(write(document), node.url, "--json").stdout)
    forged = rehashed(document)
    node.record(bundle_from_json(forged))
    by_model = verify(write(forged), node.url, "--json")

    assert "id" in [check["field"] for check in by_digest["checks"] if check["equal"] is False]
    assert by_model.exit_code == 1
    different = [check["field"] for check in json.loads(by_model.stdout)["checks"] if check["equal"] is False]
    assert different == [f"footprint.{name}"]


def test_verify__of_a_workload_changed__is_not_equal(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    node.record(bundle)
    document: dict[str, Any] = bundle.as_json()
    phases = [{"hardware": "h100-sxm-80gb", "device_seconds": "691199"}]
    document["workloads"][0]["workload"] = {**document["workloads"][0]["workload"], "phases": phases}

    result = verify(write(document), node.url)

    assert result.exit_code == 1
    assert "Not equal: footprint.root" in result.stdout


def test_verify__of_a_bundle_never_recorded__is_not_equal(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    result = verify(write(bundle.as_json()), node.url, "--json")

    assert result.exit_code == 1
    different = [check["field"] for check in json.loads(result.stdout)["checks"] if check["equal"] is False]
    assert different == ["recorded"]


def test_verify__of_other_amounts_on_chain__is_not_equal(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    node.record(bundle)
    node.attestations[bundle.id.hex()][1] = 1

    result = verify(write(bundle.as_json()), node.url)

    assert result.exit_code == 1
    assert "Not equal: footprint.central_ug" in result.stdout


def test_verify__of_a_superseded_attestation__says_so(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    node.record(bundle)
    node.attestations[bundle.id.hex()][6] = True

    result = verify(write(bundle.as_json()), node.url)

    assert result.exit_code == 0
    assert "superseded" in result.stdout


def test_verify__under_a_methodology_of_another_version__could_not_check(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    document: dict[str, Any] = bundle.as_json()
    document["report"]["footprint"]["methodology"] = "0x" + "ab" * 32
    document = rehashed(document)
    node.record(bundle_from_json(document))

    result = verify(write(document), node.url)

    assert result.exit_code == 2
    assert "report.footprint.methodology" in result.stderr


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"chain_id": 1}, "the node is on chain 1, expected 31337"),
        ({"code": "0x"}, "no contract at 0x5FbDB2315678afecb367f032d93F642f64180aa3"),
        ({"status": 503}, "HTTP 503"),
        ({"reply": b"<html>"}, "other than JSON-RPC"),
        ({"reply": b"[]"}, "other than JSON-RPC"),
        ({"reply": b'{"result": 5}'}, "other than hex"),
        ({"reply": b'{"result": "0xzz"}'}, "other than hex"),
        ({"reply": b'{"error": {"code": -32000}}'}, "refused eth_chainId"),
        ({"reply": b"1" * 1_100_000}, "more than 1048576 bytes"),
    ],
)
def test_verify__with_a_node_that_cannot_answer__could_not_check(
    node: Node, bundle: EvidenceBundle, write: Write, changed: dict[str, Any], problem: str
) -> None:
    for name, value in changed.items():
        setattr(node, name, value)

    result = verify(write(bundle.as_json()), node.url)

    assert result.exit_code == 2
    assert problem in result.stderr


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/secret-key", "ftp://secret-key", "http://[secret-key", "x"]
)
def test_verify__without_a_node__could_not_check_and_keeps_the_url_to_itself(
    bundle: EvidenceBundle, write: Write, url: str
) -> None:
    result = verify(write(bundle.as_json()), url)

    assert result.exit_code == 2
    assert "secret-key" not in result.output


def test_verify__of_an_unreadable_bundle__names_the_field(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    document = {**bundle.as_json(), "ledger": "0x12"}

    result = verify(write(document), node.url, "--json")

    assert result.exit_code == 2
    assert "ledger: not an address" in json.loads(result.stdout)["error"]


def test_verify__of_an_unreadable_workload__names_its_path(
    node: Node, bundle: EvidenceBundle, write: Write
) -> None:
    node.record(bundle)
    document: dict[str, Any] = bundle.as_json()
    document["workloads"][0]["workload"] = {"kind": "training"}

    result = verify(write(document), node.url, "--json")

    assert result.exit_code == 2
    assert "workloads[0].workload.start" in [error["field"] for error in json.loads(result.stdout)["errors"]]


def test_verify__without_rpc__is_wrong_usage(bundle: EvidenceBundle, write: Write) -> None:
    assert (
        RUNNER.invoke(app, ["verify", write(bundle.as_json())], env={"GREENLEDGER_RPC_URL": ""}).exit_code
        == 2
    )
