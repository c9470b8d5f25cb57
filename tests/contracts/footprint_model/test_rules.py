"""What a workload must satisfy: each rule by its reason, beside the workload that keeps it."""

from __future__ import annotations

from typing import Any

import pytest

from footprint_model.comparison import START, YEAR_S, Call, call_of

PHASE = {"hardware": "h100-sxm-80gb", "device_seconds": 10**9}
METERED = {"measured_uwh": 10**12, "measurement_scope": "node"}
STATED_0 = {"is_stated": True, "value": 0}
BASES: dict[str, dict[str, Any]] = {
    "phase": {"kind": "training", "phases": [PHASE]},
    "power": {"kind": "training", "phases": [{**PHASE, "power_mw": 500_000, "power_scope": "system"}]},
    "arithmetic": {
        "kind": "training",
        "phases": [{"hardware": "h100-sxm-80gb", "tokens": 10**12, "params": 10**9}],
    },
    "metered phase": {"kind": "training", "phases": [METERED]},
    "metered": {"kind": "training", **METERED},
    "metered with a phase": {"kind": "training", **METERED, "phases": [PHASE]},
    "metered inference": {"kind": "inference", **METERED},
    "inference in phases": {"kind": "inference", "phases": [PHASE]},
    "tokens": {"kind": "inference", "active_params": 10**9, "output_tokens": 100, "input_tokens": 100},
    "task": {"kind": "inference", "task": "image-generation", "units": 10},
    "requests": {"kind": "inference", "requests": 10},
    "contracts": {
        "kind": "training",
        **METERED,
        "contracts": [{"energy_uwh": 10**9, "grid_mg_per_kwh": 0, "evidence": "0x" + "00" * 32}],
    },
}

NO_PLACE = "model: a place is country/XX, state/US-XX or region/provider/name"
OWN_METER = "model: a phase under the workload's meter has no meter or site of its own"
INFERENCE_ONLY = "model: requests, tokens and tasks are of inference"
EITHER_PHASES = "model: either phases, or tokens or a task"
TOTAL_PARAMS = "model: total_params go with active_params and are at least as many"
TIME_OR_TOKENS = "model: either device_seconds, or tokens and params"
METER_OR_POWER = "model: either a meter, or power and tokens"

Changes = dict[str, Any]
BROKEN: list[tuple[str, Changes, str]] = [
    ("phase", {"kind": 0}, "model: kind is 1, 2 or 3"),
    ("phase", {"kind": 4}, "model: kind is 1, 2 or 3"),
    ("phase", {"measurement_scope": 4}, "model: measurement_scope is 0, 1, 2 or 3"),
    ("phase", {"measured_uwh": 1}, "model: measured_uwh without measurement_scope"),
    ("phase", {"phases.0.measured_uwh": 1}, "model: measured_uwh without measurement_scope"),
    (
        "metered",
        {"measurement_scope": 3, "site.pue_ppm": 10**6},
        "model: energy of the facility includes the PUE",
    ),
    (
        "metered phase",
        {"phases.0.measurement_scope": 3, "phases.0.site.pue_ppm": 10**6},
        "model: energy of the facility includes the PUE",
    ),
    *(("phase", {"site.place": place}, NO_PLACE) for place in ("life-cycle/lowest", "country/DE/2023", "DE")),
    *(("phase", {"phases.0.site.place": place}, NO_PLACE) for place in ("state/CA", "region/", "world")),
    ("requests", {"site.place": "region/aws"}, "model: a region is spelled region/provider/name"),
    *(
        ("phase", {f"{name}.value": 1}, f"model: {name.split('.')[-1]} has a value but is not stated")
        for name in (
            *("site.wue_ul_per_kwh", "site.grid_mg_per_kwh", "grid_water_ul_per_kwh", "residual_mg_per_kwh"),
            *("phases.0.embodied_mg", "phases.0.site.wue_ul_per_kwh", "phases.0.site.grid_mg_per_kwh"),
        )
    ),
    # What the energy follows from
    *(
        ("phase", {name: 10**6}, INFERENCE_ONLY)
        for name in ("requests", "active_params", "total_params", "input_tokens", "output_tokens", "units")
    ),
    ("phase", {"model": "gpt-4o"}, INFERENCE_ONLY),
    ("phase", {"batch": 1}, INFERENCE_ONLY),
    ("metered", {"task": "image-generation"}, INFERENCE_ONLY),
    ("phase", {"phases": []}, "model: training needs phases or a meter"),
    ("inference in phases", {"output_tokens": 1}, EITHER_PHASES),
    ("inference in phases", {"task": "image-generation", "units": 1}, EITHER_PHASES),
    ("task", {"batch": 1}, "model: either tokens or a task"),
    ("task", {"units": 0}, "model: task and units go together"),
    ("task", {"task": ""}, "model: task and units go together"),
    ("tokens", {"model": "gpt-4o"}, "model: either a model or its active_params"),
    ("tokens", {"active_params": 0}, "model: either a model or its active_params"),
    ("tokens", {"total_params": 10**9 - 1}, TOTAL_PARAMS),
    ("tokens", {"active_params": 0, "model": "gpt-4o", "total_params": 10**9}, TOTAL_PARAMS),
    ("requests", {"requests": 0}, "model: nothing to estimate from"),
    ("requests", {"site.pue_ppm": 10**6}, "model: an average per request includes the PUE"),
    # Phases
    ("metered phase", {"phases.0.embodied_mg": STATED_0}, "model: embodied_mg without hardware"),
    ("arithmetic", {"phases.0.params": 0}, "model: tokens and params of a phase go together"),
    ("phase", {"phases.0.params": 10**9}, "model: tokens and params of a phase go together"),
    ("phase", {"phases.0.mfu_ppm": 10**5}, "model: mfu_ppm without tokens"),
    ("power", {"phases.0.power_scope": 3}, "model: power_scope is 0, 1 or 2"),
    ("power", {"phases.0.power_scope": 0}, "model: power_mw and power_scope go together"),
    ("phase", {"phases.0.power_scope": 1}, "model: power_mw and power_scope go together"),
    ("metered phase", {"phases.0.power_mw": 1, "phases.0.power_scope": 1}, METER_OR_POWER),
    ("metered phase", {"phases.0.utilisation_ppm": 1}, METER_OR_POWER),
    ("metered phase", {"phases.0.tokens": 1, "phases.0.params": 10**9}, METER_OR_POWER),
    (
        "metered phase",
        {"phases.0.hardware": "h100-sxm-80gb"},
        "model: hardware and device_seconds of a metered phase go together",
    ),
    (
        "metered phase",
        {"phases.0.device_seconds": 1},
        "model: hardware and device_seconds of a metered phase go together",
    ),
    ("phase", {"phases.0.hardware": ""}, "model: a phase needs hardware or a meter"),
    ("phase", {"phases.0.device_seconds": 0}, TIME_OR_TOKENS),
    ("arithmetic", {"phases.0.device_seconds": 1}, TIME_OR_TOKENS),
    *(
        ("metered with a phase", {f"phases.0.{name}": value}, OWN_METER)
        for name, value in (
            ("site.place", "country/DE"),
            ("site.pue_ppm", 10**6),
            ("site.wue_ul_per_kwh", STATED_0),
            ("site.grid_mg_per_kwh", STATED_0),
        )
    ),
    (
        "metered with a phase",
        {"phases.0.device_seconds": 0, "phases.0.hardware": "", "phases.0.measurement_scope": 2},
        OWN_METER,
    ),
    (
        "phase",
        {"end": START + 100, "phases.0.device_seconds": 10**8 + 1},
        "model: more than a million devices between start and end",
    ),
]

