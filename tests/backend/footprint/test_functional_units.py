"""Units other than text tokens, hidden reasoning, closed models, and the SCI with its two personas."""

from __future__ import annotations

from typing import Any

import pytest

from greenledger.footprint.estimate import Estimate, estimate
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.fields import InvalidWorkload
from greenledger.footprint.parsing import parse_workload
from greenledger.footprint.ranges import Range

FACTORS = load_factor_set()
SITE = {"start": 1_750_000_000, "end": 1_750_086_400, "place": {"country": "US"}, "pue_ppm": 1_000_000}
CLOSED = tuple(
    name
    for name in FACTORS.names("model/", "/active-params")
    if FACTORS.row(f"model/{name}/active-params").value.low
    != FACTORS.row(f"model/{name}/active-params").value.high
)


def of(**stated: Any) -> Estimate:
    return estimate(parse_workload({"kind": "inference", **SITE, **stated}, FACTORS), FACTORS)


def refused(**stated: Any) -> set[str]:
    with pytest.raises(InvalidWorkload) as caught:
        of(**stated)
    return {error.field for error in caught.value.errors}


@pytest.mark.parametrize("task", FACTORS.names("task/"))
def test_task__of_the_catalogue__is_its_published_average_times_the_units(task: str) -> None:
    row = FACTORS.row(f"task/{task}")
    result = of(task=task, units=3000)

    assert result.energy_uwh.central == row.value.central * 3
    assert result.tier == 7
    assert row.unit.startswith("nWh/")


def test_task__unknown__is_refused_with_the_nearest_name() -> None:
    with pytest.raises(InvalidWorkload, match="image-generation"):
        of(task="image-generatoin", units=1)


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ({"task": "image-generation"}, "units"),
        ({"units": 5}, "task"),
        ({"task": "image-generation", "units": 1, "output_tokens": 5}, "output_tokens"),
        ({"task": "image-generation", "units": 0}, "units"),
        ({"model": "llama-3.1-8b", "output_tokens": 5, "reasoning_tokens": 6}, "reasoning_tokens"),
    ],
)
def test_units__with_one_thing_wrong__name_the_field(stated: dict[str, Any], field: str) -> None:
    assert field in refused(**stated)


def test_reasoning_tokens__are_a_part_of_the_output_and_cost_nothing_twice() -> None:
    hidden = of(model="llama-3.1-8b", output_tokens=1000, reasoning_tokens=900)
    shown = of(model="llama-3.1-8b", output_tokens=1000)

    assert hidden.total_ug == shown.total_ug


@pytest.mark.parametrize("model", CLOSED)
def test_closed_model__is_a_range_of_estimates_with_a_warning_and_tier_6(model: str) -> None:
    result = of(model=model, output_tokens=400)

    assert any("publishes no parameters" in warning for warning in result.warnings)
    assert result.tier >= 6
    assert "estimated parameters" in result.tier_reason


def test_catalogue__names_closed_models() -> None:
    assert len(CLOSED) >= 5


def test_sci__of_a_serving__is_for_the_consumer__of_a_training_for_the_provider() -> None:
    unit = {"name": "million tokens", "count": 7}
    serving = of(model="llama-3.1-8b", output_tokens=7_000_000, functional_unit=unit)
    training = estimate(
        parse_workload(
            {
                **SITE,
                "kind": "training",
                "measured_uwh": 10**12,
                "measurement_scope": "node",
                "functional_unit": {"name": "10^9 parameters", "count": 8},
            },
            FACTORS,
        ),
        FACTORS,
    )

    assert serving.sci is not None
    assert (serving.sci.persona, serving.sci.unit) == ("consumer", "million tokens")
    assert serving.sci.per_unit_ug == serving.total_ug.divided(7)
    assert training.sci is not None
    assert training.sci.persona == "provider"
    assert training.as_json()["sci"] == training.sci.as_json()


def test_sci__without_a_functional_unit__is_not_stated() -> None:
    result = of(model="llama-3.1-8b", output_tokens=1)

    assert result.sci is None
    assert "sci" not in result.as_json()


def test_sci__is_location_based_whatever_the_contracts_say() -> None:
    contract = {"energy_uwh": 10**15, "grid_mg_per_kwh": 0, "evidence": "0x" + "ab" * 32}
    unit = {"name": "request", "count": 1}
    stated: dict[str, Any] = {"model": "llama-3.1-8b", "output_tokens": 10**6, "functional_unit": unit}

    assert of(**stated, contracts=[contract]).sci == of(**stated).sci


def test_node__of_eight_accelerators__holds_its_server_already() -> None:
    node = next(iter(FACTORS.names("hardware/", "/accelerators")))
    phase = {"hardware": node, "device_seconds": 3600}
    work = {**SITE, "kind": "training", "phases": [phase]}
    result = estimate(parse_workload(work, FACTORS), FACTORS)

    assert "server-share/embodied" not in result.factors
    made, life = FACTORS.row(f"hardware/{node}/embodied").value, FACTORS.row("hardware-life").value
    assert result.embodied_ug == (made * Range.exact(3600) * 1000).divided_by(life)
