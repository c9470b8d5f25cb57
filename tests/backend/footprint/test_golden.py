"""Golden vectors: any change of any published integer is noticed here.

After a deliberate change of method or factors: python scripts/factors/golden.py data/golden.json
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from greenledger.evidence.canonical import canonical_bytes
from greenledger.evidence.disclosure import workload_hash
from greenledger.evidence.methodology import factor_root, methodology_id
from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.parsing import parse_workload

GOLDEN = json.loads((Path(__file__).parent / "data" / "golden.json").read_text(encoding="utf-8"))
FACTORS = load_factor_set()
VECTORS: dict[str, dict[str, Any]] = {vector["name"]: vector for vector in GOLDEN["vectors"]}


@pytest.mark.parametrize("name", sorted(VECTORS))
def test_vector__estimated_anew__has_the_same_integers(name: str) -> None:
    vector = VECTORS[name]
    fresh = estimate(parse_workload(vector["workload"]), FACTORS).as_json()

    assert {key: fresh[key] for key in vector["estimate"]} == vector["estimate"]


@pytest.mark.parametrize("name", sorted(VECTORS))
def test_vector__made_canonical__has_the_same_bytes_and_hash(name: str) -> None:
    vector = VECTORS[name]
    workload = parse_workload(vector["workload"])

    assert canonical_bytes(workload.canonical()).decode() == vector["canonical"]
    assert "0x" + workload_hash(workload, bytes(32)).hex() == vector["workload_hash_with_zero_salt"]


def test_methodology__of_the_newest_set__is_unchanged() -> None:
    assert FACTORS.set_id == GOLDEN["factor_set"]
    assert "0x" + factor_root(FACTORS).hex() == GOLDEN["factor_root"]
    assert "0x" + methodology_id(FACTORS).hex() == GOLDEN["methodology"]


def test_bloom__from_its_published_inputs__is_433_mwh_of_it_and_29_6_t() -> None:
    result = estimate(parse_workload(VECTORS["BLOOM-176B training"]["workload"]), FACTORS)

    assert result.it_energy_uwh.central == 433_196 * 10**9
    assert result.energy_uwh.central == 519_835_200_000_000
    assert result.operational_ug.central == 29_630_606_400_000
    assert result.tier == 3
