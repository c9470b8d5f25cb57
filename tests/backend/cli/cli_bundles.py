"""Honest bundles, and what an owner discloses of them."""

from __future__ import annotations

from typing import Any

from greenledger.evidence.bundle import EvidenceBundle
from greenledger.evidence.disclosure import DisclosedWorkload, build_footprint
from greenledger.evidence.typed_data import FootprintReport, footprint_domain, footprint_report_id
from greenledger.footprint.factors import FactorSet

ACCOUNT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
LEDGER = "0x5FbDB2315678afecb367f032d93F642f64180aa3"


def make_bundle(count: int, factors: FactorSet, **where: Any) -> EvidenceBundle:
    """An honest bundle of `count` workloads; `where` changes account, ledger or valid_until."""
    ledger = where.get("ledger", LEDGER)
    disclosed = tuple(
        DisclosedWorkload(
            {
                "kind": "fine-tuning",
                "start": 1_740_000_000,
                "end": 1_740_086_400,
                "place": {"country": "FR"},
                "phases": [{"hardware": "h100-sxm-80gb", "device_seconds": str(691200 + index)}],
            },
            bytes([index + 1]) * 32,
        )
        for index in range(count)
    )
    footprint = build_footprint(disclosed, factors, where.get("valid_until", 1_760_000_000))
    report = FootprintReport(where.get("account", ACCOUNT), footprint)
    id_ = footprint_report_id(report, footprint_domain(31337, ledger))
    return EvidenceBundle(31337, ledger, report, disclosed, id_)


def id_of(bundle: EvidenceBundle) -> str:
    return f"0x{bundle.id.hex()}"


def disclosed(bundle: EvidenceBundle) -> list[dict[str, Any]]:
    """The bundle's workloads with their salts."""
    workloads = bundle.as_json()["workloads"]
    assert isinstance(workloads, list)
    return workloads
