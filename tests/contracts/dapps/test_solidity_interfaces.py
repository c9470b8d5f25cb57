"""`contracts/npm`: Solidity interfaces that say what the compiled contracts do, and nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
from typing import Any

import pytest
from ethpm_types import ContractType

from dapps.solidity import PACKAGE, ROOT, compile_solidity, package_sources
from scripts.interfaces.npm_package import INTERNAL, SOURCES


def implementers() -> dict[str, list[str]]:
    """Which contracts say that they keep the promises of which interface of ours."""
    found: dict[str, list[str]] = {}
    ours = {path.stem for path in SOURCES.glob("*.vyi")} - INTERNAL
    for path in sorted((ROOT / "contracts").rglob("*.vy")):
        for name in re.findall(r"^implements: (I\w+)$", path.read_text(), re.MULTILINE):
            found.setdefault(name, []).append(path.stem)
    return {name: contracts for name, contracts in found.items() if name in ours}


@pytest.fixture(scope="module")
def interfaces() -> dict[str, Any]:
    contracts, warnings = compile_solidity(package_sources())
    assert not warnings
    return contracts


def shape(parameter: dict[str, Any]) -> Any:
    """Type of a parameter, with the names inside structs: what coders and callers see."""
    inner = [(part["name"], shape(part)) for part in parameter.get("components", [])]
    return parameter["type"], inner


def promise(entry: dict[str, Any]) -> Any:
    """A function or event; without the names of a function's parameters, which are no part of it."""
    if entry["type"] == "event":
        # What Solidity reserves has an underscore there.
        return [(given["name"].rstrip("_"), given["indexed"], shape(given)) for given in entry["inputs"]]
    outputs = [shape(given) for given in entry["outputs"]]
    return [shape(given) for given in entry["inputs"]], outputs, entry["stateMutability"]


def promises(abi: list[dict[str, Any]]) -> dict[tuple[str, str], Any]:
    return {
        (entry["type"], entry["name"]): promise(entry)
        for entry in abi
        if entry["type"] in ("function", "event")
    }


def test_package__interfaces__are_those_that_contracts_implement(interfaces: dict[str, Any]) -> None:
    assert set(interfaces) == {path.stem for path in SOURCES.glob("*.vyi")} - INTERNAL
    assert set(interfaces) == set(implementers())
    assert {"IGreenLedger", "IFootprintLedger", "IOracleCouncil", "IRetiredCredits"} < set(interfaces)


@pytest.mark.parametrize("name", implementers())
def test_interface__every_function_and_event__is_that_of_the_contract(
    interfaces: dict[str, Any], project: Any, name: str
) -> None:
    promised = promises(interfaces[name]["abi"])
    assert promised
    logged = {}
    for implementer in implementers()[name]:
        contract: ContractType = project.get_contract(implementer).contract_type
        kept = promises([entry.model_dump(by_alias=True, mode="json") for entry in contract.abi])
        functions = {key: value for key, value in promised.items() if key[0] == "function"}
        assert functions == {key: kept.get(key) for key in functions}
        logged |= kept
    assert promised == {key: logged.get(key) for key in promised}


def test_interface__documentation__is_carried_over(interfaces: dict[str, Any]) -> None:
    gate = interfaces["IGreenLedger"]
    assert gate["devdoc"]["title"].startswith("Green ledger: what another contract reads")
    assert "10,000 is all of it" in gate["userdoc"]["methods"]["coverage_bps(bytes32)"]["notice"]
    assert "report" in next(
        method["params"]
        for signature, method in gate["devdoc"]["methods"].items()
        if signature.startswith("verify_workload(")
    )
    undocumented = [
        (name, signature)
        for name, interface in interfaces.items()
        for signature in {f"{e['name']}" for e in interface["abi"] if e["type"] == "function"}
        if not any(method.startswith(f"{signature}(") for method in interface["userdoc"]["methods"])
    ]
    assert not undocumented


def test_package__version_and_licence__are_the_project_s() -> None:
    manifest = json.loads((PACKAGE / "package.json").read_text())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert manifest["version"] == project["version"]
    assert manifest["license"] == "Apache-2.0"
    assert all(
        text.startswith("// SPDX-License-Identifier: Apache-2.0") for text in package_sources().values()
    )


def test_package__lock_file__holds_hashes_and_no_address() -> None:
    text = (PACKAGE / "package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    assert "resolved" not in text
    own = packages.pop("")
    assert own["devDependencies"] == json.loads((PACKAGE / "package.json").read_text())["devDependencies"]
    assert packages["node_modules/solc"]["version"] == own["devDependencies"]["solc"]
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())


def test_package__licence__is_the_text_of_this_project() -> None:
    assert (PACKAGE / "LICENSE").read_text().strip() in (ROOT / "LICENSE").read_text()


def test_package__what_npm_would_publish__is_interfaces_abi_and_licence() -> None:
    command = [ROOT / "scripts" / "node.sh", "npm", "pack", "--dry-run", "--json", "--ignore-scripts"]
    run = subprocess.run(
        command, cwd=PACKAGE, capture_output=True, text=True, check=True, env=os.environ | {"NO_COLOR": "1"}
    )
    published = {file["path"] for file in json.loads(run.stdout)[0]["files"]}
    sources = {f"interfaces/{path.name}" for path in (PACKAGE / "interfaces").iterdir()}
    abis = {f"abi/{path.name}" for path in (PACKAGE / "abi").iterdir()}
    assert abis
    assert published == {"package.json", "README.md", "LICENSE", *sources, *abis}
