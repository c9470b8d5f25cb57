"""Properties of the model over generated workloads of every shape."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workload_strategies import START, YEAR_S, Stated, Workloads, seconds

from greenledger.footprint.estimate import STAGES, Estimate, estimate
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.parsing import parse_workload
from greenledger.footprint.ranges import ZERO, Range, ceil_div, half_up
from greenledger.footprint.rules import RULES, Whole
from greenledger.footprint.workload import Phase, Workload

FACTORS = load_factor_set()
MADE = Workloads(FACTORS)
# Fields that raise (1) or lower (-1) the total when they rise, whatever else a workload states.
DIRECTIONS = {
    "grid_mg_per_kwh": 1,
    "pue_ppm": 1,
    "idle_uwh": 1,
    "measured_uwh": 1,
    "units": 1,
    "input_tokens": 1,
    "output_tokens": 1,
    "embodied_share_ppm": 1,
    "hardware_life_s": -1,
}
PHASE_DIRECTIONS = {
    "device_seconds": 1,
    "tokens": 1,
    "params": 1,
    "embodied_mg": 1,
    "measured_uwh": 1,
    "grid_mg_per_kwh": 1,
    "pue_ppm": 1,
    "utilisation_ppm": 1,
    "mfu_ppm": -1,
}


def run(stated: Stated) -> Estimate:
    return estimate(parse_workload({"start": START, "end": START + YEAR_S, **stated}, FACTORS), FACTORS)


def every_bound(a: Range, b: Range) -> bool:
    return a.low <= b.low and a.central <= b.central and a.high <= b.high


def raised_by_a_third(value: int) -> int:
    return value + value // 3 + 1


def most(record: type, name: str) -> int:
    rule = RULES[record][name]
    assert isinstance(rule, Whole)
    return rule.high


@given(MADE.any)
def test_bounds__of_any_workload__are_ordered_and_sums_exact(stated: Stated) -> None:
    result = run(stated)

    for stage in STAGES:
        value: Range = getattr(result, stage)
        assert 0 <= value.low <= value.central <= value.high
    assert result.total_ug == result.operational_ug + result.embodied_ug
    assert result.total_market_ug == result.operational_market_ug + result.embodied_ug
    assert 1 <= result.tier <= 7


@given(MADE.any)
def test_estimate__twice__is_the_same_with_all_that_was_read(stated: Stated) -> None:
    assert run(stated).as_json() == run(stated).as_json()


@given(MADE.any)
def test_rows_read__of_any_workload__are_rows_of_the_set_and_hold_every_default(stated: Stated) -> None:
    result = run(stated)

    assert all(FACTORS.has(key) for key in result.factors)
    assert {used.factor for used in result.defaults} <= set(result.factors)


@given(MADE.any, st.data())
def test_total__in_each_stated_number__moves_one_way_only(stated: Stated, data: st.DataObject) -> None:
    names = [name for name in DIRECTIONS if name in stated]
    if not names:
        return
    name = data.draw(st.sampled_from(names))
    raised = min(raised_by_a_third(stated[name]), most(Workload, name))
    lower, higher = run(stated).total_ug, run({**stated, name: raised}).total_ug
    if DIRECTIONS[name] < 0:
        lower, higher = higher, lower

    assert every_bound(lower, higher)


@given(MADE.training(), st.data())
def test_total__in_each_number_of_a_phase__moves_one_way_only(stated: Stated, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(stated["phases"]) - 1))
    phase = stated["phases"][index]
    name = data.draw(st.sampled_from([name for name in PHASE_DIRECTIONS if name in phase] or [""]))
    if not name:
        return
    raised = min(raised_by_a_third(phase[name]), most(Phase, name))
    changed = [*stated["phases"][:index], {**phase, name: raised}, *stated["phases"][index + 1 :]]
    lower, higher = run(stated).total_ug, run({**stated, "phases": changed}).total_ug
    if PHASE_DIRECTIONS[name] < 0:
        lower, higher = higher, lower

    assert every_bound(lower, higher)


def test_total__at_two_sites_that_become_alike__does_not_fall_by_rounding() -> None:
    """Found by Hypothesis when energy of sites with the same figures was still rounded together."""
    phase = {"measured_uwh": 4386, "measurement_scope": "device", "pue_ppm": 1_393_905, "grid_mg_per_kwh": 27}
    stated = {"kind": "training", "phases": [phase], "idle_uwh": 9348, "pue_ppm": 1_393_905}
    place = {"place": {"country": "AE"}, "embodied_share_ppm": 1}

    cleaner = run({**stated, **place, "grid_mg_per_kwh": 27}).total_ug
    dirtier = run({**stated, **place, "grid_mg_per_kwh": 37}).total_ug

    assert every_bound(cleaner, dirtier)


@given(
    st.sampled_from(MADE.rated), seconds, st.integers(1, 20_000_000), st.sampled_from(["system", "device"])
)
def test_power__more_of_it__raises_all_but_the_low_bound_where_it_becomes_the_nameplate(
    hardware: str, time: int, power: int, scope: str
) -> None:
    def of(power_mw: int) -> Range:
        phase = {
            "hardware": hardware,
            "device_seconds": time,
            "power_mw": min(power_mw, 20_000_000),
            "power_scope": scope,
        }
        return run({"kind": "training", "phases": [phase]}).energy_uwh

    rated = FACTORS.row(f"hardware/{hardware}/rated-power").value.central
    before, after = of(power), of(raised_by_a_third(power))

    assert before.central <= after.central
    assert before.high <= after.high
    if scope == "system" or not power < rated <= raised_by_a_third(power):
        assert before.low <= after.low


@given(MADE.tokens, st.integers(1, 4095))
def test_batch__a_larger_one__never_needs_more_energy(stated: Stated, larger: int) -> None:
    base = {**stated, "batch": stated.get("batch", 1)}
    wider = run({**base, "batch": min(base["batch"] + larger, 4096)})

    assert every_bound(wider.energy_uwh, run(base).energy_uwh)


@given(st.lists(MADE.phases, min_size=2, max_size=6))
def test_phases__in_one_workload_or_apart__add_up_exactly_in_every_stage(listed: list[Stated]) -> None:
    together = run({"kind": "training", "phases": listed})
    apart = [run({"kind": "training", "phases": [phase]}) for phase in listed]

    for stage in STAGES:
        parts = ZERO
        for result in apart:
            parts += getattr(result, stage)
        assert getattr(together, stage) == parts


@given(MADE.tokens, st.integers(2, 1000))
def test_requests__many_times_the_same__scale_the_energy_up_to_rounding(stated: Stated, times: int) -> None:
    one, many = run({**stated, "requests": 1}), run({**stated, "requests": times})

    for a, b in zip(one.it_energy_uwh, many.it_energy_uwh, strict=True):
        assert abs(a * times - b) <= times


@given(st.sampled_from(MADE.rated), seconds, st.integers(1, 999_999))
def test_stated_values__in_the_middle__are_exactly_themselves(hardware: str, time: int, share: int) -> None:
    rated_mw = FACTORS.row(f"hardware/{hardware}/rated-power").value.central
    phase = {"hardware": hardware, "device_seconds": time, "power_mw": rated_mw, "power_scope": "system"}
    result = run({"kind": "training", "phases": [{**phase, "utilisation_ppm": share}], "pue_ppm": 1_000_000})

    assert result.energy_uwh.central == half_up(rated_mw * time * share * 10, 36 * 10**6)


@given(MADE.any, st.randoms(use_true_random=False), st.sampled_from(["NFC", "NFD"]))
def test_canonical_form__under_key_order_numbers_and_unicode__is_one(
    stated: Stated, random: Any, form: Any
) -> None:
    def spelled(value: Any) -> Any:
        if isinstance(value, dict):
            names = list(value)
            random.shuffle(names)
            return {name: spelled(value[name]) for name in names}
        if isinstance(value, list):
            return [spelled(item) for item in value]
        return str(value) if isinstance(value, int) and random.random() < 0.5 else value

    named = {**stated, "name": "Zusätzliche Läufe 1"}
    respelled = spelled({**named, "name": unicodedata.normalize(form, named["name"])})
    workload = parse_workload(named)
    again = parse_workload(respelled)

    assert again == workload
    assert again.canonical() == workload.canonical()
    assert parse_workload(workload.canonical()) == workload
    assert parse_workload(workload.canonical()).canonical() == workload.canonical()


@given(st.integers(0, 10**60), st.integers(1, 10**40))
def test_rounding__of_any_quotient__is_half_up_between_floor_and_ceiling(a: int, b: int) -> None:
    value = Range.exact(a).divided(b)

    assert value.low <= value.central <= value.high == ceil_div(a, b)
    assert value.high - value.low <= 1
    assert (2 * (a % b) >= b) == (value.central > value.low) or a % b == 0


@pytest.mark.parametrize("bounds", [(2, 1, 3), (1, 3, 2), (-1, 0, 1)])
def test_range__out_of_order__is_refused(bounds: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="out of order"):
        Range.ordered(*bounds)
