"""Classes of statements: what each becomes, seen in the figure that the model gives for it."""

from __future__ import annotations

from typing import Any

import pytest
from validation_runs import FACTORS, row_of, run_of

from greenledger.validation.mapping import map_run

TRAINING: list[tuple[dict[str, Any], float, str]] = [
    ({"count": 512, "system_power_w_per_accelerator": 310, "days": 20, "pue": 1.12}, 85.328, "MWh"),
    ({"nodes": 48, "gpus_per_node": 8, "days": 118, "power_w": 400}, 434.96, "MWh"),
    ({"node_hours": 1000, "node_power_kw": 6.5, "pue": 1.2}, 7.8, "MWh"),
    ({"node_hours": 1000, "gpus_per_node": 8, "tdp_w": 400}, 3.2, "MWh"),
    ({"hardware": "P100x8", "system_power_w": 1415.78, "hours": 12}, 16.99, "kWh"),
    ({"accelerator": "V100x64", "power_w": 250, "hours": 10}, 160, "kWh"),
    ({"gpus": 8, "power_kw": 5.6, "hours": 1}, 5.6, "kWh"),
    ({"it_power_mw": 22, "weeks": 14, "load_factor": 0.84}, 43.465, "GWh"),
    ({"gpu_hours": 1000, "power_w": 400, "utilization_pct": 70}, 280, "kWh"),
    ({"accelerator": "A100 PCIe 40GB", "gpu_hours": 1000}, 250, "kWh"),
    ({"a100_hours": 1000, "tdp": 400}, 400, "kWh"),
    ({"num_tpu_v4_chips": 1024, "days": 10, "power_w": 200}, 49.152, "MWh"),
    ({"cpu_power_w": 42.5, "gpu_power_w": 250, "ram_power_w": 7.5, "duration_h": 2}, 600, "Wh"),
    ({"pretraining_energy_mwh": 100, "finetuning_energy_mwh": 20}, 120, "MWh"),
    ({"total_energy_mwh": 100, "gpu_energy_mwh": 80}, 100, "MWh"),
    ({"energy_kwh": 100, "idle_energy_kwh": 50, "pue": 1.2}, 170, "kWh"),
    ({"energy_mwh": 100, "pue": 1.2, "pue_included": True}, 100, "MWh"),
    ({"energy_wh": 0.24, "overhead_share": 0.08}, 0.24, "Wh"),
    ({"energy_mwh": 10, "wue_l_per_kwh": 1.5}, 15, "m3"),
    ({"energy_mwh": 10, "wue_l_per_kwh": 1.5, "pue": 1.2}, 18_000, "L"),
    ({"energy_mwh": 10, "wue_onsite_l_per_kwh": 0.5, "wue_offsite_l_per_kwh": 3, "pue": 1.2}, 41, "kL"),
    ({"energy_mwh": 10, "emissions_t": 4}, 400, "gCO2e/kWh"),
    ({"energy_mwh": 10, "ci_g_per_kwh": 400, "embodied_t": 1}, 5, "tCO2e"),
    ({"energy_mwh": 10, "ci_g_per_kwh": 400, "scope3_t": 1}, 5, "tCO2e"),
    ({"energy_mwh": 100, "ci_g_per_kwh": 400, "contractual_coverage_pct": 60}, 16, "tCO2e (market-based)"),
    ({"energy_mwh": 100, "ci_g_per_kwh": 400, "carbon_free_share": 0.6, "accounting": "net"}, 16, "tCO2e"),
    ({"energy_mwh": 100, "ci_g_per_kwh": 400, "carbon_free_share": 0.6, "accounting": "gross"}, 40, "tCO2e"),
    ({"energy_mwh": 100, "ci_g_per_kwh_market": 94}, 9.4, "tCO2e"),
    ({"energy_mwh": 1, "ef_lb_per_kwh": 0.954}, 954, "lb CO2e"),
    ({"emissions_t": 552, "ci_g_per_kwh": 429}, 1286.7, "MWh"),
    ({"gpu_hours": 1000, "power_w": 400, "pue": 1.2, "wue_l_per_kwh": 1.5}, 720, "L"),
    ({"energy_mwh_incl_pue": 12, "pue": 1.2, "wue_l_per_kwh": 1.5}, 18, "m3"),
    ({"training_flop": 3.14e23, "achieved_tflops_per_gpu": 24.6, "power_w": 330, "pue": 1.1}, 1287, "MWh"),
    ({"params_b": 175, "tokens_b": 300, "mfu": 0.213, "accelerator": "V100", "power_w": 330}, 1084.5, "MWh"),
    (
        {"phases": [{"gpus": 100, "hours": 10, "power_w": 100}, {"gpus": 10, "hours": 10, "power_w": 200}]},
        120,
        "kWh",
    ),
]
INFERENCE: list[tuple[dict[str, Any], float, str]] = [
    ({"energy_kwh": 914, "requests": 230_768}, 3.961, "Wh/request"),
    ({"energy_kwh": 2.907, "images": 1000}, 2.907, "Wh/image"),
    ({"wh_per_query": 0.34, "queries_per_day": 1e9}, 124.1, "GWh/year"),
    ({"wh_per_query": 0.34, "queries": 1e9}, 340, "MWh"),
    ({"energy_j_per_output_token": 3.6, "output_tokens": 400}, 0.4, "Wh/response"),
    ({"energy_j_per_response": 1440, "mean_output_tokens": 400}, 3.6, "J/token"),
    ({"gpu_wh_per_prompt": 0.14, "host_wh_per_prompt": 0.06}, 0.2, "Wh/prompt"),
    ({"kwh_per_1000_inferences": 2.907}, 2.907, "kWh/1000 inferences"),
    ({"power_w": 700, "latency_s": 3.6}, 0.7, "Wh/request"),
    ({"power_kw": 5.6, "tokens_per_second": 2000}, 2.8, "J/token"),
    (
        {"active_params_b": 100, "output_tokens": 500, "peak_tflops": 989, "mfu": 0.1, "power_w": 1050},
        0.29491,
        "Wh/query",
    ),
    ({"water_ml": 500, "requests": 25}, 20, "mL/request"),
    ({"carbon_g_per_request": 0.03, "requests": 1e9}, 30, "tCO2e"),
    ({"energy_wh": 0.24, "ci_g_per_kwh_market": 94, "scope1_3_g": 0.01}, 0.03256, "gCO2e/prompt"),
]
MADE: list[tuple[dict[str, Any], float, str]] = [
    (
        {
            "gpu_hours": 1_082_990,
            "embodied_kg_per_gpu": 150,
            "lifetime_years": 6,
            "lifetime_utilisation": 0.85,
        },
        3.636,
        "tCO2e",
    ),
    ({"count": 384, "days": 118, "embodied_kg_per_gpu": 150, "lifetime_years": 6}, 3.103, "tCO2e"),
    ({"te_g": 1_200_000, "duration_s": 3600, "lifespan_s": 126_144_000}, 34.2466, "gCO2e"),
    (
        {
            "te_g": 1533.12,
            "duration_s": 3600,
            "lifespan_s": 94_608_000,
            "resources_reserved": 1,
            "resources_total": 8,
        },
        0.007292,
        "gCO2e",
    ),
    ({"baseboard_kg": 1312, "gpus": 8}, 164, "kgCO2e/GPU"),
    ({"server_kg": 5700, "gpus_per_server": 8}, 712.5, "kgCO2e/GPU"),
]
PER_UNIT: list[tuple[dict[str, Any], float, str]] = [
    ({"carbon_g": 5.02, "requests": 100}, 0.0502, "gCO2e/request"),
    ({"energy_kwh": 10, "ci_g_per_kwh": 400, "embodied_g": 1000, "requests": 1000}, 5, "gCO2e/request"),
    ({"operational_kg": 10, "embodied_kg": 5, "images": 1000}, 15, "gCO2e/image"),
    ({"operational_kg": 5000, "embodied_kg": 1500, "tokens": 5e10}, 130, "gCO2e/1M tokens"),
    ({"total_kg": 75_000, "parameters_b": 2.5}, 30_000, "kgCO2e/1e9 parameters"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "inputs", "value", "unit"),
    [
        (kind, *case)
        for kind, cases in {
            "training": TRAINING,
            "inference": INFERENCE,
            "embodied": MADE,
            "sci": PER_UNIT,
        }.items()
        for case in cases
    ],
)
def test_statement__of_each_class__gives_its_figure(
    kind: str, inputs: dict[str, Any], value: float, unit: str
) -> None:
    row = row_of(inputs, value, unit, kind=kind, tolerance_pct=0.02)

    assert row.ok, (row.verdict, row.ours)


