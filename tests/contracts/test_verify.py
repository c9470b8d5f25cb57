"""`scripts/verify.py`: equal where the source is what was deployed; what differs is named, even a comment."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest
from deployments import ROOT, artifacts, configure, deploy, proxy, running_node, undone

script: Any = import_module("scripts.verify")
verification: Any = import_module("scripts.deployment.verification")

CONTRACT = "FootprintLedger"
MODULE = "contracts/modules/footprint_hash.vy"
INTERFACE = "contracts/interfaces/IFootprintLedger.vyi"
CHECKS = ("address", "source", "creation", "runtime", "immutables")


@pytest.fixture(scope="module")
def node() -> Iterator[Any]:
    with running_node() as provider:
        yield provider


@pytest.fixture(scope="module")
def deployed(node: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the deploy script wrote, with one contract that has modules, interfaces and immutables."""
    with pytest.MonkeyPatch.context() as patch:
        path = configure(patch, tmp_path_factory.mktemp("deployment"))
        deploy.main()
    record: dict[str, Any] = json.loads(path.read_text())
    record["contracts"] = {CONTRACT: record["contracts"][CONTRACT]}
    return record


@pytest.fixture
def record(node: Any, deployed: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    def compiled(name: str, source: Path) -> Any:
        # What was deployed is compiled already; a changed copy is compiled anew.
        return deploy._compiled(name) if source == ROOT else artifacts.compile_contract(name, source)

    monkeypatch.setattr(verification, "compile_contract", compiled)
    # A link needs a second contract in the file; test_verify_links.py has both.
    monkeypatch.setattr(verification, "storage_checks", lambda provider, entries, name: [])
    with undone(node):
        yield copy.deepcopy(deployed)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of the source that may be changed."""
    shutil.copytree(ROOT / "contracts", tmp_path / "source" / "contracts")
    return tmp_path / "source"


@pytest.fixture
def checks(node: Any, record: dict[str, Any], tmp_path: Path) -> Callable[..., dict[str, tuple[str, str]]]:
    """Result and detail of each check of the contract."""

    def run(source: Path = ROOT) -> dict[str, tuple[str, str]]:
        _, verdict = verification.verify(node, record, source, tmp_path / "out")
        return {check.name: (check.result, check.detail) for check in verdict.checks}

    return run


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))


def test_verify__source_that_was_deployed__is_equal_in_every_check(checks: Any) -> None:
    found = checks()
    assert {name: result for name, (result, _) in found.items()} == dict.fromkeys(
        (*CHECKS, "standard input", "sourcify"), "equal"
    )
    assert "COUNCIL" in found["immutables"][1]


@pytest.mark.parametrize("file", [MODULE, INTERFACE])
def test_verify__comment_changed_in_an_imported_file__says_that_code_equals_but_source_does_not(
    checks: Any, source: Path, file: str
) -> None:
    edit(source / file, "@title", "@title Not")
    found = checks(source)
    assert found["source"] == (
        "differs",
        f"the code is equal, its source is not: other text, same meaning, in {file}",
    )
    assert found["creation"][1].startswith("only the integrity hash differs: on chain it is ")
    assert {name: found[name][0] for name in CHECKS} == {
        "address": "differs",
        "source": "differs",
        "creation": "differs",
        "runtime": "equal",
        "immutables": "equal",
    }


def test_verify__text_that_the_compilers_hash_leaves_out__is_compared_as_well(
    checks: Any, record: dict[str, Any]
) -> None:
    record["contracts"][CONTRACT]["sources"][INTERFACE] = "00" * 32
    assert checks()["source"] == (
        "differs",
        f"the integrity hash is equal, the text is not, in {INTERFACE}",
    )


def test_verify__code_changed_in_a_module__says_that_both_differ(checks: Any, source: Path) -> None:
    edit(source / "contracts/modules/footprint_checks.vy", "ledger: ", "ledger: not ")
    found = checks(source)
    assert found["source"] == (
        "differs",
        "source and code differ, in contracts/modules/footprint_checks.vy",
    )
    assert found["creation"][1].startswith("the creation code differs from byte ")
    assert found["runtime"][1].startswith("the code at the address differs from byte ")


def test_verify__contract_that_the_source_lacks__differs(checks: Any, source: Path) -> None:
    (source / "contracts" / f"{CONTRACT}.vy").unlink()
    assert checks(source) == {"source": ("differs", f"no contract {CONTRACT} in this source")}


def test_verify__other_arguments_in_the_file__differ(checks: Any, record: dict[str, Any]) -> None:
    record["contracts"][CONTRACT]["constructor_args"][0] = "0x" + "12" * 20
    found = checks()
    assert found["address"][0] == "differs"
    assert found["creation"] == ("differs", "the transaction has other constructor arguments")
    assert (found["source"][0], found["runtime"][0]) == ("equal", "equal")


def test_verify__other_salt_in_the_file__differs(checks: Any, record: dict[str, Any]) -> None:
    record["salt"] = "0x" + "00" * 32
    found = checks()
    assert found["address"][0] == "differs"
    assert found["creation"] == ("differs", "the transaction has another salt")


@pytest.mark.parametrize(
    ("at", "check", "detail"),
    [
        (100, "runtime", "the code at the address differs from byte 100 on"),
        (-1, "immutables", "other values of COUNCIL"),
    ],
)
def test_verify__one_byte_changed_on_chain__is_found(
    checks: Any, node: Any, record: dict[str, Any], at: int, check: str, detail: str
) -> None:
    address = record["contracts"][CONTRACT]["address"]
    code = bytearray(node.get_code(address))
    code[at] ^= 1
    node.web3.provider.make_request("anvil_setCode", [address, "0x" + code.hex()])
    found = checks()
    assert found[check] == ("differs", detail)
    assert [name for name, (result, _) in found.items() if result == "differs"] == [check]


@pytest.mark.parametrize(
    ("code", "check", "detail"),
    [
        ("0x", "runtime", "there is no code at "),
        (None, "immutables", "384 bytes behind the code, the layout has 352"),
    ],
)
def test_verify__code_of_another_length_on_chain__is_found(
    checks: Any, node: Any, record: dict[str, Any], code: str | None, check: str, detail: str
) -> None:
    address = record["contracts"][CONTRACT]["address"]
    longer = "0x" + bytes(node.get_code(address)).hex() + "00" * 32
    node.web3.provider.make_request("anvil_setCode", [address, code or longer])
    result, text = checks()[check]
    assert (result, text.startswith(detail)) == ("differs", True)


def test_verify__transaction_that_the_node_has_forgotten__is_not_checked(
    checks: Any, record: dict[str, Any]
) -> None:
    record["contracts"][CONTRACT]["tx"] = "0x" + "00" * 32
    found = checks()
    assert found["creation"][0] == "not checked"
    assert [name for name, (result, _) in found.items() if result == "differs"] == []


def test_verify__chain_without_the_proxy__differs(node: Any, record: dict[str, Any], tmp_path: Path) -> None:
    node.web3.provider.make_request("anvil_setCode", [proxy.ADDRESS, "0x00"])
    verdict, _ = verification.verify(node, record, ROOT, tmp_path)
    assert (verdict.contract, verdict.is_equal) == ("Deployment proxy", False)


def test_verify__equal_contract__gets_a_request_for_each_service(
    node: Any, record: dict[str, Any], tmp_path: Path
) -> None:
    verification.verify(node, record, ROOT, tmp_path)
    entry = record["contracts"][CONTRACT]
    etherscan, blockscout, sourcify = json.loads((tmp_path / "requests.json").read_text())
    arguments = artifacts.compile_contract(CONTRACT).encode_arguments(entry["constructor_args"])
    assert etherscan["query"] == {
        "chainid": "31337",
        "module": "contract",
        "action": "verifysourcecode",
        "apikey": "$ETHERSCAN_API_KEY",
    }
    assert etherscan["fields"] == {
        "codeformat": "vyper-json",
        "contractaddress": entry["address"],
        "contractname": f"contracts/{CONTRACT}.vy:{CONTRACT}",
        "compilerversion": "vyper:0.4.3",
        "optimizationUsed": "1",
        "constructorArguments": arguments.hex(),
        "sourceCode": f"@{CONTRACT}.json",
    }
    assert blockscout["url"].endswith(f"{entry['address']}/verification/via/vyper-standard-input")
    assert blockscout["fields"]["compiler_version"] == "v0.4.3+commit.bff19ea2"
    assert sourcify["url"] == f"https://sourcify.dev/server/v2/verify/31337/{entry['address']}"
    body = json.loads((tmp_path / f"{CONTRACT}.sourcify.json").read_text())
    assert body == {
        "stdJsonInput": json.loads((tmp_path / f"{CONTRACT}.json").read_text()),
        "compilerVersion": "0.4.3+commit.bff19ea2",
        "contractIdentifier": f"contracts/{CONTRACT}.vy:{CONTRACT}",
        "creationTransactionHash": entry["tx"],
    }
    assert body["stdJsonInput"].keys() == {"language", "sources", "settings"}
    assert f"contracts/{CONTRACT}.vy" in body["stdJsonInput"]["sources"]
    script_text = (tmp_path / "requests.sh").read_text()
    assert all(request["curl"] in script_text for request in (etherscan, blockscout, sourcify))


@pytest.mark.parametrize("as_json", [False, True])
def test_verify__as_a_command__ends_with_1_on_a_difference_only(
    record: dict[str, Any], source: Path, tmp_path: Path, capsys: Any, as_json: bool
) -> None:
    file = tmp_path / "deployment.json"
    file.write_text(json.dumps(record))
    script.cli.callback(file, ROOT, tmp_path, as_json)
    printed = capsys.readouterr().out
    if as_json:
        assert [verdict["equal"] for verdict in json.loads(printed)] == [True, True]
        assert [verdict["exact"] for verdict in json.loads(printed)] == [False, True]
    else:
        assert f"{CONTRACT} at {record['contracts'][CONTRACT]['address']}: equal" in printed
    verified = json.loads((tmp_path / "deployment.verified.json").read_text())
    assert [contract["name"] for contract in verified["contracts"]] == [CONTRACT]
    assert verified["sources"][MODULE] == (ROOT / MODULE).read_text()
    edit(source / MODULE, "@title", "@title Not")
    with pytest.raises(SystemExit) as ended:
        script.cli.callback(file, source, tmp_path, as_json)
    assert ended.value.code == 1
    printed = capsys.readouterr().out
    if as_json:
        assert [verdict["equal"] for verdict in json.loads(printed)] == [True, False]
    else:
        assert "the code is equal, its source is not" in printed


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "is not there: ape run deploy writes it"),
        ({"chain_id": 1}, "belongs to chain 1, this is 31337"),
        ({"chain_id": 31337, "contracts": {}}, "has no salt: its deployment did not come to its end"),
        (
            {"chain_id": 31337, "contracts": {}, "salt": "0x"},
            "names no contracts: there is nothing to compare",
        ),
    ],
)
def test_read__file_that_cannot_be_verified__says_why(
    tmp_path: Path, content: dict[str, Any] | None, reason: str
) -> None:
    path = tmp_path / "deployment.json"
    if content is not None:
        path.write_text(json.dumps(content))
    with pytest.raises(click.ClickException, match=reason):
        verification.read(path, 31337)
