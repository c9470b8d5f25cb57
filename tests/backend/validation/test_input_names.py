"""Names of inputs: unit, what they are per, and words; a word that nobody knows is never passed over."""

from __future__ import annotations

from fractions import Fraction

import pytest
from validation_runs import row_of

from greenledger.validation.names import read_name
from greenledger.validation.vocabulary import role_of


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("energy_mwh", "energy"),
        ("total_energy_gwh", "energy"),
        ("gpuEnergyKwh", "energy"),
        ("energy_kWh", "energy"),
        ("joules", "energy"),
        ("idle_energy_kwh", "idle-energy"),
        ("overhead_share", "idle-share"),
        ("kwh_per_1000_inferences", "energy-per-unit"),
        ("energy_per_token_j", "energy-per-unit"),
        ("gpu_hours", "device-time"),
        ("chip_days", "device-time"),
        ("gpu_hours_millions", "device-time"),
        ("node_hours", "server-time"),
        ("training_days", "wall-time"),
        ("weeks", "wall-time"),
        ("latency_ms", "time-per-unit"),
        ("audio_hours", "media-time"),
        ("video_seconds", "media-time"),
        ("seconds_of_speech", "media-time"),
        ("audio_seconds_per_request", "media-time"),
        ("seconds_per_video", "time-per-unit"),
        ("lifespan_s", "life"),
        ("lifetime_utilisation", "life-use"),
        ("power_w", "power-per-device"),
        ("tdp_w", "power-per-device"),
        ("system_power_w_per_accelerator", "power-per-device"),
        ("system_power_w", "power-whole"),
        ("it_power_mw", "power-whole"),
        ("node_power_kw", "power-per-server"),
        ("cpu_power_w", "component-power"),
        ("load_factor", "use"),
        ("gpu_utilization_pct", "use"),
        ("ci_g_per_kwh", "intensity"),
        ("carbon_intensity_kg_per_kwh", "intensity"),
        ("ci_kgco2e_kwh", "intensity"),
        ("grid_t_per_mwh", "intensity"),
        ("ef_lb_per_mwh", "intensity"),
        ("ci_g_per_kwh_market", "market-intensity"),
        ("residual_g_per_kwh", "residual-intensity"),
        ("contractual_coverage_pct", "coverage"),
        ("carbon_free_share", "coverage"),
        ("pue", "pue"),
        ("wue_l_per_kwh", "wue"),
        ("wue_offsite_ml_per_kwh", "grid-water"),
        ("embodied_kg_per_gpu", "embodied-per-device"),
        ("embodied_kg_per_server", "embodied-per-server"),
        ("te_g", "embodied"),
        ("baseboard_kg", "embodied"),
        ("gpus_per_node", "devices-per-server"),
        ("num_gpus", "devices"),
        ("count", "devices"),
        ("nodes", "servers"),
        ("queries", "requests"),
        ("requests_per_day", "unit-rate"),
        ("tokens_per_second", "token-rate"),
        ("images", "images"),
        ("prompt_tokens", "input-tokens"),
        ("completion_tokens", "output-tokens"),
        ("output_tokens_per_request", "output-tokens"),
        ("cached_input_tokens", "cached-tokens"),
        ("reasoning_tokens", "reasoning-tokens"),
        ("params_b", "params"),
        ("total_params", "total-params"),
        ("mfu", "mfu"),
        ("model_flops_utilization", "mfu"),
        ("peak_tflops_per_gpu", "peak"),
        ("achieved_tflops", "achieved"),
        ("flop_per_token", "flop-per-token"),
        ("petaflop_s_days", "flop"),
        ("operational_kg", "carbon"),
        ("scope1_3_g", "other-carbon"),
        ("water_ml_per_request", "water-per-unit"),
        ("year", "year"),
    ],
)
def test_name__that_sources_use__has_its_role(name: str, role: str) -> None:
    assert role_of(read_name(name)) == role


@pytest.mark.parametrize(
    "name", ["xyz", "foo_kwh", "idle_power_w", "warp_hours", "flux_g_per_kwh", "foo", "size"]
)
def test_name__with_an_unknown_word__has_no_role_that_is_used(name: str) -> None:
    row = row_of({"energy_mwh": 1, "ci_g_per_kwh": 100, name: 5}, 0.1, "tCO2e")

    assert row.verdict == f"not understood: inputs.{name}"
    assert not row.ok
    assert row.ours is None


def test_text__under_an_unknown_name__is_not_understood() -> None:
    assert row_of({"energy_mwh": 1, "foo": "bar"}, 1, "MWh").verdict == "not understood: inputs.foo"


def test_text__that_only_describes__is_no_obstacle() -> None:
    inputs = {"energy_mwh": 1, "scope": "final run", "benchmark": "v2", "notes": "none"}

    assert row_of(inputs, 1, "MWh").ok


def test_input_of_a_phase__that_is_unknown__is_named_by_its_path() -> None:
    inputs = {"phases": [{"gpu_hours": 1}, {"gpu_hours": 1, "warp": 2}], "power_w": 400}

    assert row_of(inputs, 0.8, "kWh").verdict == "not understood: inputs.phases[1].warp"


def test_two_inputs__that_contradict_each_other__are_reported() -> None:
    row = row_of({"gpu_hours": 100, "device_hours": 200, "power_w": 400}, 40, "kWh")

    assert row.verdict == "not understood: inputs.device_hours (contradicts inputs.gpu_hours)"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("energy_wh", 10_000_000),
        ("energy_kwh", 10_000),
        ("energy_mwh", 10),
        ("energy_gwh", 0.01),
        ("energy_gj", 36),
        ("energy_mj", 36_000),
        ("energy_j", 36_000_000_000),
    ],
)
def test_energy__in_any_unit__is_the_same(name: str, value: float) -> None:
    row = row_of({name: value, "ci_g_per_kwh": 400}, 4, "tCO2e", tolerance_pct=0)

    assert row.ours is not None
    assert row.ours[1] == 4


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ci_g_per_kwh", 400),
        ("ci_kg_per_kwh", 0.4),
        ("ci_t_per_mwh", 0.4),
        ("ci_kg_per_mwh", 400),
        ("ci_mg_per_kwh", 400_000),
    ],
)
def test_grid_intensity__in_any_unit__is_the_same(name: str, value: float) -> None:
    row = row_of({"energy_mwh": 10, name: value}, 4, "tCO2e", tolerance_pct=0)

    assert row.ours is not None
    assert row.ours[1] == 4


def test_scale__of_a_pound_per_megawatt_hour__is_exact() -> None:
    pound_ug, mwh_uwh = Fraction("453.59237") * 10**6, 10**12

    assert read_name("ef_lb_per_mwh").scale == pound_ug / mwh_uwh
