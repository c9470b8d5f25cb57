"""Properties of the model over generated workloads."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from greenledger.footprint.estimate import Estimate, estimate
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.parsing import parse_workload
from greenledger.footprint.ranges import Range, ceil_div, half_up

FACTORS = load_factor_set()
START, YEAR_S = 1_700_000_000, 31_536_000
HARDWARE = FACTORS.names("hardware/", "/embodied")
RATED = tuple(name for name in HARDWARE if FACTORS.has(f"hardware/{name}/rated-power"))
COUNTRIES = FACTORS.names("grid/country/")
REGIONS = tuple(name.split("/") for name in FACTORS.names("grid/region/"))
MODELS = FACTORS.names("model/", "/active-params")
STAGES = (
    "it_energy_uwh",
    "energy_uwh",
    "operational_ug",
    "operational_market_ug",
    "embodied_ug",
    "water_ul",
    "total_ug",
    "total_market_ug",
)

seconds = st.integers(1, 10**12)
places = st.one_of(
    st.builds(lambda code: {"country": code}, st.sampled_from(COUNTRIES)),
    st.builds(lambda names: {"provider": names[0], "region": names[1]}, st.sampled_from(REGIONS)),
)
powers: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries(
        {"power_mw": st.integers(1, 20_000_000), "power_scope": st.sampled_from(["system", "device"])},
        optional={"utilisation_ppm": st.integers(1, 1_000_000)},
    ),
)
phases = st.builds(
    lambda hardware, time, power: {"hardware": hardware, "device_seconds": time, **power},
    st.sampled_from(HARDWARE),
    seconds,
    powers,
)
contract = st.fixed_dictionaries(
    {
        "energy_uwh": st.integers(1, 10**16),
        "grid_mg_per_kwh": st.integers(0, 2_000_000),
        "evidence": st.just("0x" + "00" * 32),
    }
)
site = {
    "place": places,
    "pue_ppm": st.integers(1_000_000, 3_000_000),
    "wue_ul_per_kwh": st.integers(0, 20_000_000),
    "grid_mg_per_kwh": st.integers(0, 2_000_000),
    "idle_uwh": st.integers(0, 10**16),
    "contracts": st.lists(contract, min_size=1, max_size=3),
}
training = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["training", "fine-tuning"]),
        "phases": st.lists(phases, min_size=1, max_size=4),
    },
    optional=site,
)
inference = st.fixed_dictionaries(
    {
        "kind": st.just("inference"),
        "model": st.sampled_from(MODELS),
        "output_tokens": st.integers(1, 10**6),
        "requests": st.integers(1, 10**6),
    },
    optional={**site, "input_tokens": st.integers(0, 10**6), "batch": st.integers(1, 4096)},
)
workloads = st.one_of(training, inference)


def run(stated: dict[str, Any]) -> Estimate:
    return estimate(parse_workload({"start": START, "end": START + YEAR_S, **stated}), FACTORS)


def every_bound(a: Range, b: Range) -> bool:
    return a.low <= b.low and a.central <= b.central and a.high <= b.high


@given(workloads)
def test_bounds__of_any_workload__are_ordered_and_sums_exact(stated: dict[str, Any]) -> None:
    result = run(stated)

    for stage in STAGES:
        value: Range = getattr(result, stage)
        assert 0 <= value.low <= value.central <= value.high
    assert result.total_ug == result.operational_ug + result.embodied_ug
    assert result.total_market_ug == result.operational_market_ug + result.embodied_ug
    assert 1 <= result.tier <= 7


@given(workloads)
def test_estimate__twice__is_the_same(stated: dict[str, Any]) -> None:
    assert run(stated) == run(stated)


@given(training, st.integers(1, 10**12))
def test_device_time__more_of_it__never_lowers_anything(stated: dict[str, Any], more: int) -> None:
    longer = [{**stated["phases"][0], "device_seconds": stated["phases"][0]["device_seconds"] + more}]
    before, after = run(stated), run({**stated, "phases": longer + stated["phases"][1:]})

    for stage in STAGES:
        assert every_bound(getattr(before, stage), getattr(after, stage))


@given(workloads, st.integers(0, 1_999_999), st.integers(1, 2_000_000))
def test_grid__a_dirtier_one__never_lowers_the_carbon(stated: dict[str, Any], grid: int, more: int) -> None:
    cleaner = run({**stated, "grid_mg_per_kwh": grid})
    dirtier = run({**stated, "grid_mg_per_kwh": min(grid + more, 2_000_000)})

    assert every_bound(cleaner.operational_ug, dirtier.operational_ug)
    assert every_bound(cleaner.operational_market_ug, dirtier.operational_market_ug)


@given(workloads, st.integers(1_000_000, 3_000_000), st.integers(0, 2_000_000))
def test_pue__a_worse_one__never_lowers_the_energy(stated: dict[str, Any], pue: int, more: int) -> None:
    better = run({**stated, "pue_ppm": pue})
    worse = run({**stated, "pue_ppm": min(pue + more, 3_000_000)})

    assert every_bound(better.energy_uwh, worse.energy_uwh)


@given(inference, st.integers(0, 10**6), st.integers(1, 4095))
def test_tokens_and_batch__more_tokens_cost_more__larger_batches_less(
    stated: dict[str, Any], more: int, larger: int
) -> None:
    base = {**stated, "batch": stated.get("batch", 1)}
    longer = run({**base, "output_tokens": base["output_tokens"] + more})
    wider = run({**base, "batch": min(base["batch"] + larger, 4096)})

    assert every_bound(run(base).energy_uwh, longer.energy_uwh)
    assert every_bound(wider.energy_uwh, run(base).energy_uwh)


@given(st.lists(phases, min_size=2, max_size=6))
def test_phases__in_one_workload_or_apart__add_up_exactly(listed: list[dict[str, Any]]) -> None:
    together = run({"kind": "training", "phases": listed})
    apart = [run({"kind": "training", "phases": [phase]}) for phase in listed]

    for stage in ("it_energy_uwh", "embodied_ug"):
        parts = Range.exact(0)
        for result in apart:
            parts += getattr(result, stage)
        assert getattr(together, stage) == parts


@given(st.sampled_from(RATED), seconds, st.integers(1, 999_999))
def test_stated_values__in_the_middle__are_exactly_themselves(hardware: str, time: int, share: int) -> None:
    rated_mw = FACTORS.row(f"hardware/{hardware}/rated-power").value.central
    phase = {"hardware": hardware, "device_seconds": time, "power_mw": rated_mw, "power_scope": "system"}
    result = run({"kind": "training", "phases": [{**phase, "utilisation_ppm": share}], "pue_ppm": 1_000_000})

    assert result.energy_uwh.central == half_up(rated_mw * time * share * 10, 36 * 10**6)


@given(workloads, st.randoms(use_true_random=False))
def test_canonical_form__under_key_order_and_number_spelling__is_one(
    stated: dict[str, Any], random: Any
) -> None:
    def spelled(value: Any) -> Any:
        if isinstance(value, dict):
            names = list(value)
            random.shuffle(names)
            return {name: spelled(value[name]) for name in names}
        if isinstance(value, list):
            return [spelled(item) for item in value]
        return str(value) if isinstance(value, int) and random.random() < 0.5 else value

    workload = parse_workload({"start": START, "end": START + YEAR_S, **stated})
    again = parse_workload(spelled({"start": START, "end": START + YEAR_S, **stated}))

    assert again == workload
    assert again.canonical() == workload.canonical()
    assert parse_workload(workload.canonical()) == workload


@given(st.integers(0, 10**60), st.integers(1, 10**40))
def test_rounding__of_any_quotient__is_half_up_between_floor_and_ceiling(a: int, b: int) -> None:
    value = Range.exact(a).divided(b)

    assert value.low <= value.central <= value.high == ceil_div(a, b)
    assert value.high - value.low <= 1
    assert (2 * (a % b) >= b) == (value.central > value.low) or a % b == 0
