"""Keccak-256, the hash of the EVM."""

from __future__ import annotations

from Crypto.Hash import keccak


def keccak256(data: bytes) -> bytes:
    """32-byte Keccak-256 digest (the original padding of Ethereum, not SHA3-256)."""
    return keccak.new(digest_bits=256, data=data).digest()
