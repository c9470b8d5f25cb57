"""The ABI files of the page: one for each contract, and one with only what its public pages read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "frontend" / "src" / "generated"
HEAD = "// Generated from the contracts by `make generate`: do not edit.\n"

# Contract, or interface that several contracts share, by the name the page knows it by.
CONTRACTS = {
    "councilAbi": "OracleCouncil",
    "ledgerAbi": "FootprintLedger",
    "creditsAbi": "RetiredCredits",
    "deskAbi": "RetirementDesk",
    "creditAdapterAbi": "interfaces/ICreditAdapter",
    "creditMarketAbi": "interfaces/ICreditMarket",
}

# A stranger who opens a certificate loads these and no more: the whole ABIs are 8 KiB of script.
PUBLIC = {
    "ledgerReads": (
        "FootprintLedger",
        {
            *("attestation", "attestations", "account", "coverage_bps", "is_methodology_approved"),
            *("FootprintRecorded", "FootprintSuperseded", "MethodologySet"),
        },
    ),
    "creditsReads": (
        "RetiredCredits",
        {
            *("certificate", "void_reason", "tokenURI", "balanceOf", "hint_for"),
            *("CertificateMinted", "Allocated", "AllocationUndone", "Transfer"),
        },
    ),
    "deskReads": ("RetirementDesk", {"OrderOpened", "OrderFulfilled"}),
}

Abi = Sequence[Mapping[str, object]]


def page_files(abis: Mapping[str, Abi]) -> dict[Path, str]:
    """Every ABI file of the page with its content; `abis` by contract.

    Raises KeyError if a contract does not have what the public pages read.
    """
    whole = {
        FOLDER / f"{name}.ts": HEAD + _constant(name, abis[contract]) for name, contract in CONTRACTS.items()
    }
    together = "".join(f'export {{ {name} }} from "./{name}";\n' for name in CONTRACTS)
    public = "\n".join(
        _constant(name, _only(abis[contract], names)) for name, (contract, names) in PUBLIC.items()
    )
    return whole | {FOLDER / "abi.ts": HEAD + together, FOLDER / "publicAbi.ts": HEAD + public}


def _constant(name: str, abi: Abi) -> str:
    return f"export const {name} = {json.dumps(abi, indent=1)} as const;\n"


def _only(abi: Abi, names: set[str]) -> Abi:
    missing = names - {str(item.get("name")) for item in abi}
    if missing:
        raise KeyError(f"no contract has {', '.join(sorted(missing))}, which the public pages read")
    return [item for item in abi if item.get("name") in names]
