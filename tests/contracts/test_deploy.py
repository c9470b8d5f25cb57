"""`scripts/deploy.py`: contracts that know each other, a file that says where; a second run adds nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest
from conftest import compile_mock
from deployments import (
    METHODOLOGY,
    POLICY,
    REGISTRY,
    addresses,
    configure,
    contract_at,
    deploy,
    proxy,
    running_node,
    undone,
)
from reports import TONNE_UG
from signing import make_keys

environment: Any = import_module("scripts.deployment.settings")

DEVELOPMENT_ACCOUNT = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"  # the first of the mnemonic
OWNED = ("OracleCouncil", "FootprintLedger", "RetiredCredits", "RetirementDesk")


@pytest.fixture(scope="module")
def node() -> Iterator[Any]:
    """A chain that has the deployment proxy from the start, as most have."""
    with running_node() as provider:
        yield provider


@pytest.fixture
def file(node: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the script is told to write, with all settings it needs."""
    with undone(node):
        yield configure(monkeypatch, tmp_path)


def test_deploy__on_a_fresh_chain__connects_the_contracts(file: Path, node: Any) -> None:
    deploy.main()
    council, ledger, credits = (
        contract_at(file, "OracleCouncil"),
        contract_at(file, "FootprintLedger"),
        contract_at(file, "RetiredCredits"),
    )
    assert (ledger.credits(), credits.corrections()) == (credits, contract_at(file, "CertificateCorrections"))
    assert [credits.COUNCIL(), credits.LEDGER()] == [council, ledger]
    assert [credits.ART(), ledger.COUNCIL()] == [contract_at(file, "CertificateArt"), council]
    assert contract_at(file, "FootprintModel").ARITHMETIC() == contract_at(file, "FootprintArithmetic")
    assert tuple(council.council()) == (1, 2, 3)
    members = {member.signer: (member.name, member.url) for member in council.members()}
    third, second, first = (key.address for key in make_keys(3))
    assert members == {
        first: ("Ann", "http://a.example"),
        second: ("Ben", "http://b.example"),
        third: ("Council 3", "http://c.example"),
    }
    assert ledger.is_methodology_approved(METHODOLOGY)
    registry = credits.registry(REGISTRY)
    assert (registry.enabled, registry.unit_ug) == (True, TONNE_UG)
    assert bytes(registry.policy).hex() == POLICY[2:]
    content = json.loads(file.read_text())
    assert (content["chain_id"], content["methodology"]) == (node.chain_id, METHODOLOGY)
    assert content["block"] == content["contracts"]["OracleCouncil"]["block"]


