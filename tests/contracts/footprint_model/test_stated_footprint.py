"""Another contract checks a report's footprint against the model, without asking the council."""

from __future__ import annotations

from typing import Any

import boa
import pytest
from in_process import load

from footprint_model.comparison import Call, call_of, model, workload_of
from greenledger.evidence.factor_tree import FactorTree
from greenledger.evidence.methodology import methodology_id
from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import load_factor_set

STATED = {
    "kind": "training",
    "place": {"country": "FR"},
    "phases": [{"hardware": "h100-sxm-80gb", "device_seconds": 3_600_000_000}],
}
FACTORS = load_factor_set()
OWNER = boa.env.eoa


@pytest.fixture(scope="module")
def checker() -> Any:
    """With a ledger that has approved the newest factor set. Its council is never asked."""
    ledger = load("contracts/FootprintLedger.vy", OWNER, model().address)
    ledger.approve_methodology(methodology_id(FACTORS), "https://example.org/method")
    return load("tests/contracts/mocks/estimate_checker.vy", ledger.address, model().address)


def footprint() -> dict[str, Any]:
    """What a report of this one workload states."""
    result = estimate(workload_of(STATED), FACTORS)
    return {
        "root": b"\x01" * 32,
        "count": 1,
        "methodology": methodology_id(FACTORS),
        "period_start": 1,
        "period_end": 2,
        "energy_uwh": result.energy_uwh.central,
        "low_ug": result.total_ug.low,
        "central_ug": result.total_ug.central,
        "high_ug": result.total_ug.high,
        "market_ug": result.total_market_ug.central,
        "embodied_ug": result.embodied_ug.central,
        "water_ul": result.water_ul.central,
        "tier": result.tier,
        "supersedes": bytes(32),
        "valid_until": 3,
    }


def follows(checker: Any, stated: dict[str, Any], call: Call) -> bool:
    return bool(checker.follows(tuple(stated.values()), *call.arguments))


def test_footprint__as_the_model_gives_it__follows(checker: Any) -> None:
    assert follows(checker, footprint(), call_of(STATED))


@pytest.mark.parametrize(
    "name",
    [
        "energy_uwh",
        "low_ug",
        "central_ug",
        "high_ug",
        "market_ug",
        "embodied_ug",
        "water_ul",
        "tier",
        "count",
    ],
)
def test_footprint__with_one_integer_off_by_one__does_not_follow(checker: Any, name: str) -> None:
    stated = footprint()
    stated[name] += 1

    assert not follows(checker, stated, call_of(STATED))


def test_footprint__from_a_tree_of_ones_own_rows__is_of_no_approved_methodology(checker: Any) -> None:
    call = call_of(STATED)
    tree = FactorTree([FACTORS.row(key).canonical() for key in call.keys])
    call.root = tree.root
    proofs = [tree.proof(at) for at in range(len(call.keys))]
    call.proofs = [{"siblings": proof.siblings, "left": proof.left} for proof in proofs]

    assert call.answered()
    with boa.reverts("checker: methodology is not approved"):
        follows(checker, footprint(), call)
