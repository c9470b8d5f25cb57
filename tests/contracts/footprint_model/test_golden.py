"""The golden vectors of every published set: the contract gives the same integers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from footprint_model.comparison import call_for, expected, integers
from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import load_factor_set, published_sets
from greenledger.footprint.parsing import parse_workload

FOLDER = Path(__file__).resolve().parents[2] / "backend" / "footprint" / "data" / "golden"
VECTORS: dict[str, tuple[str, dict[str, Any]]] = {
    f"{set_id}: {vector['name']}": (set_id, vector)
    for set_id in published_sets()
    for vector in json.loads((FOLDER / f"{set_id}.json").read_text())["vectors"]
}


def triple(stage: dict[str, str]) -> tuple[int, int, int]:
    return int(stage["low"]), int(stage["central"]), int(stage["high"])


@pytest.mark.parametrize("name", VECTORS)
def test_vector__estimated_on_chain__has_the_committed_integers_and_pythons(name: str) -> None:
    set_id, vector = VECTORS[name]
    factors = load_factor_set(set_id)
    workload = parse_workload(vector["workload"], factors)

    found = integers(call_for(workload, factors).send())

    assert found == expected(estimate(workload, factors))
    stated = vector["estimate"]
    for stage in set(found) & set(stated) - {"tier"}:
        assert found[stage] == triple(stated[stage])
    assert found["tier"] == stated["tier"]
