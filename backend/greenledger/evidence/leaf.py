"""One workload of a large batch, disclosed alone: its Merkle proof takes the place of all the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from greenledger.evidence import merkle
from greenledger.evidence.bundle import disclosed_workload_from_json
from greenledger.evidence.disclosure import Computed, DisclosedWorkload
from greenledger.evidence.structs import InvalidReport, bytes32, uint
from greenledger.footprint.workload import WORKLOAD_VERSION

MOST_SIBLINGS = 40  # as `verify_workload` of the ledger takes
BOUNDS = ("low_ug", "central_ug", "high_ug")


@dataclass(frozen=True, slots=True)
class DisclosedLeaf:
    """A disclosed workload and the sibling hashes up to the root.

    `stated_ug` is what its owner says that the leaf holds (low, central, high), None if that was left out.
    """

    disclosed: DisclosedWorkload
    proof: tuple[bytes, ...]
    stated_ug: tuple[int, int, int] | None


def is_leaf(obj: object) -> bool:
    """Whether a JSON value is meant as a leaf: it has a proof."""
    return isinstance(obj, Mapping) and "proof" in obj


def leaf_from_json(obj: Mapping[str, object], path: str = "workload") -> DisclosedLeaf:
    """Reads {"workload", "salt", "proof"}, with or without the three bounds. Raises InvalidReport."""
    siblings = obj["proof"]
    if not isinstance(siblings, list) or len(siblings) > MOST_SIBLINGS:
        raise InvalidReport(f"{path}.proof", "not a proof", f"a list of at most {MOST_SIBLINGS} hashes")
    stated = [name for name in BOUNDS if name in obj]
    if stated and len(stated) < len(BOUNDS):
        raise InvalidReport(f"{path}.{stated[0]}", "given alone", f"all of {', '.join(BOUNDS)}, or none")
    rest = {name: value for name, value in obj.items() if name != "proof" and name not in BOUNDS}
    low, central, high = (uint(obj.get(name, 0), 72, f"{path}.{name}") for name in BOUNDS)
    return DisclosedLeaf(
        disclosed_workload_from_json(rest, path),
        tuple(bytes32(sibling, f"{path}.proof[{at}]") for at, sibling in enumerate(siblings)),
        (low, central, high) if stated else None,
    )


def is_under(root: bytes, leaf: DisclosedLeaf, computed: Computed) -> bool:
    """Whether the leaf is under `root` with the bounds that were stated, or else with the recomputed ones.

    What `verify_workload` of the ledger checks, without a chain.
    """
    total = computed.estimate.total_ug
    bounds = leaf.stated_ug or (total.low, total.central, total.high)
    kind = computed.workload.kind.leaf_code
    return merkle.verify(
        root, merkle.workload_leaf(kind, WORKLOAD_VERSION, computed.hash, *bounds), leaf.proof
    )
