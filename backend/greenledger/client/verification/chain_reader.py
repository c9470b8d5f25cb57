"""Reads one attestation at a ledger contract, and when it was recorded."""

from __future__ import annotations

from dataclasses import dataclass, fields

from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError

from greenledger.client.verification.rpc import CannotRead, Rpc, hex_bytes
from greenledger.evidence.hashing import keccak256
from greenledger.evidence.words import as_hex


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


class ChainReader:
    """Reads at one ledger contract. Every method raises CannotRead."""

    def __init__(self, rpc: Rpc, ledger: str) -> None:
        self._rpc = rpc
        self.ledger = ledger

    def _call(self, signature: str, argument: bytes, outputs: list[str]) -> tuple[object, ...]:
        data = keccak256(signature.encode())[:4] + encode(["bytes32"], [argument])
        raw = self._rpc.ask_bytes("eth_call", {"to": self.ledger, "data": as_hex(data)}, "latest")
        try:
            return decode(outputs, raw)
        except DecodingError as error:
            raise CannotRead(
                f"{signature} answered something unexpected, is this a footprint ledger?"
            ) from error

    def check_place(self, chain_id: int | None) -> int:
        """The node's chain id, which has to be `chain_id` if that is known, with a contract at the ledger."""
        stated = chain_id_of(self._rpc)
        if chain_id is not None and stated != chain_id:
            raise CannotRead(f"chain_id: the node is on chain {stated}, expected {chain_id}")
        if not self._rpc.ask_bytes("eth_getCode", self.ledger, "latest"):
            raise CannotRead(f"ledger: no contract at {self.ledger} on chain {stated}")
        return stated

    def attestation(self, id_: bytes) -> ChainAttestation:
        values = self._call("attestation(bytes32)", id_, _ATTESTATION_TYPES)
        names = (entry.name for entry in fields(ChainAttestation))
        return ChainAttestation(**dict(zip(names, values, strict=True)))  # type: ignore[arg-type]  # types above

    def coverage_bps(self, id_: bytes) -> int:
        """Allocated over the high bound, in basis points."""
        (value,) = self._call("coverage_bps(bytes32)", id_, ["uint256"])
        return int(str(value))

    def newest_block(self) -> int:
        return int.from_bytes(self._rpc.ask_bytes("eth_blockNumber"))

    def time_of(self, block: int) -> int:
        """Unix seconds of a block."""
        found = self._rpc.ask("eth_getBlockByNumber", hex(block), False)
        if not isinstance(found, dict):
            raise CannotRead(f"the node has no block {block}, expected one that keeps the whole chain")
        return int.from_bytes(hex_bytes(found.get("timestamp"), "eth_getBlockByNumber"))

    def logs(self, topics: list[bytes], first: int, last: int) -> list[object]:
        """Events of the ledger with these topics in a range of blocks, both ends included."""
        wanted: dict[str, object] = {
            "address": self.ledger,
            "topics": [as_hex(topic) for topic in topics],
            "fromBlock": hex(first),
            "toBlock": hex(last),
        }
        found = self._rpc.ask("eth_getLogs", wanted)
        if not isinstance(found, list):
            raise CannotRead("the node answered eth_getLogs with something other than a list")
        return found


def chain_id_of(rpc: Rpc) -> int:
    """Chain id that the node states. Raises CannotRead."""
    return int.from_bytes(rpc.ask_bytes("eth_chainId"))
