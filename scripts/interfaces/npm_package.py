"""What `contracts/npm` publishes: Solidity interfaces from the `.vyi` files, and the ABI of our contracts."""

from __future__ import annotations

import json
from pathlib import Path

from scripts.interfaces.solidity import solidity_interface

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "contracts" / "interfaces"
PACKAGE = ROOT / "contracts" / "npm"

# Spoken between our own contracts only, or by contracts of others.
INTERNAL = {"ICertificateArt", "IFootprintArithmetic", "IPuroToken", "IRetirementAggregator"}


def generated_files(abis: dict[str, list[dict[str, object]]]) -> dict[Path, str]:
    """Every generated file of the package with its content; `abis` by contract name."""
    interfaces = {
        PACKAGE / "interfaces" / f"{path.stem}.sol": solidity_interface(path)
        for path in sorted(SOURCES.glob("I*.vyi"))
        if path.stem not in INTERNAL
    }
    return interfaces | {
        PACKAGE / "abi" / f"{name}.json": json.dumps(abi, indent=1) + "\n" for name, abi in abis.items()
    }


def leftovers(expected: dict[Path, str]) -> list[Path]:
    """Files in the generated folders that nothing makes any more."""
    present = [*(PACKAGE / "interfaces").glob("*"), *(PACKAGE / "abi").glob("*")]
    return sorted(set(present) - set(expected))
