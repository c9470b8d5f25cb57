"""What to send to Etherscan, Blockscout and Sourcify so that they show a contract's source.

Field names are those of docs.etherscan.io (API v2, `verifysourcecode`), docs.blockscout.com (API v2,
`vyper-standard-input`) and docs.sourcify.dev (API v2, `/v2/verify/{chainId}/{address}`). It sends nothing.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import Any

import vyper

from scripts.deployment.artifacts import EVM_VERSION, Artifact

ETHERSCAN = "https://api.etherscan.io/v2/api"
SOURCIFY = "https://sourcify.dev/server"

# Blockscout has one host per chain; the key of Etherscan is one for all chains.
KEY_VARIABLE = "ETHERSCAN_API_KEY"
BLOCKSCOUT_VARIABLE = "BLOCKSCOUT_URL"

LICENCE = "gnu_agpl_v3"  # of everything in contracts/*.vy, in Blockscout's words


@dataclass(frozen=True)
class Request:
    """One HTTP request; a field that starts with `@` is the content of that file, `$NAME` a variable."""

    service: str
    method: str
    url: str
    query: dict[str, str]
    fields: dict[str, Any]
    curl: str


def requests_for(
    artifact: Artifact, chain_id: int, address: str, arguments: bytes, transaction: str | None, file: str
) -> list[Request]:
    """`file` is where the standard JSON input is, seen from the folder that curl is run in."""
    name = f"{artifact.path}:{artifact.name}"
    return [
        _etherscan(name, chain_id, address, arguments, file),
        _blockscout(address, file),
        _sourcify(name, chain_id, address, transaction, file),
    ]


def _etherscan(name: str, chain_id: int, address: str, arguments: bytes, file: str) -> Request:
    query = {
        "chainid": str(chain_id),
        "module": "contract",
        "action": "verifysourcecode",
        "apikey": f"${KEY_VARIABLE}",
    }
    fields = {
        "codeformat": "vyper-json",
        "contractaddress": address,
        "contractname": name,
        "compilerversion": f"vyper:{vyper.__version__}",
        "optimizationUsed": "1",
        "constructorArguments": arguments.hex(),
        "sourceCode": f"@{file}",
    }
    url = ETHERSCAN + "?" + "&".join(f"{key}={value}" for key, value in query.items())
    # In double quotes, so that the shell puts the key in.
    curl = f'curl "{url}"'
    for key, value in fields.items():
        joint = "" if value.startswith("@") else "="
        curl += f" --data-urlencode {shlex.quote(f'{key}{joint}{value}')}"
    return Request("etherscan", "POST", ETHERSCAN, query, fields, curl)


def _blockscout(address: str, file: str) -> Request:
    url = f"${BLOCKSCOUT_VARIABLE}/api/v2/smart-contracts/{address}/verification/via/vyper-standard-input"
    fields = {
        "compiler_version": f"v{vyper.__version__}+commit.{vyper.__commit__}",
        "license_type": LICENCE,
        "evm_version": EVM_VERSION,
        "files[0]": f"@{file};type=application/json",
    }
    curl = f'curl "{url}"' + "".join(
        f" --form {shlex.quote(f'{key}={value}')}" for key, value in fields.items()
    )
    return Request("blockscout", "POST", url, {}, fields, curl)


def _sourcify(name: str, chain_id: int, address: str, transaction: str | None, file: str) -> Request:
    url = f"{SOURCIFY}/v2/verify/{chain_id}/{address}"
    fields = {
        "stdJsonInput": f"@{file}",
        "compilerVersion": f"{vyper.__version__}+commit.{vyper.__commit__}",
        "contractIdentifier": name,
    }
    if transaction is not None:
        fields["creationTransactionHash"] = transaction
    body = file.removesuffix(".json") + ".sourcify.json"
    curl = f"curl {url} --header 'content-type: application/json' --data-binary @{shlex.quote(body)}"
    return Request("sourcify", "POST", url, {}, fields, curl)
