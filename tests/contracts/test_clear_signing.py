"""`contracts/clear-signing/`: what wallets show of every call and message that people sign (ERC-7730)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from deployments import ROOT, artifacts, deploy

clear_signing: Any = import_module("scripts.deployment.clear_signing")

FOLDER = ROOT / "contracts" / "clear-signing"

# Views alone; `RequestHolder` is cloned for each request and called by its adapter only.
NOT_FOR_PEOPLE = {"CertificateArt", "FootprintArithmetic", "FootprintModel", "RequestHolder"}
CONTRACTS = sorted(
    {path.stem for folder in ("", "adapters") for path in (ROOT / "contracts" / folder).glob("*.vy")}
    - NOT_FOR_PEOPLE
)

# Who signs what, with the `PREFIX` of the EIP-712 domain's name before the last word.
MESSAGES = {
    "FootprintLedger": ("Footprints", {"FootprintReport", "RecordConsent"}),
    "RetiredCredits": ("Retirements", {"RetirementReport"}),
    "CertificateCorrections": ("Corrections", {"VoidReport", "RebindReport"}),
    "RetirementDesk": ("Desk", {"Order"}),
}
PREFIX = "GPTX Green AI Ledger: "
UNITS = {
    "ug": {"base": "kg CO2e", "decimals": 9},
    "uwh": {"base": "kWh", "decimals": 9},
    "ul": {"base": "L", "decimals": 6},
}

# What the screens of Ledger's devices have room for.
MAX_INTENT, MAX_LABEL, MAX_ENUM = 30, 20, 20

Field = dict[str, Any]


@cache
def descriptor(kind: str, contract: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / f"{kind}-{contract}.json").read_text())
    return loaded


def functions(contract: str) -> dict[str, list[Field]]:
    """Inputs of each function that changes state, by signature."""
    return {
        f"{entry['name']}({','.join(map(artifacts._canonical, entry['inputs']))})": entry["inputs"]
        for entry in deploy._compiled(contract).abi
        if entry["type"] == "function" and entry["stateMutability"] in ("nonpayable", "payable")
    }


def abi_leaves(inputs: list[Field], prefix: str = "") -> Iterator[str]:
    """Path of every value in these inputs, as ERC-7730 writes it."""
    for entry in inputs:
        path = prefix + entry["name"] + (".[]" if entry["type"].endswith("[]") else "")
        if entry["type"].startswith("tuple"):
            yield from abi_leaves(entry["components"], f"{path}.")
        else:
            yield path


def struct_leaves(types: dict[str, list[Field]], name: str, prefix: str = "") -> Iterator[str]:
    for entry in types[name]:
        if entry["type"] in types:
            yield from struct_leaves(types, entry["type"], f"{prefix}{entry['name']}.")
        else:
            yield prefix + entry["name"]


def encode_type(types: dict[str, list[Field]], struct: str) -> str:
    """One struct as EIP-712 writes it before it is hashed."""
    return f"{struct}({','.join(entry['type'] + ' ' + entry['name'] for entry in types[struct])})"


def fields(shown: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Field]]:
    """Every field of a format with its whole path, those inside a list among them."""
    for field in shown["fields"]:
        path = prefix + field["path"]
        if "fields" in field:
            yield from fields(field, f"{path}.")
        else:
            yield path, field


def excluded(shown: dict[str, Any], leaves: set[str]) -> set[str]:
    hidden = set(shown.get("excluded", ()))
    return {leaf for leaf in leaves if leaf.removesuffix(".[]") in hidden}


def formats() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """File, name and format of everything that is shown."""
    for path in sorted(FOLDER.glob("*.json")):
        for name, shown in json.loads(path.read_text())["display"]["formats"].items():
            yield path.stem, name, shown


ALL = list(formats())
EACH = pytest.mark.parametrize(
    ("file", "shown"),
    [(file, shown) for file, _, shown in ALL],
    ids=[f"{file} {name.partition('(')[0]}" for file, name, _ in ALL],
)


def test_descriptors__of_the_project__are_one_per_contract_and_one_per_signing_contract() -> None:
    expected = {f"calldata-{name}" for name in CONTRACTS} | {f"eip712-{name}" for name in MESSAGES}
    assert {path.stem for path in FOLDER.glob("*.json")} == expected


@pytest.mark.parametrize("contract", CONTRACTS)
def test_calldata__of_a_contract__shows_each_function_that_changes_state_and_no_other(contract: str) -> None:
    assert descriptor("calldata", contract)["display"]["formats"].keys() == functions(contract).keys()


@pytest.mark.parametrize("contract", CONTRACTS)
def test_calldata__of_a_function__shows_or_names_as_left_out_every_argument(contract: str) -> None:
    shown = descriptor("calldata", contract)["display"]["formats"]
    for signature, inputs in functions(contract).items():
        leaves = set(abi_leaves(inputs))
        seen = [path for path, _ in fields(shown[signature])]
        hidden = excluded(shown[signature], leaves)
        assert len(seen) == len(set(seen)), signature
        assert set(seen) | hidden == leaves, signature
        assert not set(seen) & hidden, signature
        assert len(hidden) == len(shown[signature].get("excluded", ())), signature


@pytest.mark.parametrize("contract", MESSAGES)
def test_eip712__of_a_contract__shows_every_field_of_every_message(contract: str) -> None:
    word, messages = MESSAGES[contract]
    value = descriptor("eip712", contract)
    context = value["context"]["eip712"]
    assert context["domain"] == {"name": PREFIX + word, "version": "1"}
    assert f'"{PREFIX}{word}", "1"' in deploy._compiled(contract).sources[f"contracts/{contract}.vy"]
    assert {schema["primaryType"] for schema in context["schemas"]} == messages
    assert value["display"]["formats"].keys() == messages
    for schema in context["schemas"]:
        name = schema["primaryType"]
        seen = [path for path, _ in fields(value["display"]["formats"][name])]
        assert sorted(seen) == sorted(struct_leaves(schema["types"], name))


@pytest.mark.parametrize("contract", MESSAGES)
def test_eip712__types_of_a_message__are_those_that_the_contract_hashes(contract: str) -> None:
    # String literals that follow each other are one.
    sources = deploy._compiled(contract).sources
    text = re.sub(r'"\s+"', "", "\n".join(sources.values()))
    for schema in descriptor("eip712", contract)["context"]["eip712"]["schemas"]:
        types, name = schema["types"], schema["primaryType"]
        others = sorted(set(types) - {name, "EIP712Domain"})
        encoded = "".join(encode_type(types, struct) for struct in [name, *others])
        assert f'keccak256("{encoded}")' in re.sub(r"\(\s+\"", '("', re.sub(r'"\s+\)', '")', text))


@EACH
def test_format__of_anything__is_short_enough_for_small_screens(file: str, shown: dict[str, Any]) -> None:
    assert 0 < len(shown["intent"]) <= MAX_INTENT
    labels = [field["label"] for _, field in fields(shown)]
    assert all(0 < len(label) <= MAX_LABEL for label in labels)


@EACH
def test_format__of_an_amount__tells_its_unit(file: str, shown: dict[str, Any]) -> None:
    for path, field in fields(shown):
        unit = UNITS.get(path.rpartition("_")[2])
        if unit is not None:
            assert (field["format"], field["params"]) == ("unit", unit), path
        if path.endswith(("_at", "_until", "deadline", "period_start", "period_end")):
            assert (field["format"], field["params"]) == ("date", {"encoding": "timestamp"}), path
        if path.rpartition(".")[2] in ("price", "cap"):
            assert field["format"] == "tokenAmount", path
            assert field["params"]["tokenPath"] in {other for other, _ in fields(shown)}, path


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_descriptor__as_committed__names_no_deployment_and_defines_the_enums_it_uses(path: Path) -> None:
    value = json.loads(path.read_text())
    assert "deployments" not in path.read_text()
    assert not re.search("0x[0-9a-fA-F]{40}", path.read_text())
    enums = value["metadata"].get("enums", {})
    used = {
        field["params"]["$ref"].removeprefix("$.metadata.enums.")
        for shown in value["display"]["formats"].values()
        for _, field in fields(shown)
        if field["format"] == "enum"
    }
    assert used == set(enums)
    assert all(len(word) <= MAX_ENUM for words in enums.values() for word in words.values())


def test_write_descriptors__of_a_deployment__binds_each_to_chain_address_and_abi(tmp_path: Path) -> None:
    address = "0x" + "12" * 20
    record = {"chain_id": 5, "contracts": {"RetiredCredits": {"address": address}}}
    written = clear_signing.write_descriptors(record, deploy._compiled, tmp_path)
    folder = tmp_path / "clear-signing" / "5"
    assert written == [folder / "calldata-RetiredCredits.json", folder / "eip712-RetiredCredits.json"]
    call, message = (json.loads(path.read_text()) for path in written)
    binding = [{"chainId": 5, "address": address}]
    assert call["context"]["contract"]["deployments"] == binding
    names = {entry["name"] for entry in call["context"]["contract"]["abi"]}
    assert {signature.partition("(")[0] for signature in call["display"]["formats"]} <= names
    assert message["context"]["eip712"]["deployments"] == binding
    domain = {"name": f"{PREFIX}Retirements", "version": "1", "chainId": 5, "verifyingContract": address}
    assert message["context"]["eip712"]["domain"] == domain
