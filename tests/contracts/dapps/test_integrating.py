"""`docs/INTEGRATING.md`: each block runs as it is printed, and each table says what the contracts say."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from eth_utils import keccak
from reports import TONNE_UG, Footprints, Signed
from signing import TYPES, USED_BY
from vyper import compile_code
from vyper.compiler.input_bundle import FilesystemInputBundle
from vyper.compiler.settings import Settings
from web3 import Web3

from dapps.conftest import HIGH_UG, as_container
from dapps.rpc_bridge import serve
from dapps.solidity import PACKAGE, ROOT, compile_solidity, package_sources
from greenledger.evidence.merkle import StandardTree, workload_leaf
from greenledger.footprint.workload import WORKLOAD_VERSION

TEXT = (ROOT / "docs" / "INTEGRATING.md").read_text()
URL = "http://node.example"
WORKLOADS = [(1 + n % 3, WORKLOAD_VERSION, keccak(text=f"workload {n}"), n, 2 * n, 3 * n) for n in range(5)]
WORKLOAD = {
    "kind": "training",
    "start": 1_672_531_200,
    "end": 1_675_209_600,
    "place": {"country": "FR"},
    "phases": [{"hardware": "h100-sxm-80gb", "device_seconds": "3600000000"}],
}
# In the order of the events table.
DOCUMENTED = ("FootprintLedger", "RetiredCredits", "CertificateCorrections", "RetirementDesk")
# Messages of tokens and of EIP-712 itself, not of ours.
OTHERS = {"EIP712Domain", "Permit", "ReceiveWithAuthorization"}


def blocks(language: str) -> list[str]:
    """Every fenced block of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.fixture
def values(
    project: Any,
    owner: Any,
    ledger: Any,
    credits: Any,
    alice: Any,
    now: int,
    footprints: Footprints,
    recorded: Callable[..., Signed],
    allocated: Callable[..., Signed],
) -> dict[str, Any]:
    """What a reader fills in for the names in capitals, after some work was recorded and covered."""
    covered = recorded(alice)
    certificate = allocated(alice, covered)
    root = StandardTree([workload_leaf(*workload) for workload in WORKLOADS]).root
    batch = recorded(
        alice, root=root, count=len(WORKLOADS), embodied_ug=0, low_ug=0, central_ug=0, high_ug=TONNE_UG
    )
    new = footprints.make(alice, now)
    model = owner.deploy(project.FootprintModel, owner.deploy(project.FootprintArithmetic))
    return {
        "RPC_URL": URL,
        "LEDGER": ledger.address,
        "CREDITS": credits.address,
        "ACCOUNT": alice.address,
        "FOOTPRINT_HASH": covered.footprint_hash,
        "REPORT": new.report,
        "SIGNATURES": new.signatures,
        "WORKLOADS": WORKLOADS,
        "BATCH_REPORT": batch.report,
        "TOKEN_ID": certificate.token_id,
        "MODEL": model.address,
        "WORKLOAD": WORKLOAD,
    }


def test_python_blocks__one_after_the_other__run_as_printed(
    values: dict[str, Any], chain: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def provider(url: str) -> Any:
        assert url == URL
        return chain.provider.web3.provider

    monkeypatch.setattr(Web3, "HTTPProvider", provider)
    names = dict(values)
    for block in blocks("python"):
        exec(compile(block, "INTEGRATING.md", "exec"), names)
    assert names["covered"] is True
    assert names["totals"].covered_ug == HIGH_UG
    assert names["left_ug"] == 0
    assert names["on_chain"].total_ug.central > 0
    printed = capsys.readouterr().out
    assert "24.0 t current" in printed
    assert f"True {HIGH_UG} of {HIGH_UG + TONNE_UG} in 2" in printed
    assert "Example Labs GmbH ICR-123 2021 0" in printed


def test_typescript_block__run_by_node__reads_what_the_chain_says(
    values: dict[str, Any], chain: Any, ledger: Any, alice: Any, tmp_path: Path
) -> None:
    modules = tmp_path / "node_modules"
    modules.mkdir()
    (modules / "viem").symlink_to(ROOT / "frontend" / "node_modules" / "viem")
    (modules / "greenledger-contracts").symlink_to(PACKAGE)
    (block,) = blocks("ts")
    with serve(chain.provider.web3) as url:
        given = {"RPC_URL": url, "LEDGER": values["LEDGER"], "ACCOUNT": values["ACCOUNT"]}
        given["FOOTPRINT_HASH"] = "0x" + values["FOOTPRINT_HASH"].hex()
        constants = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in given.items())
        imports, rest = block.split("\n\n", 1)
        (tmp_path / "block.mjs").write_text(f"{imports}\n{constants}{rest}")
        command = [ROOT / "scripts" / "node.sh", "node", tmp_path / "block.mjs"]
        run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    id = "0x" + bytes(ledger.attestation_id(alice, values["FOOTPRINT_HASH"])).hex()
    assert run.stdout.split() == [id, "true", f"{HIGH_UG}n", f"{HIGH_UG + TONNE_UG}n", "2"]


