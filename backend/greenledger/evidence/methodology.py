"""The name of a methodology: model version and factor set in one hash."""

from __future__ import annotations

from functools import lru_cache

from greenledger.evidence.hashing import keccak256
from greenledger.evidence.words import as_hex
from greenledger.footprint.estimate import Estimate
from greenledger.footprint.factors import FactorSet

METHOD = "gal-footprint/1"

_LEAF = b"\x00"
_NODE = b"\x01"


@lru_cache(maxsize=8)
def _root(rows: tuple[bytes, ...]) -> bytes:
    level = [keccak256(_LEAF + row) for row in rows]
    while len(level) > 1:
        above = [keccak256(_NODE + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = above + level[2 * len(above) :]
    return level[0]


def factor_root(factors: FactorSet) -> bytes:
    """Merkle root over the rows in key order: leaf keccak256(0x00 || row), node keccak256(0x01 || l || r).

    Pairs are taken left to right; an odd last node moves up unchanged. Prefixes keep leaves and nodes apart.
    """
    return _root(factors.canonical_rows)


def methodology_id(factors: FactorSet) -> bytes:
    """keccak256(method || 0x00 || factor root): what a footprint names, and the ledger approves."""
    return keccak256(METHOD.encode() + b"\x00" + factor_root(factors))


def estimate_as_json(estimate: Estimate, factors: FactorSet) -> dict[str, object]:
    """The estimate's JSON with the methodology it was made under."""
    methodology = {
        "id": as_hex(methodology_id(factors)),
        "method": METHOD,
        "factor_set": factors.set_id,
        "factor_root": as_hex(factor_root(factors)),
    }
    return estimate.as_json() | {"methodology": methodology}
