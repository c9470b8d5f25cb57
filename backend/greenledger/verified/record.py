"""The verification record beside a deployment file: which source each contract was made from, byte for byte.

`ape run deploy` and `ape run verify` write it; only contracts that are exact are in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

SUFFIX = ".verified.json"


class InvalidRecord(ValueError):
    """The file is not what the scripts write; the text says where."""


@dataclass(frozen=True)
class VerifiedContract:
    """One exact contract. `address` is checksummed, `verified_at` is ISO 8601 in UTC.

    `sources` has every file that it was made of, by path; `path` names its own. `creation` and `runtime` are
    the transformations that Sourcify's library listed, as {"list": [...], "values": {...}}.
    """

    address: str
    name: str
    path: str
    abi: Sequence[Mapping[str, Any]]
    sources: Mapping[str, str]
    compiler_version: str
    evm_version: str
    creation: Mapping[str, Any]
    runtime: Mapping[str, Any]
    transaction: str | None
    block: int | None
    verified_at: str


@dataclass(frozen=True)
class VerifiedContracts:
    """Of one chain, by address in lower case."""

    chain_id: int
    by_address: Mapping[str, VerifiedContract]

    def find(self, chain_id: int, address: str) -> VerifiedContract | None:
        """The contract at an address of any case, or None if nothing is verified there."""
        return self.by_address.get(address.lower()) if chain_id == self.chain_id else None

    @classmethod
    def load(cls, deployment: Path, chain_id: int) -> Self:
        """What stands beside a deployment file; without a record, nothing. Raises InvalidRecord."""
        path = record_file(deployment)
        try:
            content = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return cls(chain_id, {})
        try:
            return cls._read(json.loads(content), chain_id)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InvalidRecord(
                f"{path.name}: {error!r}; expected what ape run verify writes for chain {chain_id}"
            ) from error

    @classmethod
    def _read(cls, value: dict[str, Any], chain_id: int) -> Self:
        if value["chain_id"] != chain_id:
            raise ValueError(f"it is of chain {value['chain_id']}")
        files: dict[str, str] = value["sources"]
        contracts = (
            VerifiedContract(**entry | {"sources": {path: files[path] for path in entry["sources"]}})
            for entry in value["contracts"]
        )
        return cls(chain_id, {contract.address.lower(): contract for contract in contracts})


def record_file(deployment: Path) -> Path:
    """`31337.json` -> `31337.verified.json`."""
    return deployment.with_suffix(SUFFIX)


def write_record(deployment: Path, chain_id: int, contracts: Sequence[VerifiedContract]) -> None:
    """Replaces the record beside a deployment file. A file that several contracts share is written once."""
    files = {path: content for contract in contracts for path, content in contract.sources.items()}
    value = {
        "chain_id": chain_id,
        "contracts": [asdict(contract) | {"sources": sorted(contract.sources)} for contract in contracts],
        "sources": dict(sorted(files.items())),
    }
    path = record_file(deployment)
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
    partial.replace(path)
