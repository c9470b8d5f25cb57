"""Reads one attestation over JSON-RPC, with nothing but a URL: an auditor needs no deployment file.

Plain HTTP instead of a client library, so that time and size of every answer are bounded here. The URL often
holds an access key, so it appears in no message.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import httpx
from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError

from greenledger.evidence.hashing import keccak256
from greenledger.evidence.words import as_hex
from greenledger.footprint.strict_json import InvalidJson, loads_strict

TIMEOUT_S = 10.0
MAX_ANSWER_BYTES = 1_048_576


class CannotRead(Exception):
    """The chain could not be read. The message says what failed and what would be right."""


@dataclass(frozen=True, slots=True)
class ChainAttestation:
    """What the ledger stores of an attestation; all zero if it was never recorded."""

    low_ug: int
    central_ug: int
    high_ug: int
    covered_ug: int
    recorded_at: int
    tier: int
    superseded: bool


_ATTESTATION_TYPES = ["uint72", "uint72", "uint72", "uint72", "uint32", "uint8", "bool"]


def _answer(client: httpx.Client, url: str, body: dict[str, object]) -> object:
    try:
        with client.stream("POST", url, json=body) as response:
            if response.status_code != 200:
                raise CannotRead(f"the node answered HTTP {response.status_code}, expected 200")
            text = b""
            for chunk in response.iter_bytes():
                text += chunk
                if len(text) > MAX_ANSWER_BYTES:
                    raise CannotRead(f"the node answered more than {MAX_ANSWER_BYTES} bytes")
    except httpx.InvalidURL as error:
        raise CannotRead("--rpc is not a URL, expected http:// or https://") from error
    except httpx.HTTPError as error:
        raise CannotRead(f"no answer from the node ({type(error).__name__}), is --rpc right?") from error
    try:
        return loads_strict(text)
    except InvalidJson as error:
        raise CannotRead("the node answered something other than JSON-RPC, is --rpc right?") from error


class ChainReader:
    """Reads at one ledger contract. Every method raises CannotRead."""

    def __init__(self, rpc_url: str, ledger: str) -> None:
        if not rpc_url.startswith(("http://", "https://")):
            raise CannotRead("--rpc is not a URL, expected http:// or https://")
        self._url = rpc_url
        self._ledger = ledger
        self._client = httpx.Client(timeout=TIMEOUT_S, follow_redirects=False)

    def close(self) -> None:
        self._client.close()

    def _request(self, method: str, params: list[object]) -> bytes:
        body: dict[str, object] = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        reply = _answer(self._client, self._url, body)
        if not isinstance(reply, dict) or ("result" not in reply and "error" not in reply):
            raise CannotRead("the node answered something other than JSON-RPC, is --rpc right?")
        if reply.get("error") is not None:
            raise CannotRead(f"the node refused {method}, is the ledger at this address on this chain?")
        result = reply["result"]
        if not isinstance(result, str) or not result.startswith("0x"):
            raise CannotRead(f"the node answered {method} with something other than hex")
        try:
            digits = result[2:]
            return bytes.fromhex(digits if len(digits) % 2 == 0 else "0" + digits)
        except ValueError as error:
            raise CannotRead(f"the node answered {method} with something other than hex") from error

    def _call(self, signature: str, argument: bytes, outputs: list[str]) -> tuple[object, ...]:
        data = keccak256(signature.encode())[:4] + encode(["bytes32"], [argument])
        call = {"to": self._ledger, "data": as_hex(data)}
        raw = self._request("eth_call", [call, "latest"])
        try:
            return decode(outputs, raw)
        except DecodingError as error:
            raise CannotRead(
                f"{signature} answered something unexpected, is this a footprint ledger?"
            ) from error

    def chain_id(self) -> int:
        return int.from_bytes(self._request("eth_chainId", []))

    def has_code(self) -> bool:
        """Whether a contract is at the ledger's address."""
        return len(self._request("eth_getCode", [self._ledger, "latest"])) > 0

    def attestation(self, id_: bytes) -> ChainAttestation:
        values = self._call("attestation(bytes32)", id_, _ATTESTATION_TYPES)
        names = (entry.name for entry in fields(ChainAttestation))
        return ChainAttestation(**dict(zip(names, values, strict=True)))  # type: ignore[arg-type]  # types above

    def coverage_bps(self, id_: bytes) -> int:
        """Allocated over the high bound, in basis points."""
        (value,) = self._call("coverage_bps(bytes32)", id_, ["uint256"])
        return int(str(value))
