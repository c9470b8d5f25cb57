"""Evidence bundles of several workloads, and one of their workloads alone with its Merkle proof."""

from __future__ import annotations

from collections.abc import Sequence

from greenledger.evidence.bundle import EvidenceBundle
from greenledger.evidence.disclosure import DisclosedWorkload, build_footprint, compute
from greenledger.evidence.merkle import StandardTree
from greenledger.evidence.structs import FootprintReport
from greenledger.evidence.typed_data import footprint_domain, footprint_report_id
from greenledger.evidence.words import as_hex
from greenledger.footprint.factors import FactorSet

CHAIN_ID = 31337
LEDGER = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
ACCOUNT = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
VALID_UNTIL = 1_900_000_000


def bundle_vector(
    workloads: Sequence[dict[str, object]], alone: int, factors: FactorSet
) -> dict[str, object]:
    """A bundle of these workloads, and the one at position `alone` with its proof and bounds."""
    disclosed = [DisclosedWorkload(stated, at.to_bytes(32)) for at, stated in enumerate(workloads)]
    report = FootprintReport(ACCOUNT, build_footprint(disclosed, factors, VALID_UNTIL))
    id_ = footprint_report_id(report, footprint_domain(CHAIN_ID, LEDGER))
    computed = [compute(item, factors) for item in disclosed]
    total = computed[alone].estimate.total_ug
    return {
        "bundle": EvidenceBundle(CHAIN_ID, LEDGER, report, tuple(disclosed), id_).as_json(),
        "leaf": {
            "workload": disclosed[alone].workload,
            "salt": as_hex(disclosed[alone].salt),
            "proof": [as_hex(node) for node in StandardTree([one.leaf for one in computed]).proof(alone)],
            "low_ug": str(total.low),
            "central_ug": str(total.central),
            "high_ug": str(total.high),
        },
    }
