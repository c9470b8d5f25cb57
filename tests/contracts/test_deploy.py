"""`scripts/deploy.py`: contracts that know each other, a file that says where; a second run adds nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
from reports import TONNE_UG
from signing import make_keys

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "deploy.py"
METHODOLOGY = "0x" + "ab" * 32
POLICY = "0x" + "cd" * 32
DEVELOPMENT_ACCOUNT = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"  # the first of the mnemonic


@pytest.fixture
def script(project: Any, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = spec_from_file_location("deploy", SCRIPT)
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    # The fixture `project` has compiled everything anew a moment ago.
    monkeypatch.setattr(module, "_compile_anew", lambda: None)
    return module


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the script is told to write, with all settings it needs. Signers are not in order."""
    signers = [key.address for key in reversed(make_keys(3))]
    registry = {"key": "icr", "unit_ug": str(TONNE_UG), "policy": POLICY}
    path = tmp_path / "deployment.json"
    for name, value in {
        "COUNCIL_SIGNERS": ",".join(signers),
        "COUNCIL_URLS": "http://a.example,http://b.example,http://c.example",
        "COUNCIL_THRESHOLD": "2",
        "METHODOLOGY": METHODOLOGY,
        "REGISTRIES": json.dumps([registry]),
        "DEPLOYMENT": str(path),
    }.items():
        monkeypatch.setenv(f"GREENLEDGER_{name}", value)
    return path


@pytest.fixture
def at(project: Any, file: Path) -> Callable[[str], Any]:
    """A contract at the address in the file."""

    def find(name: str) -> Any:
        return project.get_contract(name).at(json.loads(file.read_text())["contracts"][name]["address"])

    return find


def test_deploy__on_a_fresh_chain__connects_the_contracts(
    script: ModuleType, file: Path, at: Callable[[str], Any], chain: Any
) -> None:
    script.main()
    council, ledger, credits = at("OracleCouncil"), at("FootprintLedger"), at("RetiredCredits")
    assert ledger.credits() == credits
    assert [credits.COUNCIL(), credits.LEDGER()] == [council, ledger]
    assert [credits.ART(), ledger.COUNCIL()] == [at("CertificateArt"), council]
    assert tuple(council.council()) == (1, 2, 3)
    urls = {member.signer: member.url for member in council.members()}
    assert urls == {
        key.address: f"http://{name}.example" for key, name in zip(make_keys(3), "cba", strict=True)
    }
    assert ledger.is_methodology_approved(METHODOLOGY)
    registry = credits.registry(b"icr".ljust(32, b"\0"))
    assert (registry.enabled, registry.unit_ug) == (True, TONNE_UG)
    assert bytes(registry.policy).hex() == POLICY[2:]
    content = json.loads(file.read_text())
    assert (content["chain_id"], content["methodology"]) == (chain.chain_id, METHODOLOGY)
    assert content["block"] == content["contracts"]["OracleCouncil"]["block"]


def test_deploy__a_second_time__sends_nothing(script: ModuleType, file: Path, chain: Any) -> None:
    script.main()
    content, height = file.read_text(), chain.blocks.height
    script.main()
    assert (file.read_text(), chain.blocks.height) == (content, height)


def test_deploy__a_second_time_with_another_threshold__refuses(
    script: ModuleType, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script.main()
    monkeypatch.setenv("GREENLEDGER_COUNCIL_THRESHOLD", "3")
    with pytest.raises(click.ClickException, match=r"OracleCouncil at 0x.* has other constructor arguments"):
        script.main()


def test_deploy__file_of_another_chain__refuses(script: ModuleType, file: Path) -> None:
    file.write_text(json.dumps({"chain_id": 1, "contracts": {}}))
    with pytest.raises(click.ClickException, match="belongs to chain 1"):
        script.main()


@pytest.mark.parametrize("name", ["COUNCIL_SIGNERS", "COUNCIL_THRESHOLD", "METHODOLOGY"])
def test_deploy__setting_missing__is_named(
    script: ModuleType, file: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv(f"GREENLEDGER_{name}")
    with pytest.raises(click.ClickException, match=f"GREENLEDGER_{name} is not set"):
        script.main()


@pytest.mark.parametrize("name", ["COUNCIL_SIGNERS", "GUARDIAN", "OWNER"])
def test_deploy__development_account_on_a_chain_of_value__refuses(
    script: ModuleType, file: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(f"GREENLEDGER_{name}", DEVELOPMENT_ACCOUNT)
    monkeypatch.setattr(script, "LOCAL_CHAINS", ())
    monkeypatch.setattr(script, "_deployer", lambda chain_id: make_keys(1)[0])
    with pytest.raises(click.ClickException, match="development accounts are for local chains only"):
        script.main()
    assert not file.exists()
