"""The main job by script, and a restart that finds everything again."""

import json
from pathlib import Path

import httpx
import pytest

from scripts.dev.demo import RETIRED_UG, Outcome, run_job, write
from scripts.dev.journey import Traveller
from scripts.dev.processes import StackError
from scripts.dev.stack import Ports, Stack, development_key

ACCOUNT = 2


@pytest.fixture(scope="module")
def outcome(stack: Stack) -> Outcome:
    return run_job(stack.origin, stack.rpc_url, development_key(ACCOUNT))


def test_job__bloom_recorded_and_partly_covered__recomputes_to_the_same_integers(outcome: Outcome) -> None:
    assert outcome.attested == outcome.recomputed
    assert outcome.attested["id"] == outcome.attestation


def test_job__ten_tonnes_allocated__coverage_is_their_share_of_the_high_bound(outcome: Outcome) -> None:
    assert outcome.coverage_bps == RETIRED_UG * 10_000 // int(outcome.attested["high_ug"])


def test_job__record_mint_and_allocate__each_has_a_transaction_and_its_gas(outcome: Outcome) -> None:
    sent = {step.name: step for step in outcome.steps if step.transaction}
    assert set(sent) == {"Record", "Approve", "Pay", "Mint", "Allocate"}
    assert all(step.gas and step.gas > 21_000 for step in sent.values())


def test_job__written_to_a_file__says_that_both_sides_are_equal(outcome: Outcome, tmp_path: Path) -> None:
    write(outcome, tmp_path / "demo.json")
    written = json.loads((tmp_path / "demo.json").read_text())
    assert written["equal"] is True
    assert written["attested"]["central_ug"] == outcome.attested["central_ug"]


def test_restart__same_state_folder__finds_records_certificates_and_database_again(
    stack: Stack, outcome: Outcome
) -> None:
    deployed = stack.deployment.read_text()
    stack.stop()
    stack.start()
    assert stack.deployment.read_text() == deployed

    with Traveller(stack.origin, stack.rpc_url, development_key(ACCOUNT)) as person:
        person.sign_in()
        reports = person.get("/v1/reports")["items"]
        orders = person.get("/v1/orders")["items"]
        assert outcome.attestation in [report["id"] for report in reports]
        minted = [order for order in orders if order["certificate"] == outcome.certificate]
        assert len(minted) == 1
        # The list may be older than the chain; a single order is read from it.
        assert person.wait_for_order(minted[0]["id"], "allocated")["certificate"] == outcome.certificate


def test_restart__secrets__are_readable_by_the_owner_alone(stack: Stack) -> None:
    assert (stack.state / "secrets.json").stat().st_mode & 0o077 == 0


def test_start__on_a_state_folder_in_use__is_refused(stack: Stack) -> None:
    with pytest.raises(StackError, match="already runs"):
        Stack(stack.state, Ports.free(), lambda _line: None).start()
    assert (stack.state / "running.json").exists()


def test_config__read_before_anything_else__names_the_chain_and_the_contracts(stack: Stack) -> None:
    config = httpx.get(f"{stack.origin}/config.json", trust_env=False).json()
    deployment = json.loads(stack.deployment.read_text())
    assert config["chain_id"] == deployment["chain_id"]
    assert config["contracts"]["ledger"] == deployment["contracts"]["FootprintLedger"]["address"]