def test_deploy__contract_wallet_among_the_signers__is_a_member_that_endorses(
    file: Path, accounts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    wallet = accounts[0].deploy(compile_mock("contract_wallet"), b"signed")
    key = make_keys(1)[0].address
    monkeypatch.setenv("GREENLEDGER_COUNCIL_SIGNERS", f"{wallet.address},{key}")
    monkeypatch.setenv("GREENLEDGER_COUNCIL_CONTRACTS", wallet.address)
    monkeypatch.setenv("GREENLEDGER_COUNCIL_URLS", "")
    deploy.main()
    members = {member.signer: member.is_contract for member in contract_at(file, "OracleCouncil").members()}
    assert members == {wallet.address: True, key: False}


def test_deploy__every_address__follows_from_salt_code_and_arguments(file: Path) -> None:
    deploy.main()
    content = json.loads(file.read_text())
    for name, entry in content["contracts"].items():
        artifact = deploy._compiled(name)
        code = artifact.creation_code + artifact.encode_arguments(entry["constructor_args"])
        assert entry["address"] == proxy.predict(bytes.fromhex(content["salt"][2:]), code)


def test_deploy__by_another_account_for_the_same_owner__gives_the_same_addresses(
    file: Path, node: Any, accounts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENLEDGER_OWNER", accounts[0].address)
    with undone(node):
        deploy.main()
        first = addresses(file)
    file.unlink()
    monkeypatch.setattr(deploy, "DEVELOPMENT_DEPLOYER", 3)
    deploy.main()
    assert addresses(file) == first


@pytest.mark.parametrize("name", OWNED)
def test_deploy__through_the_proxy__leaves_it_no_ownership(
    file: Path, accounts: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("GREENLEDGER_OWNER", accounts[0].address)
    deploy.main()
    contract = contract_at(file, name)
    assert contract.owner() == accounts[0]
    assert int(contract.pending_owner(), 16) == 0


def test_deploy__a_second_time__sends_nothing(file: Path, node: Any) -> None:
    deploy.main()
    content, height = file.read_text(), node.web3.eth.block_number
    deploy.main()
    assert (file.read_text(), node.web3.eth.block_number) == (content, height)


def test_deploy__with_the_file_lost__finds_everything_again_and_sends_nothing(file: Path, node: Any) -> None:
    deploy.main()
    content, height = file.read_text(), node.web3.eth.block_number
    file.unlink()
    deploy.main()
    assert (file.read_text(), node.web3.eth.block_number) == (content, height)


def test_deploy__a_second_time_with_another_threshold__refuses(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy.main()
    monkeypatch.setenv("GREENLEDGER_COUNCIL_THRESHOLD", "3")
    with pytest.raises(click.ClickException, match=r"OracleCouncil at 0x.* has other constructor arguments"):
        deploy.main()


def test_deploy__a_second_time_from_other_source__refuses(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy.main()
    artifact = deploy._compiled("OracleCouncil")
    other = replace(artifact, creation_code=artifact.with_integrity(b"\x01" * 32))
    monkeypatch.setattr(deploy, "_compiled", lambda name: other)
    with pytest.raises(click.ClickException, match=r"OracleCouncil at 0x.* has other source: check out"):
        deploy.main()


def test_deploy__by_someone_who_is_not_the_owner__prints_each_call_left(
    file: Path, accounts: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("GREENLEDGER_OWNER", accounts[0].address)
    deploy.main()
    ledger, credits = contract_at(file, "FootprintLedger"), contract_at(file, "RetiredCredits")
    assert not ledger.is_methodology_approved(METHODOLOGY)
    printed = capsys.readouterr().out
    assert f"FootprintLedger.set_credits({credits.address})\n  to   {ledger.address}\n  data 0x" in printed
    # The owner sends what was printed, word for word.
    lines = [line.split() for line in printed.splitlines() if line.startswith("  ")]
    for (_, to), (_, data) in zip(lines[::2], lines[1::2], strict=True):
        accounts[0].transfer(to, 0, data=bytes.fromhex(data[2:]))
    assert ledger.is_methodology_approved(METHODOLOGY)
    deploy.main()
    assert "Left to the owner" not in capsys.readouterr().out


def test_deploy__creation_that_the_contract_refuses__tells_its_reason(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GREENLEDGER_COUNCIL_THRESHOLD", "4")
    with pytest.raises(click.ClickException, match="council: threshold is above the number of members"):
        deploy.main()


def test_deploy__file_of_another_chain__refuses(file: Path) -> None:
    file.write_text(json.dumps({"chain_id": 1, "contracts": {}}))
    with pytest.raises(click.ClickException, match="belongs to chain 1"):
        deploy.main()


@pytest.mark.parametrize("name", ["COUNCIL_SIGNERS", "COUNCIL_THRESHOLD", "METHODOLOGY"])
def test_deploy__setting_missing__is_named(file: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(f"GREENLEDGER_{name}")
    with pytest.raises(click.ClickException, match=f"GREENLEDGER_{name} is not set"):
        deploy.main()


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("COUNCIL_CONTRACTS", "0x" + "12" * 20, "is not among the signers"),
        ("COUNCIL_NAMES", "a,b,c,d", "4 entries for 3 signers"),
        ("COUNCIL_THRESHOLD", "two", "two is not a number"),
        ("METHODOLOGY", "0x12", "expected 0x and 64 hex digits"),
        ("OWNER", "0x12", "0x12 is not an address"),
        ("ADAPTERS", "toucan,moss", "expected toucan, request, klima, not moss"),
        ("ADAPTERS", "klima", "AGGREGATOR is not set"),
        ("ADAPTERS", "request", "ESCROW is not set"),
        (
            "REGISTRIES",
            '[{"key": "icr", "unit_ug": "1", "policy": "0xcd"}]',
            "policy: expected 0x and 64 hex",
        ),
    ],
)
def test_deploy__setting_wrong__is_named(
    file: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    monkeypatch.setenv(f"GREENLEDGER_{name}", value)
    with pytest.raises(click.ClickException, match=f"GREENLEDGER_.*{reason}"):
        deploy.main()


@pytest.mark.parametrize("name", ["COUNCIL_SIGNERS", "GUARDIAN", "OWNER"])
def test_deploy__development_account_on_a_chain_of_value__refuses(
    file: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(f"GREENLEDGER_{name}", DEVELOPMENT_ACCOUNT)
    monkeypatch.delenv("GREENLEDGER_COUNCIL_NAMES")
    monkeypatch.delenv("GREENLEDGER_COUNCIL_URLS")
    monkeypatch.setattr(environment, "LOCAL_CHAINS", ())
    monkeypatch.setattr(deploy, "_deployer", lambda chain_id: make_keys(1)[0])
    with pytest.raises(click.ClickException, match="development accounts are for local chains only"):
        deploy.main()
    assert not file.exists()
