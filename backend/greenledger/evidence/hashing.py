"""Keccak-256, the hash of the EVM."""

from __future__ import annotations

from sha3 import keccak_256


def keccak256(data: bytes | bytearray) -> bytes:
    """32-byte Keccak-256 digest (the original padding of Ethereum, not SHA3-256)."""
    digest: bytes = keccak_256(data).digest()
    return digest
