"""The name of a methodology: model version and factor set in one hash."""

from __future__ import annotations

from functools import lru_cache

from greenledger.evidence.factor_tree import factor_tree
from greenledger.evidence.hashing import keccak256
from greenledger.evidence.words import as_hex
from greenledger.footprint.estimate import Estimate
from greenledger.footprint.factors import FactorSet, load_factor_set, published_sets

METHOD = "gal-footprint/1"


class UnknownMethodology(LookupError):
    """No shipped factor set makes this methodology. The message lists the known ones."""


@lru_cache(maxsize=8)
def factor_root(factors: FactorSet) -> bytes:
    """Merkle root over the rows in key order."""
    return factor_tree(factors.canonical_rows).root


@lru_cache(maxsize=8)
def methodology_id(factors: FactorSet) -> bytes:
    """keccak256(method || 0x00 || factor root): what a footprint names, and the ledger approves."""
    return keccak256(METHOD.encode() + b"\x00" + factor_root(factors))


def factor_set_of(methodology: bytes) -> FactorSet:
    """The shipped factor set that `methodology` names, also an old one. Raises UnknownMethodology."""
    known = {methodology_id(factors): factors for factors in map(load_factor_set, published_sets())}
    if methodology in known:
        return known[methodology]
    names = ", ".join(f"{as_hex(id_)} ({METHOD} with {factors.set_id})" for id_, factors in known.items())
    raise UnknownMethodology(
        f"{as_hex(methodology)} is not known, expected one of {names}; another version may know it"
    )


def methodology_as_json(factors: FactorSet) -> dict[str, str]:
    """What estimates under `factors` were made with: id, method, name and root of the factor set."""
    return {
        "id": as_hex(methodology_id(factors)),
        "method": METHOD,
        "factor_set": factors.set_id,
        "factor_root": as_hex(factor_root(factors)),
    }


def estimate_as_json(estimate: Estimate, factors: FactorSet) -> dict[str, object]:
    """The estimate's JSON with the methodology it was made under."""
    return estimate.as_json() | {"methodology": methodology_as_json(factors)}
