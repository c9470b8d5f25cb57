"""The hash chain of a certificate's allocations as its documentation states it, apart from the contract."""

from __future__ import annotations

from typing import Any

from eth_abi import encode
from eth_utils import keccak
from reports import ZERO

LINK = ["bytes32", "bytes32", "address", "uint72"]


def chain_of(allocations: list[dict[str, Any]], before: bytes = ZERO) -> bytes:
    """The chain that stood at `before` and then took these allocations."""
    chain = before
    for item in allocations:
        link = encode(LINK, [chain, item["attestation"], item["account"], item["amount_ug"]])
        chain = keccak(link)[:23] + bytes(9)
    return chain
