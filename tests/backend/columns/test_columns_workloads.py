"""Workloads into columns and through them: what fits, what does not, and rows that keep their numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from column_rows import FACTORS, NAMES, PLACES, integers_of
from hypothesis import given, settings
from hypothesis import strategies as st

from greenledger.columns.estimate import estimate_columns, estimate_many
from greenledger.columns.inference import Model, columns_of, fits
from greenledger.footprint.estimate import STAGES, estimate
from greenledger.footprint.fields import InvalidWorkload
from greenledger.footprint.workload import Contract, FunctionalUnit, Kind, Phase, Place, Workload

START = 1_750_000_000
TOKENS = Workload(
    Kind.INFERENCE,
    START,
    START + 3_600,
    place=Place(country="SE"),
    model="llama-3.1-8b",
    requests=90,
    input_tokens=1_000,
    cached_tokens=300,
    output_tokens=250,
    batch=16,
)
METERED = Workload(Kind.TRAINING, START, START + 9, measured_uwh=10**12, measurement_scope="node")
H100_TIME = Phase(hardware="h100-sxm-80gb", device_seconds=10**6)
CARDS = Workload(Kind.TRAINING, START, START + 9, phases=(H100_TIME,))
CONTRACTED = replace(TOKENS, contracts=(Contract(10**6, 20_000, "0x" + "00" * 32),))
GIANT = Workload(Kind.TRAINING, START, START + 9, measured_uwh=10**20, measurement_scope="node")

fitting = st.builds(
    Workload,
    kind=st.just(Kind.INFERENCE),
    start=st.integers(1_262_304_000, 4_102_444_800),
    end=st.just(START + 1),
    name=st.none() | st.just("chat"),
    place=st.sampled_from(PLACES),
    model=st.sampled_from(NAMES),
    requests=st.none() | st.integers(1, 10**6),
    input_tokens=st.none() | st.integers(10**3, 10**6),
    output_tokens=st.integers(0, 10**6),
    batch=st.none() | st.integers(1, 4096),
    reasoning_tokens=st.none() | st.just(0),
    pue_ppm=st.none() | st.integers(1_000_000, 3_000_000),
    hardware_life_s=st.none() | st.integers(2_592_000, 1_600_000_000),
    functional_unit=st.none() | st.just(FunctionalUnit("chat", 3)),
)
others = st.builds(
    replace,
    fitting,
    contracts=st.sampled_from(((), CONTRACTED.contracts)),
    residual_mg_per_kwh=st.none() | st.just(500_000),
    grid_water_ul_per_kwh=st.none() | st.just(4_000_000),
    idle_uwh=st.none() | st.integers(0, 10**9),
)


@given(st.lists(fitting | others | st.sampled_from((METERED, CARDS, GIANT)), max_size=12))
def test_estimate_many__of_any_kinds__is_each_estimate_in_order(stated: list[Workload]) -> None:
    result = estimate_many(stated, FACTORS)

    assert list(result) == [integers_of(estimate(workload, FACTORS)) for workload in stated]


@given(st.lists(fitting, min_size=1, max_size=8))
def test_columns_of__workloads_that_fit__estimate_as_they_do(stated: list[Workload]) -> None:
    result = estimate_columns(columns_of(stated), FACTORS)

    assert list(result) == [integers_of(estimate(workload, FACTORS)) for workload in stated]


def test_columns_of__the_same_names__lists_each_once() -> None:
    columns = columns_of([TOKENS, replace(TOKENS, place=None), TOKENS])

    assert columns.models == (Model("llama-3.1-8b"),)
    assert columns.places == (Place(country="SE"), None)
    assert columns.place.tolist() == [0, 1, 0]
    assert columns.pue_ppm is None


def test_columns_of__no_workloads__has_no_rows() -> None:
    assert len(columns_of([])) == 0
    assert len(estimate_many([], FACTORS)) == 0


def test_workload__of_a_row__states_what_the_row_does() -> None:
    row = columns_of([TOKENS, replace(TOKENS, batch=None, requests=None)]).workload(1)

    year_begins = 1_735_689_600
    assert row == replace(TOKENS, batch=None, requests=None, start=year_begins, end=year_begins + 1)


@pytest.mark.parametrize(
    "other",
    [
        METERED,
        CARDS,
        CONTRACTED,
        replace(TOKENS, residual_mg_per_kwh=1),
        replace(TOKENS, idle_uwh=1),
        replace(TOKENS, grid_water_ul_per_kwh=1),
        replace(TOKENS, phases=CARDS.phases),
        replace(TOKENS, measured_uwh=1, measurement_scope="node"),
        replace(TOKENS, active_params=10**9),
        Workload(Kind.INFERENCE, START, START + 1, requests=5),
        Workload(Kind.INFERENCE, START, START + 1, task="image-generation", units=5),
    ],
)
def test_columns_of__work_that_columns_cannot_hold__names_the_row(other: Workload) -> None:
    assert not fits(other)
    with pytest.raises(ValueError, match=r"rows\[1\]: does not fit into columns, expected tokens of a model"):
        columns_of([TOKENS, other])


def test_estimate_many__one_with_contracts__keeps_the_market_based_figures_apart() -> None:
    result = estimate_many([TOKENS, CONTRACTED, TOKENS], FACTORS)

    assert [row.operational_ug == row.operational_market_ug for row in result] == [True, False, True]
    assert [row.total_ug == row.total_market_ug for row in result] == [True, False, True]


def test_estimate_many__one_out_of_range__names_its_row_among_all() -> None:
    stated = [METERED, TOKENS, replace(TOKENS, requests=10**14), CARDS]

    with pytest.raises(InvalidWorkload, match=r"rows\[2\]\.requests: 100000000000000 is out of range"):
        estimate_many(stated, FACTORS)


def test_estimate_many__more_carbon_than_the_chain_holds__names_its_row_among_all() -> None:
    too_much = replace(GIANT, measured_uwh=10**22)

    with pytest.raises(InvalidWorkload, match=r"rows\[1\]: the footprint exceeds"):
        estimate_many([TOKENS, too_much], FACTORS)


@settings(max_examples=20)
@given(st.lists(st.sampled_from((TOKENS, METERED, CARDS, CONTRACTED, GIANT)), max_size=9))
def test_sums__of_mixed_rows__are_those_of_python_integers(stated: list[Workload]) -> None:
    result = estimate_many(stated, FACTORS)
    rows = list(result)

    for stage in STAGES:
        ranges = [getattr(row, stage) for row in rows]
        assert result.sum_of(stage) == tuple(sum(one[bound] for one in ranges) for bound in range(3))
