"""`scripts/verify.py` reads what the owner set: a link to anything but the file's contract differs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from deployments import ROOT, configure, contract_at, deploy, proxy, running_node, undone

script: Any = import_module("scripts.verify")
verification: Any = import_module("scripts.deployment.verification")
links: Any = import_module("scripts.deployment.links")

LINKED = ("FootprintLedger", "RetiredCredits", "CertificateCorrections")
FAKE = "0x" + "FA" * 20
NO_CODE = "0x" + "12" * 20


@pytest.fixture(scope="module")
def node() -> Iterator[Any]:
    with running_node() as provider:
        yield provider


@pytest.fixture
def file(node: Any, accounts: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A deployment whose owner is somebody else and has not set anything yet."""
    with undone(node):
        path = configure(monkeypatch, tmp_path)
        monkeypatch.setenv("GREENLEDGER_OWNER", accounts[0].address)
        monkeypatch.setenv("GREENLEDGER_ADAPTERS", "toucan")
        monkeypatch.setattr(deploy, "exact_contracts", lambda *_: [])
        deploy.main()
        yield path


def checks(node: Any, file: Path, name: str) -> list[tuple[str, str, str]]:
    entries = json.loads(file.read_text())["contracts"]
    return [(check.name, check.result, check.detail) for check in links.storage_checks(node, entries, name)]


def put_impostor(node: Any, contract: Any) -> None:
    """Code that answers every call with one address, which is all that the setters ask of what they link."""
    code = "0x73" + contract.address[2:] + "5f5260205ff3"
    node.web3.provider.make_request("anvil_setCode", [FAKE, code])


def test_links__not_set_yet__differ_and_say_so(node: Any, file: Path) -> None:
    assert checks(node, file, "FootprintLedger") == [("links", "differs", "credits not set")]
    assert checks(node, file, "RetiredCredits") == [("links", "differs", "corrections not set")]


def test_links__to_the_contracts_of_the_file__are_equal(node: Any, file: Path, accounts: Any) -> None:
    ledger, credits, corrections = (contract_at(file, name) for name in LINKED)
    ledger.set_credits(credits, sender=accounts[0])
    credits.set_corrections(corrections, sender=accounts[0])
    assert checks(node, file, "FootprintLedger") == [
        ("links", "equal", f"credits is RetiredCredits at {credits.address}")
    ]
    assert checks(node, file, "RetiredCredits") == [
        ("links", "equal", f"corrections is CertificateCorrections at {corrections.address}")
    ]
    assert checks(node, file, "CertificateCorrections") == []


def test_links__to_a_contract_that_the_file_does_not_have__differ(
    node: Any, file: Path, accounts: Any
) -> None:
    _, credits, corrections = (contract_at(file, name) for name in LINKED)
    put_impostor(node, credits)
    credits.set_corrections(FAKE, sender=accounts[0])
    ((_, result, detail),) = checks(node, file, "RetiredCredits")
    there = f"the file has CertificateCorrections at {corrections.address}"
    assert (result, detail.lower()) == ("differs", f"corrections is {FAKE}, {there}".lower())
    record = json.loads(file.read_text())
    del record["contracts"]["CertificateCorrections"]
    file.write_text(json.dumps(record))
    ((_, result, detail),) = checks(node, file, "RetiredCredits")
    assert (result, detail[-38:]) == ("differs", "the file has no CertificateCorrections")


@pytest.mark.parametrize("address", [NO_CODE, proxy.ADDRESS], ids=["no code", "refuses"])
def test_links__contract_that_does_not_answer__differ(node: Any, file: Path, address: str) -> None:
    record = json.loads(file.read_text())
    record["contracts"]["FootprintLedger"]["address"] = address
    record["contracts"]["RetiredCredits"]["address"] = address
    file.write_text(json.dumps(record))
    assert checks(node, file, "FootprintLedger") == [("links", "differs", "credits() does not answer")]
    assert checks(node, file, "ToucanAdapter") == [
        ("approved", "not checked", "RetiredCredits does not say whether it is approved")
    ]


def test_verify__adapter__is_told_to_be_approved_or_not(node: Any, file: Path, accounts: Any) -> None:
    credits, adapter = contract_at(file, "RetiredCredits"), contract_at(file, "ToucanAdapter")
    assert checks(node, file, "ToucanAdapter") == [("approved", "told", "not approved at RetiredCredits")]
    credits.set_adapter(adapter, True, sender=accounts[0])
    assert checks(node, file, "ToucanAdapter") == [("approved", "told", "approved at RetiredCredits")]


def test_verify__as_a_command_after_a_hostile_owner__ends_with_1_and_names_the_link(
    node: Any,
    file: Path,
    accounts: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    record = json.loads(file.read_text())
    record["contracts"] = {name: record["contracts"][name] for name in LINKED}
    file.write_text(json.dumps(record))
    file.with_name("deployment.verified.json").unlink()
    ledger, credits, corrections = (contract_at(file, name) for name in LINKED)
    put_impostor(node, ledger)
    ledger.set_credits(FAKE, sender=accounts[0])
    credits.set_corrections(corrections, sender=accounts[0])
    monkeypatch.setattr(verification, "compile_contract", lambda name, source: deploy._compiled(name))
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        script.cli.callback(file, ROOT, tmp_path, False)
    assert ended.value.code == 1
    printed = capsys.readouterr().out
    assert f"FootprintLedger at {ledger.address}: DIFFERENT" in printed
    assert f"RetiredCredits at {credits.address}: equal" in printed
    assert f"! links: credits is {FAKE}".lower() in printed.lower()
    assert not file.with_name("deployment.verified.json").exists()
