"""Every workload that validation makes of a published run: the contract gives the same integers as Python."""

from __future__ import annotations

import pytest

from footprint_model.comparison import FACTORS, assert_same
from greenledger.footprint.estimate import Estimate, estimate
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.workload import Workload
from greenledger.validation import mapping
from greenledger.validation.runs import published_runs
from greenledger.validation.verdicts import validate

# Those whose inputs name no work: a constant of another tool, a total without its inputs.
LEAST_WORKLOADS = 61


@pytest.fixture(scope="module")
def workloads() -> list[Workload]:
    """What was estimated while all published runs were judged."""
    found: list[Workload] = []

    def recorded(workload: Workload, factors: FactorSet) -> Estimate:
        found.append(workload)
        return estimate(workload, factors)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mapping, "estimate", recorded)
        validate(published_runs(), FACTORS)
    return list(dict.fromkeys(found))


def test_published_runs__all_of_them__are_the_same_on_chain(workloads: list[Workload]) -> None:
    for workload in workloads:
        assert_same(workload)
    assert len(workloads) >= LEAST_WORKLOADS
