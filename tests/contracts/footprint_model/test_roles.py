"""A row plays the role that its key and unit name, and no other; what may be left out, what that changes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from footprint_model.comparison import FACTORS, Call, call_of, expected, integers, workload_of
from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import FactorSet

NODE = FACTORS.names("hardware/", "/accelerators")[0]
TASK = FACTORS.names("task/")[0]
EXPERTS = "mixtral-8x7b"
REGION = {"provider": "aws", "region": "af-south-1"}
PHASE = {"hardware": "h100-sxm-80gb", "device_seconds": 10**9}
# Between them they read every kind of row.
WORKLOADS: dict[str, dict[str, Any]] = {
    "rated power in a region": {"kind": "training", "place": REGION, "phases": [PHASE]},
    "stated power, use and embodied": {
        "kind": "training",
        "place": {"country": "DE"},
        "phases": [
            {
                **PHASE,
                "power_mw": 500_000,
                "power_scope": "device",
                "utilisation_ppm": 800_000,
                "embodied_mg": 10**8,
            },
            {**PHASE, "power_mw": 500_000, "power_scope": "system"},
        ],
        "pue_ppm": 1_200_000,
        "grid_mg_per_kwh": 300_000,
        "wue_ul_per_kwh": 100_000,
        "grid_water_ul_per_kwh": 10**6,
        "residual_mg_per_kwh": 500_000,
        "idle_uwh": 10**12,
    },
    "nameplate": {
        "kind": "training",
        "place": {"country": "US", "state": "CA"},
        "phases": [{**PHASE, "power_mw": 700_000, "power_scope": "device"}],
    },
    "whole node": {"kind": "training", "phases": [{"hardware": NODE, "device_seconds": 10**9}]},
    "system power": {"kind": "training", "phases": [{"hardware": "tpu-v4", "device_seconds": 10**9}]},
    "arithmetic": {
        "kind": "training",
        "phases": [{"hardware": "h100-sxm-80gb", "tokens": 10**12, "params": 7 * 10**9}],
    },
    "meters": {
        "kind": "training",
        "phases": [
            {"measured_uwh": 10**12, "measurement_scope": scope} for scope in ("device", "node", "facility")
        ],
    },
    "experts": {
        "kind": "inference",
        "model": EXPERTS,
        "input_tokens": 1000,
        "cached_tokens": 500,
        "output_tokens": 300,
    },
    "task": {"kind": "inference", "task": TASK, "units": 1000},
    "requests": {"kind": "inference", "requests": 1000},
}
# A row that is asked for, and not missed where it is not given.
ONLY_ASKED = re.compile(r"hardware/[^/]+/accelerators")
NEEDED = [
    (name, key)
    for name, stated in WORKLOADS.items()
    for key in call_of(stated).keys
    if not ONLY_ASKED.fullmatch(key)
]


def name_of(row: dict[str, Any]) -> str:
    """Key without year, and unit, as the contract spells a row that it misses."""
    unit = "nWh" if row["key"].startswith("task/") else row["unit"]
    return f"{re.sub(r'/20[0-9]{2}$', '', row['key'])} in {unit}"


@pytest.mark.parametrize("name", WORKLOADS)
def test_workload__with_all_its_rows__is_estimated_as_in_python(name: str) -> None:
    workload = workload_of(WORKLOADS[name])

    assert integers(call_of(WORKLOADS[name]).send()) == expected(estimate(workload, FACTORS))


@pytest.mark.parametrize(("name", "key"), NEEDED)
def test_workload__without_one_of_its_rows__is_refused_by_name(name: str, key: str) -> None:
    call = call_of(WORKLOADS[name])
    missing = name_of(call.row(key))
    call.drop(key)
    if missing.startswith("region/"):  # then the provider's is asked for
        missing = re.sub("region/([a-z]+)/[^/]+/", r"provider/\1/", missing)
    if "rated-power" in missing:  # then the machine is taken for one with a measured power
        missing = missing.replace("rated-power", "system-power")

    assert call.refusal() == f"model: no row {missing}"


def test_rows__beyond_those_needed_and_in_another_order__change_nothing() -> None:
    call = call_of(WORKLOADS["rated power in a region"])
    before = integers(call.send())
    other = call_of(WORKLOADS["experts"])
    for key in set(other.keys) - set(call.keys):
        call.add(key)
    call.rows.reverse()
    call.proofs.reverse()

    assert integers(call.send()) == before


@pytest.mark.parametrize(
    ("mine", "others"),
    [
        ({"hardware": "h100-sxm-80gb"}, {"hardware": "a100-sxm-80gb"}),
        ({"place": {"country": "DE"}}, {"place": {"country": "FR"}}),
        ({"place": {"country": "US", "state": "CA"}}, {"place": {"country": "US"}}),
        ({"place": REGION}, {"place": {"provider": "gcp", "region": "us-east1"}}),
    ],
)
def test_row__of_other_hardware_or_another_place__takes_no_role(
    mine: dict[str, Any], others: dict[str, Any]
) -> None:
    call = call_of({"kind": "training", "phases": [{**PHASE, **mine}]})
    other = call_of({"kind": "training", "phases": [{**PHASE, **others}]})
    call.send()
    for key in set(call.keys) - set(other.keys):
        call.drop(key)
    for key in set(other.keys) - set(call.keys):
        call.add(key)

    assert call.refusal().startswith("model: no row ")


def with_row(key: str, **changes: Any) -> FactorSet:
    """The newest set with one row changed: another set, with another root."""
    rows = tuple(replace(row, **changes) if row.key == key else row for row in FACTORS.rows)
    return replace(FACTORS, rows=rows, _by_key={row.key: row for row in rows})


@pytest.mark.parametrize(
    ("name", "key", "unit", "wanted"),
    [
        ("rated power in a region", "hardware-life", "days", "hardware-life in s"),
        ("stated power, use and embodied", "stated/pue", "percent", "stated/pue in ppm"),
        ("requests", "request/published", "Wh", "request/published in nWh"),
        ("task", f"task/{TASK}", "Wh/image", f"task/{TASK} in nWh"),
    ],
)
def test_row__in_another_unit__takes_no_role(name: str, key: str, unit: str, wanted: str) -> None:
    call = call_of(WORKLOADS[name], with_row(key, unit=unit))

    assert call.refusal() == f"model: no row {wanted}"


def test_task__whatever_its_unit_makes__is_read_in_nwh() -> None:
    factors = with_row(f"task/{TASK}", unit="nWh/1000 frames")
    workload = workload_of(WORKLOADS["task"], factors)

    assert integers(call_of(WORKLOADS["task"], factors).send()) == expected(estimate(workload, factors))


# What the caller answers for: the contract computes as if the rows given were the whole set.
def in_germany(year: int) -> Call:
    start = 1_577_836_800 + (year - 2020) * 31_557_600 + 86_400
    stated = {"kind": "training", "phases": [PHASE], "place": {"country": "DE"}, "start": start}
    return call_of({**stated, "end": start + 86_400 * 300})


def test_years__of_which_several_are_given__the_nearest_counts() -> None:
    call, other = in_germany(2021), in_germany(2018)
    before = integers(call.send())
    nearer, farther = (
        next(key for key in known.keys if key.startswith("grid/country/DE")) for known in (call, other)
    )
    call.add(farther)

    assert nearer != farther
    assert integers(call.send()) == before
    call.drop(nearer)
    assert integers(call.send()) != before


def test_years__two_as_near__the_older_counts() -> None:
    call = in_germany(2020)
    call.drop("grid/country/DE/2020")
    call.add("grid/country/DE/2019")
    of_2019 = integers(call.send())
    call.add("grid/country/DE/2021")

    assert integers(call.send()) == of_2019
    call.drop("grid/country/DE/2019")
    assert integers(call.send()) != of_2019


def test_years__a_history_row_of_the_same_year__gives_way_to_the_plain_row() -> None:
    plain, history = "grid/country/DE", "grid/country/DE/2020"
    factors = with_row(history, year=FACTORS.row(plain).year)
    start = 86_400 * 365 * (factors.row(plain).year - 1970) + 86_400 * 60
    stated = {"kind": "training", "phases": [PHASE], "place": {"country": "DE"}, "start": start}
    call = call_of({**stated, "end": start + 86_400}, factors)
    before = integers(call.send())
    assert plain in call.keys
    call.add(history, factors=factors)
    call.rows.reverse()
    call.proofs.reverse()

    assert integers(call.send()) == before


def test_region__whose_own_row_is_given_beside_the_providers__counts_by_its_own() -> None:
    call = call_of(WORKLOADS["rated power in a region"])
    own = next(key for key in call.keys if key.startswith("region/aws/af-south-1/pue"))
    with_own = integers(call.send())
    call.add(*(row.key for row in FACTORS.rows if row.key.startswith("provider/aws/pue")))
    assert integers(call.send()) == with_own

    call.drop(own)
    without = call.send()
    assert without.energy_uwh.central < with_own["energy_uwh"][1]
    assert without.tier == with_own["tier"] + 1


def test_whole_node__whose_row_is_left_out__has_its_server_counted_twice() -> None:
    call = call_of(WORKLOADS["whole node"])
    call.add("server-share/embodied")
    whole = call.send()
    call.drop(f"hardware/{NODE}/accelerators")
    without = call.send()

    assert without.embodied_ug.central > whole.embodied_ug.central
