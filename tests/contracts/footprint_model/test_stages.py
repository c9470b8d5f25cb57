"""Each stage alone against the function of the same name in Python, far beyond the numbers of real work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import boa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from in_process import load
from properties.tiers import counted

from greenledger.footprint import stages
from greenledger.footprint.machines import share_of_all
from greenledger.footprint.ranges import Range, spread
from greenledger.footprint.rules import EARLIEST, LATEST
from greenledger.footprint.workload import Contract

KILOGRAM = 10**9  # ug


def up_to(most: int, least: int = 0) -> st.SearchStrategy[Range]:
    """Ranges in order."""
    bounds = st.lists(st.integers(least, most), min_size=3, max_size=3)
    return bounds.map(lambda drawn: Range(*sorted(drawn)))


energy, ratio, life = up_to(10**21), up_to(4 * 10**6), up_to(10**10, 1)
contracts = st.lists(st.tuples(st.integers(1, 10**20), st.integers(0, 2_000_000)), min_size=1, max_size=8)


def market(used: Range, weighted: Range, listed: list[tuple[int, int]]) -> Range:
    return stages.market_ug(used, weighted, [Contract(*entry, "") for entry in listed])


def token_energy(costs: Range, requests: int) -> Range:
    nothing = Range(0, 0, 0)
    return stages.token_energy_uwh(stages.TokenCosts(costs, nothing, nothing), (0, 0, 1, requests))


def embodied_by_energy(used: Range, made: Range, power: Range, years: Range, share: int) -> Range:
    return stages.embodied_by_energy_ug(stages.energy_cost(made, power, years, share), used)


STAGES: dict[str, tuple[Callable[..., Range], tuple[st.SearchStrategy[Any], ...]]] = {
    "divided": (Range.divided_by, (up_to(10**60), up_to(10**40, 1))),
    "spread": (spread, (st.integers(0, 10**24), ratio)),
    "share": (share_of_all, (st.integers(1, 10**6), ratio)),
    "device_energy": (stages.device_energy_uwh, (up_to(10**20), up_to(10**20))),
    "training_seconds": (
        stages.training_seconds,
        (st.integers(1, 10**17), st.integers(10**6, 10**14), up_to(10**9, 1), up_to(10**6, 1)),
    ),
    "token_energy": (token_energy, (up_to(10**45), st.integers(1, 10**13))),
    "unit_energy": (stages.unit_energy_uwh, (up_to(10**15), st.integers(1, 10**13))),
    "facility_energy": (stages.facility_energy_uwh, (energy, ratio)),
    "location": (stages.location_ug, (energy, up_to(3 * 10**6))),
    "market": (
        market,
        (energy, up_to(10**27), contracts),
    ),
    "embodied": (stages.embodied_ug, (up_to(10**16), up_to(10**20), life, st.integers(1, 10**6))),
    "embodied_by_energy": (
        embodied_by_energy,
        (energy, up_to(10**13), up_to(10**8, 1), life, st.integers(1, 10**6)),
    ),
    "water": (stages.water_ul, (energy, up_to(4 * 10**7))),
    "per_unit": (stages.per_unit_ug, (up_to(2**72 - 1), st.integers(1, 10**30))),
}


@pytest.fixture(scope="module")
def harness() -> Any:
    return load("tests/contracts/mocks/footprint_stages_harness.vy")


@pytest.mark.parametrize("name", STAGES)
@counted(home=20, ci=100, long=2000)
@given(data=st.data())
def test_stage__of_any_numbers__rounds_as_python_does(harness: Any, name: str, data: st.DataObject) -> None:
    function, strategies = STAGES[name]
    arguments = [data.draw(strategy) for strategy in strategies]

    assert tuple(getattr(harness, name)(*arguments)) == tuple(function(*arguments))


@counted(home=50, ci=200, long=4000)
@given(moment=st.integers(EARLIEST, LATEST))
@example(moment=1_582_934_400)  # 29 February 2020
@example(moment=1_583_020_799)
@example(moment=1_583_020_800)  # 1 March 2020
@example(moment=4_107_542_400)  # 1 March 2100, which is no leap year
@example(moment=0)
def test_year__of_any_moment__is_that_of_the_calendar(harness: Any, moment: int) -> None:
    assert harness.year(moment) == datetime.fromtimestamp(moment, UTC).year


@pytest.mark.parametrize("year", range(2010, 2101))
def test_year__at_its_first_and_last_second__is_that_year(harness: Any, year: int) -> None:
    first = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())

    assert harness.year(first) == year
    assert harness.year(first - 1) == year - 1


def test_overflow__of_a_product__reverts(harness: Any) -> None:
    most = 2**255
    assert tuple(harness.water((0, 0, most), (0, 0, 1))) == (0, 0, -(-most // 10**9))
    with pytest.raises(boa.BoaError):
        harness.water((0, 0, most), (0, 0, 2))


# Published figures that are a stage alone: making hardware, and carbon over functional units.
def test_bloom_embodied__of_its_cards_and_servers__is_as_published(harness: Any) -> None:
    seconds, life_s = (1_082_990 * 3600,) * 3, (int(6 * 8760 * 3600 * 0.85),) * 3

    cards = harness.embodied((150 * KILOGRAM,) * 3, seconds, life_s, 1_000_000)
    servers = harness.embodied((2500 * KILOGRAM,) * 3, seconds, life_s, 125_000)

    assert round(cards.central / 10**12, 1) == 3.6  # t
    assert round(servers.central / 10**12, 1) == 7.6


def test_impact_framework__embodied_and_sci__are_as_published(harness: Any) -> None:
    made, hour, four_years = (1200 * KILOGRAM,) * 3, (3600,) * 3, (126_144_000,) * 3

    assert tuple(harness.embodied(made, hour, four_years, 1_000_000)) == (34_246_575, 34_246_575, 34_246_576)
    assert tuple(harness.per_unit((5_020_000,) * 3, 100)) == (50_200,) * 3


@pytest.mark.parametrize(
    ("total_kg", "units", "per_unit_ug"),
    [
        (3200, 40_000_000, 80_000),
        (6500, 50_000, 130_000_000),
        (200_000, 50_000, 4_000_000_000),
        (750_000, 25, 30_000 * KILOGRAM),
    ],
)
def test_sci_ai_examples__recomputed__are_what_their_inputs_give(
    harness: Any, total_kg: int, units: int, per_unit_ug: int
) -> None:
    assert harness.per_unit((total_kg * KILOGRAM,) * 3, units).central == per_unit_ug