TOKENS_IN_ALL = "requests times tokens"
# Base, path, least and most that are accepted, and the name in the reason; 0 is accepted apart from `least`.
RANGES: list[tuple[str, str, int, int]] = [
    ("phase", "end", START + 1000, START + 10 * 366 * 86_400),
    ("metered", "measured_uwh", 0, 10**20),
    ("phase", "idle_uwh", 0, 10**20),
    ("phase", "hardware_life_s", 2_592_000, 1_600_000_000),
    ("phase", "embodied_share_ppm", 0, 10**6),
    ("phase", "functional_units", 0, 10**30),
    ("requests", "requests", 1, 10**13),
    ("tokens", "active_params", 10**6, 10**14),
    ("tokens", "total_params", 10**9, 10**14),
    ("tokens", "input_tokens", 0, 10**15 - 100),
    ("tokens", "output_tokens", 0, 10**15 - 100),
    ("tokens", "cached_tokens", 0, 100),
    ("tokens", "batch", 0, 4096),
    ("task", "units", 1, 10**13),
    ("phase", "site.pue_ppm", 10**6, 3 * 10**6),
    ("phase", "phases.0.site.pue_ppm", 10**6, 3 * 10**6),
    ("phase", "site.wue_ul_per_kwh", 0, 20_000_000),
    ("phase", "phases.0.site.grid_mg_per_kwh", 0, 2_000_000),
    ("phase", "site.grid_mg_per_kwh", 0, 2_000_000),
    ("phase", "grid_water_ul_per_kwh", 0, 20_000_000),
    ("phase", "residual_mg_per_kwh", 0, 2_000_000),
    ("phase", "phases.0.embodied_mg", 0, 10**12),
    ("phase", "phases.0.device_seconds", 1, 31_536_000_000_000),
    ("power", "phases.0.power_mw", 1, 20_000_000),
    ("power", "phases.0.utilisation_ppm", 0, 10**6),
    ("arithmetic", "phases.0.tokens", 1, 10**17),
    ("arithmetic", "phases.0.params", 10**6, 10**14),
    ("arithmetic", "phases.0.mfu_ppm", 10_000, 10**6),
    ("contracts", "contracts.0.energy_uwh", 1, 10**20),
    ("contracts", "contracts.0.grid_mg_per_kwh", 0, 2_000_000),
]
ROWS_OF_STATED = (
    *("stated/pue", "stated/grid", "stated/wue", "stated/power", "stated/utilisation", "stated/embodied"),
    *(
        "grid/life-cycle/lowest",
        "measured/facility",
        "inactive-experts/share",
        "cached-token/share-of-prefill",
    ),
    *("decode/per-billion/batch-001", "decode/per-billion/batch-256"),
)
MOST_UG = "model: the footprint exceeds 2^72 - 1 ug"


