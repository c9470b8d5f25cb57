"""Golden vectors of every published factor set: any change of any published integer is noticed here.

After a deliberate change of method or factors: python scripts/factors/golden.py data/golden/SET.json
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
from greenledger.footprint.factors import NEWEST, load_factor_set, published_sets
from greenledger.footprint.parsing import parse_workload

GOLDEN: dict[str, dict[str, Any]] = {
    file.stem: json.loads(file.read_text(encoding="utf-8"))
    for file in sorted((Path(__file__).parent / "data" / "golden").glob("*.json"))
}
VECTORS: dict[tuple[str, str], dict[str, Any]] = {
    (set_id, vector["name"]): vector for set_id, golden in GOLDEN.items() for vector in golden["vectors"]
}


@pytest.mark.parametrize(("set_id", "name"), sorted(VECTORS))
def test_vector__estimated_anew_with_its_set__has_the_same_integers(set_id: str, name: str) -> None:
    vector, factors = VECTORS[set_id, name], load_factor_set(set_id)
    fresh = estimate(parse_workload(vector["workload"], factors), factors).as_json()

    assert {key: fresh[key] for key in vector["estimate"]} == vector["estimate"]


@pytest.mark.parametrize(("set_id", "name"), sorted(VECTORS))
def test_vector__made_canonical__has_the_same_bytes_and_hash(set_id: str, name: str) -> None:
    vector = VECTORS[set_id, name]
    workload = parse_workload(vector["workload"], load_factor_set(set_id))

    assert canonical_bytes(workload.canonical()).decode() == vector["canonical"]
    assert "0x" + workload_hash(workload, bytes(32)).hex() == vector["workload_hash_with_zero_salt"]


@pytest.mark.parametrize("set_id", published_sets())
def test_methodology__of_each_published_set__is_unchanged(set_id: str) -> None:
    factors, golden = load_factor_set(set_id), GOLDEN[set_id]

    assert factors.set_id == golden["factor_set"] == set_id
    assert "0x" + factor_root(factors).hex() == golden["factor_root"]
    assert "0x" + methodology_id(factors).hex() == golden["methodology"]


def test_newest_set__is_the_last_of_the_published_ones() -> None:
    assert published_sets()[-1] == NEWEST


def test_bloom__from_its_published_inputs__is_433_mwh_of_it_and_29_6_t() -> None:
    result = estimate(parse_workload(VECTORS[NEWEST, "BLOOM-176B training"]["workload"]), load_factor_set())

    assert result.it_energy_uwh.central == 433_196 * 10**9
    assert result.energy_uwh.central == 519_835_200_000_000
    assert result.operational_ug.central == 29_630_606_400_000
    assert result.tier == 3
