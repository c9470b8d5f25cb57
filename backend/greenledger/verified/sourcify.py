"""A verified contract as Sourcify's API v2 shows it: `/v2/contract/{chainId}/{address}` of docs.sourcify.dev.

Field names, the selectors `fields` and `omit`, and what is always there are those of its OpenAPI document.
What this project does not keep (storage layout, link references, source maps) is null there as here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from greenledger.evidence.hashing import keccak256
from greenledger.evidence.words import as_hex
from greenledger.verified.record import VerifiedContract

EXACT = "exact_match"
_ALWAYS = ("match", "creationMatch", "runtimeMatch", "chainId", "address", "matchId", "verifiedAt")
_CODE_FIELDS = (
    *("onchainBytecode", "recompiledBytecode", "sourceMap", "linkReferences", "cborAuxdata"),
    *("transformations", "transformationValues"),
)

# Every field that may be asked for, with those inside it that may be asked for alone.
FIELDS: Mapping[str, Collection[str]] = {
    "creationBytecode": _CODE_FIELDS,
    "runtimeBytecode": (*_CODE_FIELDS, "immutableReferences"),
    "deployment": ("transactionHash", "blockNumber", "transactionIndex", "deployer"),
    "sources": (),
    "compilation": (
        *("language", "compiler", "compilerVersion", "compilerSettings", "name", "fullyQualifiedName"),
    ),
    "abi": (),
    "metadata": (),
    "storageLayout": (),
    "transientStorageLayout": (),
    "userdoc": (),
    "devdoc": (),
    "sourceIds": (),
    "stdJsonInput": (),
    "stdJsonOutput": (),
    "signatures": ("function", "event", "error"),
    "proxyResolution": (),
}


class UnknownField(ValueError):
    """A selector names no field; the text is the answer to it."""


def wanted_fields(fields: str | None, omit: str | None) -> frozenset[str]:
    """The selectors as names, `abi` or `compilation.name`; raises UnknownField."""
    if fields and omit:
        raise UnknownField("Cannot specify both fields and omit")
    if omit:
        left_out = _names(omit)
        inner = {name.split(".")[0] for name in left_out if "." in name}
        whole = frozenset(FIELDS) - left_out - inner
        rest = {f"{outer}.{name}" for outer in inner - left_out for name in FIELDS[outer]}
        return whole | (rest - left_out)
    names = _names(fields) if fields else frozenset()
    if "all" in names and len(names) > 1:
        raise UnknownField("Cannot specify 'all' with other fields")
    return frozenset(FIELDS) if "all" in names else names


def _names(selector: str) -> frozenset[str]:
    names = selector.split(",")
    for name in names:
        outer, _, inner = name.partition(".")
        if "." in inner:
            raise UnknownField(f"Field selector cannot have more than one level subselectors: {name[:100]}")
        is_known = (
            name in _ALWAYS or name == "all" or (outer in FIELDS and (not inner or inner in FIELDS[outer]))
        )
        if not is_known or name.endswith("."):
            raise UnknownField(f"Field selector {name[:100]} is not a valid field")
    return frozenset(names)


def contract_view(contract: VerifiedContract, chain_id: int, wanted: frozenset[str]) -> dict[str, Any]:
    """The answer for a verified contract with the fields that are wanted."""
    found: dict[str, Any] = {
        "match": EXACT,
        "creationMatch": EXACT,
        "runtimeMatch": EXACT,
        "chainId": str(chain_id),
        "address": contract.address,
        # Sourcify numbers its matches; there is one per address here.
        "matchId": str(int(contract.address, 16)),
        "verifiedAt": contract.verified_at,
    }
    if not wanted - set(found):
        return found
    everything = _everything(contract)
    for name in sorted(wanted - set(found)):
        outer, _, inner = name.partition(".")
        if not inner:
            found[outer] = everything[outer]
        elif outer not in wanted:
            found.setdefault(outer, {})[inner] = everything[outer][inner]
    return found


def unverified_view(chain_id: str, address: str) -> dict[str, Any]:
    """What Sourcify answers with status 404."""
    matches = dict.fromkeys(("match", "creationMatch", "runtimeMatch"))
    return matches | {"chainId": chain_id, "address": address}


def _everything(contract: VerifiedContract) -> dict[str, Any]:
    qualified = f"{contract.path}:{contract.name}"
    settings = {"evmVersion": contract.evm_version}
    ids = {path: {"id": at} for at, path in enumerate(sorted(contract.sources))}
    sources = {path: {"content": content} for path, content in contract.sources.items()}
    # An explorer made for Solidity looks a function up in `methods` without asking whether that is there.
    docs: dict[str, Any] = {
        "userdoc": {"kind": "user", "version": 1, "methods": {}},
        "devdoc": {"kind": "dev", "version": 1, "methods": {}},
    }
    return docs | {
        "creationBytecode": _code("creation", contract),
        "runtimeBytecode": _code("runtime", contract) | {"immutableReferences": None},
        "deployment": {
            "transactionHash": contract.transaction,
            "blockNumber": None if contract.block is None else str(contract.block),
            "transactionIndex": None,
            "deployer": None,
        },
        "sources": sources,
        "compilation": {
            "language": "Vyper",
            "compiler": "vyper",
            "compilerVersion": contract.compiler_version,
            "compilerSettings": settings,
            "name": contract.name,
            "fullyQualifiedName": qualified,
        },
        "abi": list(contract.abi),
        "metadata": _metadata(contract, docs),
        "storageLayout": None,
        "transientStorageLayout": None,
        "sourceIds": ids,
        "stdJsonInput": {"language": "Vyper", "sources": sources, "settings": settings},
        "stdJsonOutput": {
            "sources": ids,
            "contracts": {contract.path: {contract.name: {"abi": list(contract.abi), **docs}}},
        },
        "signatures": {"function": None, "event": None, "error": None},
        "proxyResolution": {"isProxy": False, "proxyType": None, "implementations": []},
    }


def _code(which: str, contract: VerifiedContract) -> dict[str, Any]:
    steps = contract.creation if which == "creation" else contract.runtime
    nothing = dict.fromkeys(_CODE_FIELDS)
    return nothing | {"transformations": steps["list"], "transformationValues": steps["values"]}


def _metadata(contract: VerifiedContract, docs: Mapping[str, Any]) -> dict[str, Any]:
    """Solidity's metadata document, which the Vyper compiler does not write and explorers ask for."""
    return {
        "version": 1,
        "language": "Vyper",
        "compiler": {"version": contract.compiler_version},
        "settings": {
            "compilationTarget": {contract.path: contract.name},
            "evmVersion": contract.evm_version,
            "libraries": {},
            "remappings": [],
        },
        "sources": {
            path: {"keccak256": as_hex(keccak256(content.encode())), "content": content}
            for path, content in contract.sources.items()
        },
        "output": {"abi": list(contract.abi), **docs},
    }
