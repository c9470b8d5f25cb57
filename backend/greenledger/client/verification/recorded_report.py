"""Finds the report that an attestation was recorded with: the ledger keeps it in an event, not in storage.

The attestation holds the time of its block, and times of blocks never fall, so halving finds that block in
some thirty small questions. Only blocks of that one second are then searched for the event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from eth_abi.abi import decode
from eth_abi.exceptions import DecodingError

from greenledger.client.verification.chain_reader import ChainReader
from greenledger.client.verification.rpc import CannotRead, Refused, hex_bytes
from greenledger.evidence.hashing import keccak256
from greenledger.evidence.structs import TYPES, Footprint, FootprintReport, checksum_address

WIDEST = 10_000  # blocks in one question; providers that allow fewer say so, and get half

_TYPES = list(TYPES[Footprint].values())
_TUPLE = ",".join(_TYPES)
TOPIC = keccak256(f"FootprintRecorded(bytes32,address,bytes32,({_TUPLE}))".encode())

Told = Callable[[int, int], None]  # blocks that are ruled out by now, of how many


def _first_at_or_after(reader: ChainReader, time: int, first: int, last: int, told: Told) -> int:
    """The first block of [first, last] that is not before `time`; last + 1 if there is none."""
    size, low, high = last - first + 1, first, last + 1
    while low < high:
        middle = (low + high) // 2
        if reader.time_of(middle) < time:
            low = middle + 1
        else:
            high = middle
        told(size - (high - low), size)
    return low


def _ranges(first: int, last: int, width: int) -> Iterator[tuple[int, int]]:
    for start in range(first, last + 1, width):
        yield start, min(start + width - 1, last)


def _search(reader: ChainReader, id_: bytes, first: int, last: int) -> list[object]:
    """Events of the id in a range of blocks; a range that the node refuses is asked in two halves."""
    try:
        return reader.logs([TOPIC, id_], first, last)
    except Refused:
        if first == last:
            raise
    middle = (first + last) // 2
    return _search(reader, id_, first, middle) or _search(reader, id_, middle + 1, last)


def _read(event: object) -> FootprintReport:
    topics = event.get("topics") if isinstance(event, dict) else None
    if not isinstance(event, dict) or not isinstance(topics, list) or len(topics) != 4:
        raise CannotRead("the node answered eth_getLogs with something other than the event asked for")
    account = hex_bytes(topics[2], "eth_getLogs")[-20:]
    try:
        (values,) = decode([f"({_TUPLE})"], hex_bytes(event.get("data"), "eth_getLogs"))
    except DecodingError as error:
        raise CannotRead(
            "FootprintRecorded holds something unexpected, is this a footprint ledger?"
        ) from error
    footprint = Footprint(**dict(zip(TYPES[Footprint], values, strict=True)))
    return FootprintReport(checksum_address(f"0x{account.hex()}", "account"), footprint)


def recorded_report(
    reader: ChainReader, id_: bytes, recorded_at: int, first_block: int, told: Told
) -> FootprintReport:
    """The report of an attestation of time `recorded_at` (Unix seconds), not before `first_block`.

    What the node answers is not judged here: the caller compares the report's digest with the id. Raises
    CannotRead if the event is nowhere.
    """
    newest = reader.newest_block()
    first = _first_at_or_after(reader, recorded_at, first_block, newest, told)
    after = _first_at_or_after(reader, recorded_at + 1, first, newest, told)
    for start, end in _ranges(first, after - 1, WIDEST):
        if found := _search(reader, id_, start, end):
            return _read(found[0])
    raise CannotRead(
        f"the event of the attestation is not in the blocks of its time, {recorded_at}, from block"
        f" {first_block} on: is it the right ledger and a node that keeps old events?"
    )
