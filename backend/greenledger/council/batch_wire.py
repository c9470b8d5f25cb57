"""How a batch goes from one council node to another: JSON Lines in gzip, the report before its workloads."""

from __future__ import annotations

import json
import zlib
from collections.abc import AsyncIterable, AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from greenledger.council.collect import Peer
from greenledger.evidence.structs import InvalidReport

BATCH_PATH = "/v1/council/batches"
BATCH_SECONDS = 3_600.0
# What a peer gets of it: a million workloads take a node minutes, and a busy one several times that.
_LEAST_S, _S_PER_WORKLOAD = 60.0, 0.003
MAX_BATCH_BYTES = 2**31  # as compressed
MAX_HEADER_BYTES = 65_536
PIECE_BYTES = 262_144  # of what is unpacked or packed at once
_GZIP = zlib.MAX_WBITS | 16
_LEVEL = 1  # ten times smaller already; the salts, which do not shrink, are most of it

Lines = Callable[[], AsyncIterable[bytes]]
"""Begins the lines of a batch's workloads anew, in pieces of any size."""


async def packed(header: Mapping[str, Any], lines: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """The body of a request."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    buffer = packer.compress(json.dumps(header).encode() + b"\n")
    async for piece in lines:
        buffer += packer.compress(piece)
        if len(buffer) >= PIECE_BYTES:
            yield buffer
            buffer = b""
    yield buffer + packer.flush()


async def unpacked(body: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """The lines of a body in pieces of bounded size. Raises InvalidReport if it is no gzip or was cut off."""
    unpacker = zlib.decompressobj(_GZIP)
    async for packed_piece in body:
        rest, piece = packed_piece, b""
        # A full piece may have left more of itself inside, also when all of `rest` was taken in.
        while rest or len(piece) == PIECE_BYTES:
            piece = _unpack(unpacker, rest)
            rest = unpacker.unconsumed_tail
            yield piece
        if unpacker.unused_data:
            raise InvalidReport("body", "goes on after the end of its gzip", "one gzip stream")
    if not unpacker.eof:
        raise InvalidReport("body", "was cut off", "a gzip stream with its end")


def _unpack(unpacker: zlib._Decompress, packed_piece: bytes) -> bytes:
    try:
        return unpacker.decompress(packed_piece, PIECE_BYTES)
    except zlib.error:
        raise InvalidReport("body", "is not gzip", "JSON Lines packed by gzip") from None


async def split_header(pieces: AsyncIterator[bytes]) -> tuple[dict[str, Any], bytes]:
    """The first line, and what was read beyond it. Raises InvalidReport."""
    head = b""
    async for piece in pieces:
        head += piece
        if b"\n" in head or len(head) > MAX_HEADER_BYTES:
            break
    line, end, rest = head.partition(b"\n")
    try:
        header = json.loads(line) if end else None
    except (ValueError, RecursionError):
        header = None
    if not isinstance(header, dict):
        raise InvalidReport("body", "does not begin with a report", "an object {report} in the first line")
    return header, rest


async def all_of(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Pieces with one before them."""
    yield first
    async for piece in rest:
        yield piece


@dataclass(frozen=True)
class BatchPeer:
    """A peer that is asked to sign a batch: its lines are sent to it as fast as it recounts them."""

    peer: Peer
    lines: Lines
    count: int  # workloads

    @property
    def url(self) -> str:
        return self.peer.url

    async def sign(self, request: Mapping[str, Any]) -> bytes:
        """The signature the peer answers with, not yet checked. Raises PeerFailure."""
        body = packed(request, self.lines())
        headers = {"content-encoding": "gzip", "content-type": "application/x-ndjson"}
        timeout_s = min(BATCH_SECONDS, _LEAST_S + self.count * _S_PER_WORKLOAD)
        timeout = httpx.Timeout(timeout_s, connect=self.peer.timeout_s)
        return await self.peer.asked(BATCH_PATH, timeout_s, content=body, headers=headers, timeout=timeout)
