"""Work at several sites: each phase with its own place, meter and grid; and the year of a factor."""

from __future__ import annotations

from typing import Any

import pytest

from greenledger.footprint.estimate import Estimate, estimate
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.fields import InvalidWorkload
from greenledger.footprint.parsing import parse_workload
from greenledger.footprint.ranges import Range

FACTORS = load_factor_set()
KWH = 10**9
START, END = 1_625_097_600, 1_625_184_000  # a day of July 2021


def of(*phases: dict[str, Any], **rest: Any) -> Estimate:
    stated = {"kind": "training", "start": START, "end": END, "phases": list(phases), **rest}
    return estimate(parse_workload(stated, FACTORS), FACTORS)


def metered(kwh: int, **site: Any) -> dict[str, Any]:
    return {"measured_uwh": kwh * KWH, "measurement_scope": "node", **site}


def refused(*phases: dict[str, Any], **rest: Any) -> set[str]:
    with pytest.raises(InvalidWorkload) as caught:
        of(*phases, **rest)
    return {error.field for error in caught.value.errors}


def test_phases__at_two_sites__each_use_their_own_pue_and_grid() -> None:
    result = of(
        metered(100, place={"country": "FR"}, pue_ppm=1_200_000, grid_mg_per_kwh=50_000),
        metered(10, place={"country": "PL"}, pue_ppm=1_500_000, grid_mg_per_kwh=700_000),
    )

    assert result.energy_uwh.central == 120 * KWH + 15 * KWH
    assert result.operational_ug.central == (120 * 50 + 15 * 700) * 10**6


def test_phase__without_a_place__is_at_the_site_of_the_workload() -> None:
    site = {"place": {"country": "FR"}, "pue_ppm": 1_200_000, "grid_mg_per_kwh": 50_000}
    shared = of(metered(100), **site)
    own = of(metered(100, **site))

    assert shared.total_ug == own.total_ug


def test_phase__with_a_place__does_not_take_the_pue_stated_for_another_one() -> None:
    result = of(metered(1, place={"country": "PL"}), place={"country": "FR"}, pue_ppm=1_010_000)

    assert {used.field for used in result.defaults} >= {"pue_ppm", "grid_mg_per_kwh"}
    assert any(used.factor.startswith("grid/country/PL") for used in result.defaults)


def test_phase__with_a_pue_alone__keeps_the_place_of_the_workload() -> None:
    result = of(metered(1, pue_ppm=1_100_000), place={"country": "FR"}, grid_mg_per_kwh=60_000)

    assert result.operational_ug.central == 66 * 10**6


def test_phases__metered_by_different_meters__take_the_weakest_tier() -> None:
    site = {"place": {"country": "US", "state": "CA"}, "pue_ppm": 1_100_000}
    facility = {"measured_uwh": KWH, "measurement_scope": "facility", "place": site["place"]}

    assert of(metered(1), **site).tier == 1
    assert of(metered(1), {**metered(1), "measurement_scope": "device"}, **site).tier == 2
    assert of(facility, place=site["place"]).tier == 1


def test_phase__metered_at_the_facility__gets_no_pue() -> None:
    phase = {"measured_uwh": KWH, "measurement_scope": "facility", "grid_mg_per_kwh": 100_000}

    assert of(phase, place={"country": "FR"}).energy_uwh.central == KWH
    assert "phases[0].pue_ppm" in refused({**phase, "pue_ppm": 1_100_000})


def test_idle_energy__beside_phases_elsewhere__is_at_the_grid_of_the_workload() -> None:
    result = of(
        metered(100, place={"country": "PL"}, pue_ppm=1_000_000, grid_mg_per_kwh=700_000),
        place={"country": "FR"},
        grid_mg_per_kwh=50_000,
        idle_uwh=40 * KWH,
    )

    assert result.energy_uwh.central == 140 * KWH
    assert result.operational_ug.central == (100 * 700 + 40 * 50) * 10**6


def test_contracts__over_two_sites__are_taken_from_both_in_proportion() -> None:
    sites = [
        metered(100, place={"country": "FR"}, pue_ppm=1_000_000, grid_mg_per_kwh=100_000),
        metered(100, place={"country": "PL"}, pue_ppm=1_000_000, grid_mg_per_kwh=700_000),
    ]
    contract = {"energy_uwh": 100 * KWH, "grid_mg_per_kwh": 0, "evidence": "0x" + "ab" * 32}
    result = of(*sites, contracts=[contract])

    assert result.operational_ug.central == 80_000 * 10**6
    assert result.operational_market_ug.central == 40_000 * 10**6


