"""`greenledger verify 0x...` against the project's own contracts on a real chain."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from cli_bundles import disclosed, id_of, make_bundle
from deployed import Deployed
from nodes import new_person
from typer.testing import CliRunner

from greenledger.chain.calldata import encode_record
from greenledger.cli.main import app
from greenledger.council.signer import CouncilSigner
from greenledger.evidence.bundle import EvidenceBundle
from greenledger.footprint.factors import load_factor_set

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def recorded(deployed: Deployed) -> EvidenceBundle:
    """A report of two workloads that the council signed and its account recorded."""
    person = new_person()
    deployed.chain.fund(person.address)
    bundle = make_bundle(
        2,
        load_factor_set(),
        ledger=deployed.deployment.ledger,
        account=person.address,
        valid_until=int(time.time()) + 86_400,
    )
    signers = sorted(map(CouncilSigner, deployed.council_keys[:2]), key=lambda s: int(s.address, 16))
    calldata = encode_record(bundle.report, [signer.sign(bundle.id) for signer in signers])
    deployed.chain.send(person, deployed.deployment.ledger, f"0x{calldata.hex()}")
    return bundle


def test_verify_id__of_a_recorded_attestation__is_equal_in_every_field(
    deployed: Deployed, recorded: EvidenceBundle, tmp_path: Path
) -> None:
    workloads = tmp_path / "workloads.json"
    workloads.write_text(json.dumps(disclosed(recorded)))
    command = ["verify", id_of(recorded), "--rpc", deployed.chain.rpc_url, "--deployment", str(deployed.file)]

    result = RUNNER.invoke(app, [*command, "--workload", str(workloads), "--json"])

    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["equal"] is True
    assert found["report"] == recorded.as_json()["report"]
    assert found["workloads_recomputed"] == 2


def test_verify_id__of_an_id_that_nobody_recorded__is_not_equal(deployed: Deployed) -> None:
    command = ["verify", "0x" + "77" * 32, "--rpc", deployed.chain.rpc_url]

    result = RUNNER.invoke(app, [*command, "--ledger", deployed.deployment.ledger])

    assert result.exit_code == 1
    assert "Not equal: recorded" in result.stdout


def test_verify_id__at_a_contract_that_is_no_ledger__could_not_check(deployed: Deployed) -> None:
    command = ["verify", "0x" + "77" * 32, "--rpc", deployed.chain.rpc_url]

    result = RUNNER.invoke(app, [*command, "--ledger", deployed.deployment.council])

    assert result.exit_code == 2
    assert "could not check" in result.stderr
