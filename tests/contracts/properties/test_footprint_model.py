"""The footprint model on chain against Python, over workloads of every shape."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from footprint_model.comparison import assert_same, model
from hypothesis import given
from hypothesis import strategies as st

from greenledger.evidence.model_call import BeyondModel
from greenledger.footprint.factors import load_factor_set, published_sets
from greenledger.footprint.parsing import parse_workload
from properties.tiers import STEPS, counted

# The shapes of workloads stand beside the tests of the model in Python.
sys.path.append(str(Path(__file__).resolve().parents[2] / "backend" / "footprint"))
Workloads: Any = import_module("workload_strategies").Workloads

# For each set; together 40 at home, 300 in CI, 10,000 in the long run.
SETS = published_sets()
EXAMPLES = {"home": 40 // len(SETS), "ci": 300 // len(SETS), "long": 10_000 // len(SETS)}


@pytest.fixture(scope="module", autouse=True)
def _deployed() -> None:
    """Before the first test: what a test deploys itself is undone after it."""
    model()


@pytest.mark.parametrize("set_id", SETS)
@counted(**EXAMPLES)
@given(data=st.data())
def test_model__of_any_workload__gives_the_integers_of_python(set_id: str, data: st.DataObject) -> None:
    factors = load_factor_set(set_id)
    stated: dict[str, Any] = data.draw(Workloads(factors).any)
    try:
        assert_same(parse_workload(stated, factors), factors)
    except BeyondModel:
        return  # more rows than one call takes
    STEPS["FootprintModel"] += 1
