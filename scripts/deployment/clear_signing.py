"""ERC-7730 descriptors of one deployment: the committed ones, with the addresses and ABIs they leave out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scripts.deployment.artifacts import ROOT, Artifact

DESCRIPTORS = ROOT / "contracts" / "clear-signing"


def write_descriptors(
    record: dict[str, Any], compiled: Callable[[str], Artifact], build: Path = ROOT / "build"
) -> list[Path]:
    """Writes a copy for each deployed contract to `build/clear-signing/<chain id>/`, ready for wallets."""
    folder = build / "clear-signing" / str(record["chain_id"])
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for source in sorted(DESCRIPTORS.glob("*.json")):
        name = contract_of(source)
        if name in record["contracts"]:
            address = record["contracts"][name]["address"]
            target = folder / source.name
            filled = fill(json.loads(source.read_text()), record["chain_id"], address, compiled(name).abi)
            target.write_text(json.dumps(filled, indent=2) + "\n")
            written.append(target)
    return written


def fill(
    descriptor: dict[str, Any], chain_id: int, address: str, abi: list[dict[str, Any]]
) -> dict[str, Any]:
    """Binds a descriptor to one contract on one chain."""
    deployments = [{"chainId": chain_id, "address": address}]
    context = descriptor["context"]
    if "contract" in context:
        functions = [entry for entry in abi if entry["type"] == "function"]
        context["contract"] = {"deployments": deployments, "abi": functions}
    else:
        context["eip712"]["deployments"] = deployments
        context["eip712"]["domain"] |= {"chainId": chain_id, "verifyingContract": address}
    return descriptor


def contract_of(descriptor: Path) -> str:
    """`calldata-X.json` and `eip712-X.json` both speak of contract X."""
    return descriptor.stem.partition("-")[2]
