"""Reading a deployment file: what is right is read, what is wrong is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from greenledger.chain.deployment import Deployment
from greenledger.chain.errors import InvalidDeployment

ADDRESS = "0x5fbdb2315678afecb367f032d93f642f64180aa3"


def content(**changes: Any) -> dict[str, Any]:
    names = ("OracleCouncil", "FootprintLedger", "RetiredCredits")
    usual = {
        "chain_id": 11155111,
        "block": 7,
        "contracts": {name: {"address": ADDRESS} for name in names},
        "methodology": "0x" + "ab" * 32,
    }
    return usual | changes


def written(folder: Path, value: object) -> Path:
    file = folder / "deployment.json"
    file.write_text(json.dumps(value))
    return file


def test_load__good_file__has_checksum_addresses(tmp_path: Path) -> None:
    found = Deployment.load(written(tmp_path, content()))
    assert found.credits == found.ledger == found.council == "0x5FbDB2315678afecb367f032d93F642f64180aa3"
    assert (found.chain_id, found.block, found.methodology) == (11155111, 7, b"\xab" * 32)
    assert not found.is_local


def test_load__file_with_a_desk__has_it_and_follows_it(tmp_path: Path) -> None:
    names = ("OracleCouncil", "FootprintLedger", "RetiredCredits")
    without = {name: {"address": ADDRESS} for name in names}
    found = Deployment.load(written(tmp_path, content(contracts=without)))
    assert found.desk is None and set(found.followed) == {"FootprintLedger", "RetiredCredits"}
    with_desk = without | {"RetirementDesk": {"address": ADDRESS}}
    found = Deployment.load(written(tmp_path, content(contracts=with_desk)))
    assert found.desk == found.followed["RetirementDesk"] == "0x5FbDB2315678afecb367f032d93F642f64180aa3"
    with pytest.raises(InvalidDeployment, match=r"^contracts\.RetirementDesk\.address: expected"):
        wrong = without | {"RetirementDesk": {"address": "0x12"}}
        Deployment.load(written(tmp_path, content(contracts=wrong)))


def test_load__file_with_adapters__has_them_by_name_and_follows_none(tmp_path: Path) -> None:
    named = content()["contracts"] | {
        "ToucanAdapter": {"address": ADDRESS},
        "RequestHolder": {"address": ADDRESS},
    }
    found = Deployment.load(written(tmp_path, content(contracts=named)))
    assert found.adapters == {"ToucanAdapter": "0x5FbDB2315678afecb367f032d93F642f64180aa3"}
    assert set(found.followed) == {"FootprintLedger", "RetiredCredits"}
    assert Deployment.load(written(tmp_path, content())).adapters == {}
    with pytest.raises(InvalidDeployment, match=r"^contracts\.KlimaAdapter\.address: expected"):
        Deployment.load(written(tmp_path, content(contracts=named | {"KlimaAdapter": {}})))


@pytest.mark.parametrize("chain_id", [31337, 1337])
def test_is_local__development_chain__is_true(tmp_path: Path, chain_id: int) -> None:
    assert Deployment.load(written(tmp_path, content(chain_id=chain_id))).is_local


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"chain_id": "31337"}, "chain_id"),
        ({"chain_id": True}, "chain_id"),
        ({"chain_id": 0}, "chain_id"),
        ({"block": -1}, "block"),
        ({"contracts": None}, "contracts.OracleCouncil.address"),
        ({"contracts": {"OracleCouncil": {"address": ADDRESS}}}, "contracts.FootprintLedger.address"),
        ({"contracts": {"OracleCouncil": {"address": "0x12"}}}, "contracts.OracleCouncil.address"),
        ({"methodology": "0x12"}, "methodology"),
    ],
)
def test_load__wrong_field__is_named(tmp_path: Path, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidDeployment, match=f"^{field}: expected"):
        Deployment.load(written(tmp_path, content(**changes)))


def test_load__missing_file_or_no_json__says_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidDeployment, match="not readable"):
        Deployment.load(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text("{")
    with pytest.raises(InvalidDeployment, match="not JSON"):
        Deployment.load(tmp_path / "bad.json")
    with pytest.raises(InvalidDeployment, match="JSON object"):
        Deployment.load(written(tmp_path, []))
