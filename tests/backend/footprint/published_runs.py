"""Published runs as workloads: one generic mapping of a case's inputs, never one case by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

CASES: dict[str, dict[str, Any]] = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parent / "data" / "cases.json").read_text(encoding="utf-8"),
        parse_float=Decimal,
        parse_int=Decimal,
    )
}
HARDWARE = {
    "TPUv3": "tpu-v3",
    "TPUv4": "tpu-v4",
    "A100-80GB": "a100-sxm-80gb",
    "A100 PCIe 40GB": "a100-pcie-40gb",
    "P100x8": "p100",
    "V100x64": "v100-sxm2-16gb",
}
GRAMS_PER_LB = Decimal("453.59237")
START, YEAR_S = 1_672_531_200, 31_536_000  # 2023, long enough for every device time below

Inputs = dict[str, Any]


def whole(value: Decimal) -> str:
    """A base-unit integer as a decimal string; the inputs are exact to far more than a base unit."""
    return str(int(value.to_integral_value()))


def first(inputs: Inputs, scales: dict[str, Decimal]) -> Decimal | None:
    """The one of several spellings that a case uses, in base units."""
    return next(
        (inputs[name] * scale for name, scale in scales.items() if inputs.get(name) is not None), None
    )


def measured(inputs: Inputs) -> Inputs:
    kwh, mwh, wh = Decimal(10**9), Decimal(10**12), Decimal(10**6)
    if "accelerator_wh" in inputs:
        nodes = inputs["accelerator_wh"] + inputs["host_wh"]
        other = inputs["idle_wh"] + inputs["overhead_wh"]
        return {
            "measured_uwh": whole(nodes * wh),
            "measurement_scope": "node",
            "pue_ppm": "1000000",
            "idle_uwh": whole(other * wh),
        }
    energy = first(
        inputs,
        {
            "energy_kwh": kwh,
            "energy_mwh": mwh,
            "gpu_energy_mwh": mwh,
            "energy_mwh_incl_pue": mwh,
            "idle_energy_kwh": kwh,
            "energy_wh": wh,
        },
    )
    if energy is None:
        return {}
    if "wue_l_per_kwh" in inputs and "pue" in inputs:
        # The source takes its water on the facility's energy.
        return {"measured_uwh": whole(energy * inputs["pue"]), "measurement_scope": "facility"}
    if "overhead_share" in inputs:
        energy *= 1 - inputs["overhead_share"]
    scope = "node" if inputs.get("pue") is not None or "reference_assumption" in inputs else "facility"
    return {"measured_uwh": whole(energy), "measurement_scope": scope}


def device_hours(inputs: Inputs) -> Decimal | None:
    if "phases" in inputs:
        return sum((Decimal(phase["count"] * phase["hours"]) for phase in inputs["phases"]), Decimal(0))
    if "it_power_mw" in inputs:
        return Decimal(inputs["it_power_mw"] * 1000 * inputs["weeks"] * 168)  # devices of 1 kW
    if "flop_per_token" in inputs:
        seconds = inputs["flop_per_token"] * inputs["output_tokens"] / (inputs["peak_flops"] * inputs["mfu"])
        return Decimal(1_000_000 * seconds / 3600)  # of a million queries, as seconds are whole
    hours = first(inputs, {"gpu_hours": Decimal(1), "hours": Decimal(1), "days": Decimal(24)})
    return None if hours is None else hours * inputs.get("count", Decimal(1))


def phases(inputs: Inputs) -> Inputs:
    hours = device_hours(inputs)
    if hours is None:
        return {}
    watts = first(
        inputs,
        {"system_power_w_per_accelerator": Decimal(1), "power_w": Decimal(1), "system_power_w": Decimal(1)},
    )
    phase = {
        "hardware": HARDWARE.get(str(inputs.get("accelerator") or inputs.get("hardware")), "a100-sxm-80gb"),
        "device_seconds": whole(hours * 3600),
        "power_mw": whole((watts or Decimal(1000)) * 1000),
        "power_scope": "system",
    }
    share = inputs.get("load_factor") or inputs.get("power_utilisation")
    if share is not None:
        phase["utilisation_ppm"] = whole(share * 1_000_000)
    return {"phases": [phase]}


def site(inputs: Inputs, energy: Inputs) -> Inputs:
    stated: Inputs = {}
    assumed = inputs.get("reference_assumption", {})
    if energy.get("measurement_scope") != "facility" and "pue_ppm" not in energy:
        # Without a PUE in the source, its boundary ends at the IT equipment.
        pue = inputs.get("pue") or assumed.get("pue") or Decimal(1)
        stated["pue_ppm"] = whole(pue * 1_000_000)
    grid = first(inputs, {"ci_g_per_kwh": Decimal(1000), "ef_lb_per_kwh": GRAMS_PER_LB * 1000})
    if grid is not None:
        stated["grid_mg_per_kwh"] = whole(grid)
    if "wue_l_per_kwh" in inputs:
        stated["wue_ul_per_kwh"] = whole(inputs["wue_l_per_kwh"] * 1_000_000)
    return stated


def contracts(inputs: Inputs, energy: Inputs) -> Inputs:
    evidence = "0x" + "ab" * 32
    if "ci_g_per_kwh_market" in inputs:
        grid = whole(inputs["ci_g_per_kwh_market"] * 1000)
        return {
            "contracts": [
                {"energy_uwh": energy["measured_uwh"], "grid_mg_per_kwh": grid, "evidence": evidence}
            ]
        }
    if inputs.get("contractual_coverage_pct") == 100:
        return {"contracts": [{"energy_uwh": str(10**18), "grid_mg_per_kwh": "0", "evidence": evidence}]}
    return {}


def workload_of(case: dict[str, Any]) -> Inputs:
    """The workload that a case describes, in the United States where its grid is not stated."""
    inputs = case["inputs"]
    energy = measured(inputs)
    stated = energy or phases(inputs)
    workload: Inputs = {
        "kind": "inference" if case["kind"] == "inference" else "training",
        "start": START,
        "end": START + YEAR_S,
        "place": {"country": "US"},
    }
    if case["kind"] == "inference" and "requests" in inputs:
        workload["requests"] = whole(inputs["requests"])
    return workload | stated | site(inputs, energy) | contracts(inputs, energy)
