"""The stages, the tier and the defaults, on small workloads whose integers can be checked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from greenledger.footprint.estimate import Estimate, estimate
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.fields import InvalidWorkload
from greenledger.footprint.parsing import parse_workload
from greenledger.footprint.ranges import Range
from greenledger.footprint.ratings import MOST_TIMES_RATED

FACTORS = load_factor_set()
TIME = {"start": 1_735_689_600, "end": 1_767_225_600}  # the year 2025
NODE = {"measured_uwh": str(10**12), "measurement_scope": "node"}
SITE = {"place": {"country": "FR"}, "pue_ppm": "1200000", "grid_mg_per_kwh": "57000"}
EVIDENCE = "0x" + "00" * 32


def run(**stated: Any) -> Estimate:
    return estimate(parse_workload({"kind": "training", **TIME, **stated}), FACTORS)


def phase(**stated: Any) -> dict[str, Any]:
    return {"hardware": "a100-sxm-80gb", "device_seconds": 3600, **stated}


def defaults(result: Estimate) -> dict[str, str]:
    return {used.field: used.factor for used in result.defaults}


def test_phase__of_400_w_for_an_hour__is_400_wh() -> None:
    result = run(**SITE, phases=[phase(power_mw=400_000, power_scope="system")])

    assert result.it_energy_uwh.central == 400_000_000
    assert result.energy_uwh.central == 480_000_000
    assert result.operational_ug.central == 27_360_000


def test_total__is_operational_plus_embodied_exactly() -> None:
    result = run(**SITE, phases=[phase()])

    assert result.total_ug == result.operational_ug + result.embodied_ug
    assert result.total_market_ug == result.operational_market_ug + result.embodied_ug


def test_stated_values__have_a_spread_around_exactly_themselves() -> None:
    result = run(**SITE, phases=[phase(power_mw=400_000, power_scope="system")])

    assert result.it_energy_uwh == Range(352_000_000, 400_000_000, 448_000_000)
    assert {"stated/power", "stated/pue", "stated/grid"} <= set(result.factors)
    assert "pue_ppm" not in defaults(result)


def test_device_power__gets_the_host_overhead__listed_as_a_default() -> None:
    result = run(**SITE, phases=[phase(power_mw=200_000, power_scope="device")])

    assert result.it_energy_uwh.central == 300_000_000
    assert defaults(result)["phases[0].host_ppm"] == "host-overhead"


def test_device_power__at_the_rated_power__is_taken_as_a_nameplate() -> None:
    result = run(**SITE, phases=[phase(power_mw=400_000, power_scope="device")])

    assert result.tier == 4
    assert result.it_energy_uwh == Range(208_000_000, 600_000_000, 806_400_000)
    assert any("the rated power of a100-sxm-80gb, not a measured" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("stated", "warning"),
    [
        (
            {"power_mw": 20_000_000, "power_scope": "device"},
            "power_mw: 20,000,000 mW, above the rated power of t4, 70,000 mW; low bound widened",
        ),
        (
            {"power_mw": 70_001, "power_scope": "device", "utilisation_ppm": 500_000},
            "power_mw: 70,001 mW, above the rated power of t4, 70,000 mW",
        ),
        (
            {"power_mw": 280_001, "power_scope": "system"},
            "power_mw: 280,001 mW with the host, over 4 times the rated power of t4, 70,000 mW",
        ),
    ],
)
def test_power__that_the_hardware_cannot_draw__is_a_warning_with_both_figures(
    stated: dict[str, Any], warning: str
) -> None:
    result = run(**SITE, phases=[{"hardware": "t4", "device_seconds": 3600, **stated}])

    assert f"phases[0].{warning}" in result.warnings
    assert not any("not a measured mean" in text for text in result.warnings)


def test_system_power__of_four_times_the_rating__is_no_warning() -> None:
    stated = {"hardware": "t4", "device_seconds": 3600, "power_mw": 280_000, "power_scope": "system"}

    assert not any("power_mw" in text for text in run(**SITE, phases=[stated]).warnings)


@pytest.mark.parametrize(("measured_uwh", "is_warned"), [(7_777_777, False), (7_777_778, True)])
@pytest.mark.parametrize("own_meter", [True, False])
def test_meter__over_four_times_the_rating_of_its_hardware__is_a_warning(
    measured_uwh: int, is_warned: bool, own_meter: bool
) -> None:
    timed = {"hardware": "h100-sxm-80gb", "device_seconds": 10}
    meter = {"measured_uwh": measured_uwh, "measurement_scope": "node"}
    stated = {"phases": [timed | meter]} if own_meter else {"phases": [timed], **meter}
    text = (
        "measured_uwh: 2,800 W for each device in the mean, over 4 times the 700 W of the hardware: check"
        " its unit and the device time"
    )

    warnings = run(**stated).warnings

    assert (("phases[0]." if own_meter else "") + text in warnings) == is_warned


def test_meter__of_hardware_with_a_measured_power__is_held_against_the_most_that_it_drew() -> None:
    timed = {"hardware": "dgx-h100", "device_seconds": 3600}
    meter = {"measured_uwh": 4 * 8_568 * 10**6 + 1, "measurement_scope": "node"}

    (warning,) = [text for text in run(phases=[timed | meter]).warnings if "measured_uwh" in text]

    assert "the 8,568 W of the hardware" in warning


def test_times_of_the_rating__hold_the_host_and_the_building_of_the_factor_set() -> None:
    host, pue = FACTORS.row("host-overhead").value.high, FACTORS.row("pue/unknown").value.high

    assert host * pue <= MOST_TIMES_RATED * 10**12


def test_request__known_as_nothing_else__says_what_its_bounds_are_of() -> None:
    result = run(kind="inference", place={"country": "US"}, requests=1_000_000)

    assert result.warnings[0] == (
        "requests: the bounds are those of median text requests, 100 to 600 mWh each by request/published;"
        " long or reasoning requests can use ten times as much and more"
    )


def test_utilisation__scales_the_rated_power() -> None:
    result = run(**SITE, phases=[phase(utilisation_ppm=500_000)])

    assert result.it_energy_uwh.central == 300_000_000
    assert result.tier == 3


def test_measured_at_devices__gets_host_and_pue__at_the_facility_neither() -> None:
    device = run(**SITE, measured_uwh=10**9, measurement_scope="device")
    node = run(**SITE, measured_uwh=10**9, measurement_scope="node")
    site = {name: value for name, value in SITE.items() if name != "pue_ppm"}
    facility = run(**site, measured_uwh=10**9, measurement_scope="facility")

    assert device.energy_uwh.central == 1_800_000_000
    assert node.energy_uwh.central == 1_200_000_000
    assert facility.energy_uwh.central == 1_000_000_000


def test_idle_energy__is_added_after_the_pue() -> None:
    result = run(**SITE, measured_uwh=10**9, measurement_scope="node", idle_uwh=5 * 10**8)

    assert result.energy_uwh.central == 1_700_000_000


def test_contracts__for_part_of_the_energy__leave_the_rest_at_the_grid() -> None:
    half = [{"energy_uwh": 6 * 10**8, "grid_mg_per_kwh": 0, "evidence": EVIDENCE}]
    result = run(**SITE, measured_uwh=10**9, measurement_scope="node", contracts=half)

    assert result.operational_ug.central == 68_400_000
    assert result.operational_market_ug.central == 34_200_000
    assert any("no residual mix" in warning for warning in result.warnings)


def test_contracts__for_more_than_was_used__count_pro_rata() -> None:
    two = [
        {"energy_uwh": 10**10, "grid_mg_per_kwh": 10_000, "evidence": EVIDENCE},
        {"energy_uwh": 10**10, "grid_mg_per_kwh": 30_000, "evidence": EVIDENCE},
    ]
    result = run(**SITE, measured_uwh=10**9, measurement_scope="node", contracts=two)

    assert result.operational_market_ug.central == 1_200_000_000 * 20_000 // 10**6
    assert any("pro rata" in warning for warning in result.warnings)


def test_contracts__none__make_both_figures_equal_and_say_so() -> None:
    result = run(**SITE, **NODE)

    assert result.operational_market_ug == result.operational_ug
    assert any(warning.startswith("contracts: none stated") for warning in result.warnings)


def test_grid_of_zero__is_flagged_and_has_a_life_cycle_high_bound() -> None:
    result = run(place={"country": "FI"}, pue_ppm=1_100_000, grid_mg_per_kwh=0, **NODE)

    assert result.operational_ug.central == 0
    assert result.operational_ug.high > 0
    assert any("below the life cycle" in warning for warning in result.warnings)


def test_grid__just_above_the_cleanest_source__has_no_lower_bound_than_zero() -> None:
    nothing = run(place={"country": "FI"}, pue_ppm=1_100_000, grid_mg_per_kwh=0, **NODE)
    little = run(place={"country": "FI"}, pue_ppm=1_100_000, grid_mg_per_kwh=12_000, **NODE)

    assert little.operational_ug.high >= nothing.operational_ug.high


def test_region__mapped_to_a_state__says_so_and_uses_its_published_pue() -> None:
    result = run(place={"provider": "aws", "region": "us-east-1"}, **NODE)

    assert defaults(result)["grid_mg_per_kwh"] == "grid/region/aws/us-east-1"
    assert defaults(result)["pue_ppm"] == "region/aws/us-east-1/pue"
    assert FACTORS.row("grid/region/aws/us-east-1").value == FACTORS.row("grid/state/US-VA").value
    assert any("that of US-VA is used" in warning for warning in result.warnings)


def test_region__without_a_published_pue__takes_the_fleet_and_loses_a_tier() -> None:
    names = FACTORS.names("grid/region/")
    provider, region = next(name for name in names if not FACTORS.has(f"region/{name}/pue")).split("/")
    result = run(place={"provider": provider, "region": region}, **NODE)

    assert defaults(result)["pue_ppm"].startswith(f"provider/{provider}/pue")
    assert result.tier == 2


def test_year__of_the_grid_far_from_the_work__is_a_warning() -> None:
    old = {"start": 1_325_376_000, "end": 1_325_462_400}
    result = estimate(
        parse_workload({"kind": "training", **old, "place": {"country": "FR"}, **NODE}), FACTORS
    )

    assert any("the work began in 2012" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("stated", "tier"),
    [
        (
            {
                "place": {"country": "FR"},
                "grid_mg_per_kwh": 57_000,
                "measured_uwh": 1,
                "measurement_scope": "facility",
            },
            1,
        ),
        ({**SITE, **NODE}, 1),
        ({**SITE, "measured_uwh": 1, "measurement_scope": "device"}, 2),
        ({**SITE, "phases": [phase(power_mw=300_000, power_scope="system")]}, 3),
        ({**SITE, "phases": [phase()]}, 4),
        ({**SITE, "phases": [phase(utilisation_ppm=1), phase()]}, 4),
        ({"place": {"country": "FR"}, "pue_ppm": 1_200_000, **NODE}, 2),
        ({"place": {"country": "US", "state": "CA"}, "pue_ppm": 1_200_000, **NODE}, 1),
        ({"place": {"country": "FR"}, **NODE}, 2),
        ({"pue_ppm": 1_200_000, **NODE}, 6),
    ],
)
def test_tier__from_the_evidence_given__is_computed(stated: dict[str, Any], tier: int) -> None:
    assert run(**stated).tier == tier


def test_defaults__each__carry_factor_bounds_unit_and_citation() -> None:
    result = run(place={"country": "DE"}, phases=[phase()])

    for used in result.defaults:
        row = FACTORS.row(used.factor)
        assert (used.low, used.value, used.high) == tuple(
            map(str, (row.value.low, row.value.central, row.value.high))
        )
        assert used.unit == row.unit
        assert used.source == FACTORS.sources[row.source_id].citation
        assert used.factor in result.factors


def test_as_json__every_amount__is_a_decimal_string() -> None:
    members = run(**SITE, **NODE).as_json()

    assert members["total_ug"] == {
        "low": str(run(**SITE, **NODE).total_ug.low),
        "central": str(run(**SITE, **NODE).total_ug.central),
        "high": str(run(**SITE, **NODE).total_ug.high),
    }
    assert members["tier"] == 1


def test_footprint__beyond_72_bits__is_refused() -> None:
    million_devices = [
        phase(device_seconds=31_000_000_000_000, power_mw=20_000_000, power_scope="system") for _ in range(10)
    ]
    ten_years = {"kind": "training", "start": 1_420_070_400, "end": 1_735_689_600}
    stated = {"pue_ppm": 3_000_000, "grid_mg_per_kwh": 2_000_000, "phases": million_devices}

    with pytest.raises(InvalidWorkload, match="exceeds"):
        estimate(parse_workload({**ten_years, **stated}), FACTORS)