def changed(base: str, changes: Changes) -> Call:
    """A call in order with these members put in by path, and rows for what they may need."""
    call = call_of(BASES[base])
    call.add(*(key for key in ROWS_OF_STATED if key not in call.keys))
    for path, value in changes.items():
        at: Any = call.workload
        *parents, name = path.split(".")
        for parent in parents:
            at = at[int(parent)] if parent.isdigit() else at[parent]
        at[name] = value
    return call


def put(base: str, path: str, value: int) -> Call:
    """The same with one number, wrapped where it can be a stated 0."""
    at: Any = changed(base, {}).workload
    for part in path.split("."):
        at = at[int(part)] if part.isdigit() else at[part]
    return changed(base, {path: {"is_stated": True, "value": value} if isinstance(at, dict) else value})


@pytest.mark.parametrize("base", BASES)
def test_workload__in_order__is_estimated(base: str) -> None:
    assert changed(base, {}).send().total_ug.high > 0


@pytest.mark.parametrize(("base", "changes", "reason"), BROKEN)
def test_workload__that_breaks_a_rule__is_refused_with_its_reason(
    base: str, changes: Changes, reason: str
) -> None:
    assert changed(base, changes).refusal() == reason


@pytest.mark.parametrize(("base", "path", "least", "most"), RANGES)
def test_number__at_its_bounds__is_accepted(base: str, path: str, least: int, most: int) -> None:
    for value in (least, most):
        call = put(base, path, value)
        # Far above all real work the carbon may be more than a record holds; in range it is all the same.
        assert call.answered() or call.refusal() == MOST_UG


@pytest.mark.parametrize(("base", "path", "least", "most"), RANGES)
def test_number__beyond_its_bounds__is_refused_by_name(base: str, path: str, least: int, most: int) -> None:
    name = path.split(".")[-1]
    if "contracts" in path:
        name = f"a contract's {name}"
    below = [least - 1] if least > 1 or (least == 1 and "contracts" in path) else []
    for value in (*below, most + 1):
        reason = put(base, path, value).refusal()
        assert reason in OTHER_REASONS.get((path, value), f"model: {name} is out of range")


# Beyond these bounds another rule is broken first.
OTHER_REASONS = {
    ("end", START + 999): "model: more than a million devices between start and end",
    ("total_params", 10**9 - 1): TOTAL_PARAMS,
    ("input_tokens", 10**15 - 99): f"model: {TOKENS_IN_ALL} is out of range",
    ("output_tokens", 10**15 - 99): f"model: {TOKENS_IN_ALL} is out of range",
    (
        "phases.0.device_seconds",
        31_536_000_000_001,
    ): "model: more than a million devices between start and end",
}


@pytest.mark.parametrize("name", ["input_tokens", "output_tokens"])
def test_tokens__beyond_all_that_can_be_served__are_refused(name: str) -> None:
    assert put("tokens", name, 10**15 + 1).refusal() == f"model: {name} is out of range"


def test_device_seconds__beyond_a_million_devices_for_a_year__are_refused() -> None:
    call = put("phase", "phases.0.device_seconds", 32 * 10**12 + 1)

    assert call.refusal() == "model: device_seconds is out of range"


def test_start__in_2010__is_the_first_that_is_read() -> None:
    first, period = 1_262_304_000, {"end": 1_262_304_000 + YEAR_S}

    assert changed("phase", {"start": first, **period}).answered()
    assert changed("phase", {"start": first - 1, **period}).refusal() == "model: start is out of range"


@pytest.mark.parametrize("end", [0, START - 1, START])
def test_end__not_after_the_start__is_refused(end: int) -> None:
    assert changed("phase", {"end": end}).refusal() == "model: end is out of range"


def test_end__at_the_last_second_that_is_read__is_the_last() -> None:
    last = 4_102_444_800
    call = changed("phase", {"start": last - 1000, "end": last})
    late = changed("phase", {"start": last - 1000, "end": last + 1})

    assert call.answered()
    assert late.refusal() == "model: end is out of range"


def test_share__of_a_measured_system_power__is_refused() -> None:
    call = call_of({"kind": "training", "phases": [{"hardware": "tpu-v4", "device_seconds": 10**9}]})
    call.add("stated/utilisation")
    assert call.answered()
    call.workload["phases"][0]["utilisation_ppm"] = 500_000

    assert call.refusal() == "model: no share can be taken of a measured system power"


def test_footprint__beyond_72_bits__is_refused() -> None:
    call = changed("metered phase", {"site.grid_mg_per_kwh": {"is_stated": True, "value": 2_000_000}})
    call.workload["site"]["pue_ppm"] = 3_000_000
    most = {**call.workload["phases"][0], "measured_uwh": 10**20}
    call.workload["phases"] = [most] * 6
    assert call.send().total_ug.high <= 2**72 - 1
    call.workload["phases"] = [most] * 8

    assert call.refusal() == MOST_UG