def test_power__of_the_source__is_all_the_power_it_counts() -> None:
    phase = map_run(run_of({"gpu_hours": 10, "power_w": 400}, 4, "kWh"), FACTORS).workload["phases"][0]

    assert phase["power_scope"] == "system"


def test_no_power__in_a_default_run__is_left_to_our_factors() -> None:
    run = run_of(
        {"gpu_hours": 10, "accelerator": "A100", "pue": 1}, 4, "kWh", use="default", tolerance_pct=10
    )

    assert "power_mw" not in map_run(run, FACTORS).workload["phases"][0]


def test_no_power_and_no_accelerator__is_not_understood() -> None:
    row = row_of({"gpu_hours": 10, "accelerator": "Abacus 3"}, 4, "kWh")

    assert row.verdict.startswith("not understood: inputs (no power, and no accelerator 'Abacus 3'")


def test_place__that_is_needed_and_unknown__is_not_understood() -> None:
    assert row_of({"energy_mwh": 1, "region": "Atlantis"}, 1, "tCO2e").verdict.startswith("not understood")


def test_place__that_is_not_needed_and_unknown__is_a_note() -> None:
    row = row_of({"energy_mwh": 1, "ci_g_per_kwh": 100, "region": "Atlantis"}, 0.1, "tCO2e")

    assert row.ok
    assert "Atlantis" in row.note


