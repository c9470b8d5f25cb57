"""A disclosed job, its footprint and its report."""

from __future__ import annotations

import pytest

from greenledger.evidence.disclosure import DisclosedWorkload, build_footprint
from greenledger.evidence.typed_data import Domain, FootprintReport, footprint_domain
from greenledger.footprint.factors import FactorSet, load_factor_set

ACCOUNT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
LEDGER = "0x5FbDB2315678afecb367f032d93F642f64180aa3"


def job(name: str, device_seconds: int) -> dict[str, object]:
    return {
        "kind": "training",
        "name": name,
        "start": 1_700_000_000,
        "end": 1_700_086_400,
        "place": {"country": "FR"},
        "phases": [{"hardware": "a100-sxm-80gb", "device_seconds": str(device_seconds)}],
    }


@pytest.fixture(scope="session")
def factors() -> FactorSet:
    return load_factor_set()


@pytest.fixture
def disclosed() -> list[DisclosedWorkload]:
    return [DisclosedWorkload(job(f"run {i}", 3600 * (i + 1)), bytes([i]) * 32) for i in range(3)]


@pytest.fixture
def report(disclosed: list[DisclosedWorkload], factors: FactorSet) -> FootprintReport:
    return FootprintReport(ACCOUNT, build_footprint(disclosed, factors, valid_until=1_800_000_000))


@pytest.fixture
def domain() -> Domain:
    return footprint_domain(31337, LEDGER)
