"""Inference by tokens: calibration against disclosures, batches, cached input, experts."""

from __future__ import annotations

from typing import Any

import pytest

from greenledger.footprint.estimate import Estimate, estimate
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.parsing import parse_workload

FACTORS = load_factor_set()
SITE = {"start": 1_750_000_000, "end": 1_750_086_400, "place": {"provider": "azure", "region": "eastus"}}
DISCLOSED_UWH = {
    "Google": 240_000,
    "Epoch": 300_000,
    "Microsoft": 310_000,
    "OpenAI": 340_000,
    "Jegham": 420_000,
}


def inference(**stated: Any) -> Estimate:
    return estimate(parse_workload({"kind": "inference", **SITE, **stated}), FACTORS)


def test_frontier_request__400_tokens_of_100_billion_parameters__is_between_the_disclosures() -> None:
    energy = inference(active_params=100 * 10**9, output_tokens=400).energy_uwh

    assert min(DISCLOSED_UWH.values()) <= energy.central <= max(DISCLOSED_UWH.values())


@pytest.mark.parametrize("source", sorted(DISCLOSED_UWH))
def test_frontier_request__of_each_disclosure__is_within_the_bounds(source: str) -> None:
    energy = inference(active_params=100 * 10**9, output_tokens=400).energy_uwh

    assert energy.low <= DISCLOSED_UWH[source] <= energy.high


@pytest.mark.parametrize(("input_tokens", "epoch_wh"), [(10_000, 2.4), (100_000, 40)])
def test_long_input__as_epoch_estimates_it__is_within_the_bounds(input_tokens: int, epoch_wh: float) -> None:
    energy = inference(active_params=100 * 10**9, input_tokens=input_tokens, output_tokens=500).energy_uwh

    assert energy.low <= epoch_wh * 10**6 <= energy.high


def test_batch__from_1_to_128__moves_energy_per_token_15_to_50_times() -> None:
    alone = inference(model="mistral-7b", output_tokens=10_000, batch=1).energy_uwh
    together = inference(model="mistral-7b", output_tokens=10_000, batch=128).energy_uwh

    assert 15 * together.central <= alone.central <= 50 * together.central


def test_batch__between_two_rows__takes_the_smaller_for_the_upper_bounds() -> None:
    between = inference(model="llama-3.1-8b", output_tokens=10_000, batch=48).energy_uwh
    smaller = inference(model="llama-3.1-8b", output_tokens=10_000, batch=32).energy_uwh
    larger = inference(model="llama-3.1-8b", output_tokens=10_000, batch=64).energy_uwh

    assert (between.low, between.central, between.high) == (larger.low, smaller.central, smaller.high)


def test_batch__beyond_the_table__is_said_in_a_warning() -> None:
    result = inference(model="llama-3.1-8b", output_tokens=1, batch=512)

    assert any(warning.startswith("batch: 512 is beyond the table") for warning in result.warnings)


def test_batch__not_stated__is_listed_as_a_default() -> None:
    fields = [used.field for used in inference(model="llama-3.1-8b", output_tokens=1).defaults]

    assert "batch" in fields


def test_cached_input__instead_of_fresh__never_costs_more() -> None:
    fresh = inference(model="llama-3.1-70b", input_tokens=8000, output_tokens=10).energy_uwh
    cached = inference(
        model="llama-3.1-70b", input_tokens=8000, output_tokens=10, cached_tokens=8000
    ).energy_uwh

    assert cached.central < fresh.central
    assert cached.high < fresh.high


def test_experts__not_active__widen_the_high_bound_but_not_the_low() -> None:
    sparse = inference(active_params=37 * 10**9, total_params=671 * 10**9, output_tokens=1000).energy_uwh
    dense = inference(active_params=37 * 10**9, output_tokens=1000).energy_uwh

    assert sparse.low == dense.low
    assert sparse.central > dense.central
    assert sparse.high > dense.high


def test_requests__times_tokens__equal_the_same_tokens_in_one() -> None:
    many = inference(model="qwen3-32b", requests=1000, input_tokens=20, output_tokens=30).energy_uwh
    one = inference(model="qwen3-32b", input_tokens=20_000, output_tokens=30_000).energy_uwh

    assert many == one


def test_requests__stated__give_the_intensity_per_request() -> None:
    result = inference(model="qwen3-32b", requests=1000, output_tokens=300)

    assert result.per_request_ug == result.total_ug.divided(1000)


def test_requests__and_nothing_else__is_a_published_average_of_tier_7() -> None:
    result = inference(requests=1000)

    assert result.tier == 7
    assert result.energy_uwh.central == 310_000_000
    assert any(used.factor == "request/published" for used in result.defaults)