def test_residual_mix__stated__counts_for_what_no_contract_covers() -> None:
    contract = {"energy_uwh": 60 * KWH, "grid_mg_per_kwh": 10_000, "evidence": "0x" + "ab" * 32}
    site = {"place": {"country": "FR"}, "pue_ppm": 1_000_000, "grid_mg_per_kwh": 50_000}
    covered = of(metered(100), **site, contracts=[contract], residual_mg_per_kwh=300_000)
    uncovered = of(metered(100), **site, residual_mg_per_kwh=300_000)

    assert covered.operational_market_ug.central == (60 * 10 + 40 * 300) * 10**6
    assert uncovered.operational_market_ug.central == 100 * 300 * 10**6
    assert covered.operational_ug.central == 100 * 50 * 10**6
    assert not any("no residual mix" in warning for warning in covered.warnings)


def test_grid_water__stated__is_counted_on_the_energy_of_the_facility() -> None:
    site = {"place": {"country": "FR"}, "pue_ppm": 1_500_000, "wue_ul_per_kwh": 1_000_000}
    with_grid = of(metered(10), **site, grid_water_ul_per_kwh=2_000_000)

    assert of(metered(10), **site).water_ul.central == 10 * 10**6
    assert with_grid.water_ul.central == 10 * 10**6 + 15 * 2 * 10**6


@pytest.mark.parametrize("name", ["place", "pue_ppm", "grid_mg_per_kwh"])
def test_one_meter_for_the_work__with_a_site_in_a_phase__is_refused(name: str) -> None:
    site = {"place": {"country": "FR"}, "pue_ppm": 1_100_000, "grid_mg_per_kwh": 1}
    phase = {"hardware": "h100-sxm-80gb", "device_seconds": 3600, name: site[name]}

    assert f"phases[0].{name}" in refused(phase, measured_uwh=1, measurement_scope="node")


def test_metered_phase__with_what_it_could_be_modelled_from__is_refused() -> None:
    hardware = {"hardware": "h100-sxm-80gb", "device_seconds": 3600}

    assert of({**metered(1), **hardware}).it_energy_uwh.central == KWH
    assert "phases[0].power_mw" in refused({**metered(1), **hardware, "power_mw": 1, "power_scope": "system"})
    assert "phases[0].hardware" in refused({**metered(1), "hardware": "h100-sxm-80gb"})


def test_grid__of_work_in_2021__is_that_of_2021_where_the_set_has_it() -> None:
    result = of(metered(1), place={"country": "FR"}, pue_ppm=1_000_000)
    grid = next(used for used in result.defaults if used.field == "grid_mg_per_kwh")

    assert grid.factor == "grid/country/FR/2021"
    assert FACTORS.row(grid.factor).year == 2021
    assert not any("the work began in" in warning for warning in result.warnings)


def test_grid__of_a_year_before_all_history__is_the_oldest_and_says_so() -> None:
    stated = {"kind": "training", "start": 1_300_000_000, "end": 1_300_003_600, "place": {"country": "FR"}}
    work = parse_workload({**stated, "measured_uwh": KWH, "measurement_scope": "node"}, FACTORS)
    result = estimate(work, FACTORS)
    grid = next(used for used in result.defaults if used.field == "grid_mg_per_kwh")

    assert FACTORS.row(grid.factor).year == min(FACTORS.years("grid/country/FR"))
    assert any("the work began in 2011" in warning for warning in result.warnings)


def test_years__of_a_key_without_history__are_none() -> None:
    assert FACTORS.years("hardware-life") == {}
    assert FACTORS.names("grid/country/").count("FR") == 1
    assert all("/" not in name for name in FACTORS.names("grid/country/"))


def test_life_and_share__stated__scale_the_embodied_carbon() -> None:
    phase = {"hardware": "h100-sxm-80gb", "device_seconds": 10**9, "embodied_mg": 10**9}
    whole = of(phase, place={"country": "FR"}, hardware_life_s=10**8, end=END + 10**7)
    half = of(
        phase, place={"country": "FR"}, hardware_life_s=10**8, embodied_share_ppm=500_000, end=END + 10**7
    )

    assert whole.embodied_ug.central == 10**9 * 1000 * 10
    assert half.embodied_ug.central == whole.embodied_ug.central // 2
    assert Range(0, 0, 0) < half.embodied_ug


def test_phase__metered_at_the_facility__does_not_take_the_pue_of_the_workload() -> None:
    """Found by the implementation on chain: the meter's energy was multiplied by the workload's PUE."""
    phase = {"measured_uwh": KWH, "measurement_scope": "facility"}
    result = of(phase, place={"country": "FR"}, pue_ppm=1_500_000)

    assert result.energy_uwh.central == KWH
    assert "stated/pue" not in result.factors


def test_one_meter_for_the_work__beside_training_arithmetic__still_counts_the_devices() -> None:
    """Found by the implementation on chain: the embodied carbon was zero in silence."""
    arithmetic = {"hardware": "h100-sxm-80gb", "tokens": 10**12, "params": 8 * 10**9}
    metered_whole = of(arithmetic, place={"country": "FR"}, measured_uwh=KWH, measurement_scope="node")
    modelled = of(arithmetic, place={"country": "FR"})

    assert metered_whole.embodied_ug == modelled.embodied_ug
    assert metered_whole.embodied_ug.low > 0
    assert "training/mfu" in metered_whole.factors