def vyper_reader() -> Any:
    (block,) = blocks("vyper")
    output = compile_code(
        block,
        output_formats=("abi", "bytecode"),
        settings=Settings(evm_version="cancun"),
        input_bundle=FilesystemInputBundle([ROOT / "backend"]),
    )
    return as_container("Reader", output["abi"], output["bytecode"])


def solidity_reader() -> Any:
    (block,) = blocks("solidity")
    contracts, warnings = compile_solidity(package_sources() | {"Reader.sol": block})
    assert not warnings
    return as_container("Reader", contracts["Reader"]["abi"], "0x" + contracts["Reader"]["bytecode"])


@pytest.mark.parametrize("compiled", [vyper_reader, solidity_reader])
def test_contract_blocks__deployed__read_the_ledger(
    compiled: Callable[[], Any], values: dict[str, Any], owner: Any, ledger: Any, alice: Any, bob: Any
) -> None:
    reader = owner.deploy(compiled(), ledger)
    assert reader.is_covered(alice, values["FOOTPRINT_HASH"])
    assert not reader.is_covered(bob, values["FOOTPRINT_HASH"])


def canonical(parameter: dict[str, Any]) -> str:
    kind = parameter["type"]
    if not kind.startswith("tuple"):
        return str(kind)
    return f"({','.join(canonical(part) for part in parameter['components'])}){kind[5:]}"


def test_events_table__every_topic__is_that_of_the_contract(project: Any) -> None:
    stated = set(re.findall(r"^\| (\w+) \| (\w+) \| `0x(\w{64})` \|$", TEXT, re.MULTILINE))
    interfaces, _ = compile_solidity(package_sources())
    expected = {
        (contract, event["name"], keccak(text=f"{event['name']}({inputs})").hex())
        for contract in DOCUMENTED
        for event in interfaces[f"I{contract}"]["abi"]
        if event["type"] == "event"
        for inputs in [",".join(canonical(parameter) for parameter in event["inputs"])]
    }
    assert stated == expected


def test_messages_block__every_type__is_what_signers_sign() -> None:
    (block,) = blocks("eip712")
    stated = dict(re.findall(r"^  (\w+)\((.*)\)$", block, re.MULTILINE))
    signed = {name: ",".join(f"{f['type']} {f['name']}" for f in fields) for name, fields in TYPES.items()}
    assert stated == {name: fields for name, fields in signed.items() if name not in OTHERS}
    assert set(USED_BY) - OTHERS <= set(stated)


def test_messages_block__every_domain__is_that_of_a_contract(
    ledger: Any, credits: Any, corrections: Any
) -> None:
    (block,) = blocks("eip712")
    stated = re.findall(r"^(\w.*)$", block, re.MULTILINE)
    named = [contract.eip712Domain()[1:3] for contract in (ledger, credits, corrections)]
    assert [(name, "1") for name in stated[:3]] == [tuple(domain) for domain in named]
    source = (ROOT / "contracts" / "RetirementDesk.vy").read_text()
    assert stated[3:] == re.findall(r'eip712\.__init__\("([^"]+)", "1"\)', source)


def test_document__every_block__is_of_a_kind_that_is_tested() -> None:
    languages = re.findall(r"^```(\w+)$", TEXT, re.MULTILINE)
    assert set(languages) == {"python", "ts", "vyper", "solidity", "eip712"}