def test_run__with_a_year__uses_the_grid_of_that_year() -> None:
    run = run_of({"energy_mwh": 1, "country": "USA", "year": 2019}, 0.4, "tCO2e", use="default")

    assert map_run(run, FACTORS).workload["start"] == "1546300800"  # 2019-01-01


def test_reference_assumption__where_the_place_is_known__gives_way_to_our_grid_factor() -> None:
    inputs = {"energy_mwh": 1, "country": "USA", "reference_assumption": {"pue": 1.1, "ci_g_per_kwh": 1}}
    workload = map_run(run_of(inputs, 0.4, "tCO2e", use="default"), FACTORS).workload

    assert "grid_mg_per_kwh" not in workload
    assert workload["pue_ppm"] == "1100000"


def test_tool_output__of_a_model_and_tokens__is_compared_with_the_model() -> None:
    run = run_of(
        {"model": "GPT-4o", "output_tokens": 400}, 0.58, "Wh/request", kind="tool_output", use="band"
    )

    assert map_run(run, FACTORS).workload["kind"] == "inference"


def test_measurement__of_a_model_in_a_band_run__is_compared_with_the_model_and_not_with_itself() -> None:
    inputs = {
        "model": "Llama-2-7b-chat-hf",
        "batch_size": 1,
        "energy_j_per_response": 1,
        "output_tokens": 420,
    }
    workload = map_run(run_of(inputs, 4, "J/token", kind="inference", use="band"), FACTORS).workload

    assert workload["model"] == "llama-2-7b"
    assert "measured_uwh" not in workload


@pytest.mark.parametrize(
    ("inputs", "what"),
    [
        ({"energy_mwh": 1}, "expected.unit 'bananas'"),
        ({"energy_mwh": 1, "year": 1800}, "inputs.year 1800 (expected one from 2010 to 2099)"),
        ({"requests": 0, "energy_kwh": 1}, "inputs (a figure per nothing)"),
    ],
)
def test_nonsense__is_reported_and_never_raised(inputs: dict[str, Any], what: str) -> None:
    unit = "bananas" if "bananas" in what else "Wh/request"

    assert row_of(inputs, 1, unit, kind="inference").verdict == f"not understood: {what}"
