"""What an owner discloses to an auditor: a bundle, salted workloads, or leaves with their proofs."""

from __future__ import annotations

from dataclasses import dataclass

from greenledger.evidence.bundle import (
    MOST_WORKLOADS,
    EvidenceBundle,
    bundle_from_json,
    disclosed_workload_from_json,
)
from greenledger.evidence.disclosure import DisclosedWorkload
from greenledger.evidence.leaf import DisclosedLeaf, is_leaf, leaf_from_json
from greenledger.evidence.structs import InvalidReport


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Either all workloads of a report, or some of them as leaves. `bundle` is what they came in, if any."""

    workloads: tuple[DisclosedWorkload, ...] = ()
    leaves: tuple[DisclosedLeaf, ...] = ()
    bundle: EvidenceBundle | None = None

    @property
    def count(self) -> int:
        return len(self.workloads) + len(self.leaves)


def disclosure_from_json(obj: object) -> Disclosure:
    """Reads any of the forms. Raises InvalidReport naming the field."""
    if isinstance(obj, dict) and "workload" not in obj:
        bundle = bundle_from_json(obj)
        return Disclosure(workloads=bundle.workloads, bundle=bundle)
    items = [obj] if isinstance(obj, dict) else obj
    if not isinstance(items, list) or not 1 <= len(items) <= MOST_WORKLOADS:
        expected = f"a bundle, or 1 to {MOST_WORKLOADS} of {{workload, salt}}"
        raise InvalidReport("workloads", "not disclosed workloads", expected)
    proven = [is_leaf(item) for item in items]
    if not any(proven):
        return Disclosure(
            workloads=tuple(
                disclosed_workload_from_json(item, f"workloads[{at}]") for at, item in enumerate(items)
            )
        )
    if not all(proven):
        raise InvalidReport(
            f"workloads[{proven.index(False)}].proof", "missing", "a proof for each, or for none"
        )
    return Disclosure(leaves=tuple(leaf_from_json(item, f"workloads[{at}]") for at, item in enumerate(items)))
