"""Columns give the integers of the integer path: for drawn rows, extreme ones, all of the catalogue."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from column_rows import FACTORS, NAMES, PLACES, Row, assert_same, columns_from, row_of, rows
from hypothesis import assume, given
from hypothesis import strategies as st

from greenledger.columns import estimate as column_estimate
from greenledger.columns.estimate import estimate_columns
from greenledger.columns.inference import Model
from greenledger.columns.quotients import LIMIT
from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import UnknownFactor, load_factor_set, published_sets
from greenledger.footprint.fields import InvalidWorkload
from greenledger.footprint.ranges import ZERO
from greenledger.footprint.workload import Place, Workload

INT64 = 2**63


@given(st.lists(rows(most_tokens=10**12), min_size=1, max_size=12))
def test_rows__drawn__are_the_integers_of_the_integer_path(listed: list[Row]) -> None:
    columns = columns_from(listed)

    assert_same(estimate_columns(columns, FACTORS), columns)


@given(rows())
def test_row__of_any_size_the_rules_allow__is_the_same_or_refused_alike(row: Row) -> None:
    columns = columns_from([row])
    try:
        expected = estimate(columns.workload(0), FACTORS)
    except InvalidWorkload as refused:
        with pytest.raises(InvalidWorkload) as caught:
            estimate_columns(columns, FACTORS)
        assert caught.value.errors[0].field == "rows[0]"
        assert caught.value.errors[0].problem == refused.errors[0].problem
        return

    assert estimate_columns(columns, FACTORS).row(0).total_ug == expected.total_ug
    assert_same(estimate_columns(columns, FACTORS), columns)


@given(st.data(), rows(most_tokens=10**12))
def test_requests__around_a_divisor_of_the_total__are_rounded_alike(data: st.DataObject, row: Row) -> None:
    total = estimate(columns_from([row]).workload(0), FACTORS).total_ug
    assume(total.low > 0)
    bound = data.draw(st.sampled_from(total))
    tokens = row["input_tokens"] + row["output_tokens"]
    assume(row.get("requests") is None and tokens * bound <= 10**15)
    columns = columns_from([row | {"requests": max(bound + data.draw(st.integers(-1, 1)), 1)}])

    assert_same(estimate_columns(columns, FACTORS), columns)


def test_catalogue__every_model_at_every_kind_of_place__is_the_same() -> None:
    listed = [
        row_of(
            model=Model(NAMES[at % len(NAMES)]),
            place=PLACES[at % len(PLACES)],
            year=2015 + at % 13,
            input_tokens=1_000 + at,
            cached_tokens=at,
            output_tokens=3 * at,
            requests=1 + at**2,
            batch=(-1, 1, 3, 8, 100, 256, 4096)[at % 7],
        )
        for at in range(max(len(NAMES), len(PLACES)))
    ]
    columns = columns_from(listed)

    assert_same(estimate_columns(columns, FACTORS), columns)


@pytest.mark.parametrize("set_id", published_sets())
def test_factor_set__every_published_one__is_the_same(set_id: str) -> None:
    factors = load_factor_set(set_id)
    names = factors.names("model/", "/active-params")
    columns = columns_from(
        [row_of(model=Model(name), input_tokens=700, cached_tokens=50, output_tokens=90) for name in names]
    )

    assert_same(estimate_columns(columns, factors), columns, factors)


def test_model__closed__keeps_its_range() -> None:
    closed = [
        name
        for name in NAMES
        if (active := FACTORS.row(f"model/{name}/active-params").value).low != active.high
    ]
    columns = columns_from([row_of(model=Model(name), output_tokens=10**5) for name in closed])

    assert closed
    assert_same(estimate_columns(columns, FACTORS), columns)


@pytest.mark.parametrize("stated", [{}, {"requests": 7}])
def test_tokens__every_mix_of_their_kinds__is_the_same_together_and_alone(stated: Row) -> None:
    mixes = itertools.product((0, 1, 999), repeat=3)
    listed = [
        row_of(input_tokens=fresh + cached, cached_tokens=cached, output_tokens=output, **stated)
        for fresh, cached, output in mixes
    ]
    together = columns_from(listed)

    assert_same(estimate_columns(together, FACTORS), together)
    for row in listed:
        alone = columns_from([row])
        assert_same(estimate_columns(alone, FACTORS), alone)


def test_stated__every_column_at_its_limits__is_the_same() -> None:
    limits = {
        "batch": (1, 4096),
        "pue_ppm": (1_000_000, 3_000_000),
        "grid_mg_per_kwh": (0, 2_000_000),
        "wue_ul_per_kwh": (0, 20_000_000),
        "hardware_life_s": (2_592_000, 1_600_000_000),
        "embodied_share_ppm": (1, 1_000_000),
        "year": (2010, 2100),
    }
    listed = [
        row_of(input_tokens=12_345, output_tokens=678, **dict(zip(limits, values, strict=True)))
        for values in itertools.product(*limits.values())
    ]
    columns = columns_from(listed)

    assert_same(estimate_columns(columns, FACTORS), columns)


def test_row__beyond_63_bits__is_exact_in_python_integers() -> None:
    giant = row_of(model=Model(None, 10**12), output_tokens=10**15, grid_mg_per_kwh=0)
    columns = columns_from([row_of(output_tokens=10), giant])
    with np.errstate(all="raise"):
        result = estimate_columns(columns, FACTORS)

    assert result.row(1).energy_uwh.high > INT64
    assert result.energy_uwh.dtype == object
    assert result.tier.tolist() == [result.row(0).tier, result.row(1).tier]
    assert_same(result, columns)


def test_row__about_the_limit_of_the_column_arithmetic__is_the_same_on_both_sides() -> None:
    per_token = estimate(columns_from([row_of(output_tokens=10**9)]).workload(0), FACTORS).energy_uwh.high
    near = int(LIMIT) * 10**9 // per_token
    columns = columns_from([row_of(output_tokens=near + step) for step in range(-300, 300, 7)])
    result = estimate_columns(columns, FACTORS)

    assert result.energy_uwh[2].min() < LIMIT < result.energy_uwh[2].max()
    assert_same(result, columns)


def test_row__of_usual_size__never_takes_the_integer_path(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(workload: Workload, factors: object) -> None:
        raise AssertionError(f"estimated one by one: {workload}")

    monkeypatch.setattr(column_estimate, "estimate", refuse)
    listed = [
        row_of(
            model=model,
            input_tokens=10**5,
            cached_tokens=77_777,
            output_tokens=10**4,
            requests=10**3,
            pue_ppm=1_234_567,
            grid_mg_per_kwh=99_991,
            wue_ul_per_kwh=1_999_993,
            hardware_life_s=100_000_007,
            embodied_share_ppm=999_983,
        )
        for model in (
            *map(Model, NAMES),
            Model(None, 1_234_567_891),
            Model(None, 12_345_678_917, 99_999_999_977),
        )
    ]

    assert len(estimate_columns(columns_from(listed), FACTORS)) == len(listed)


def test_rows__more_than_are_worked_on_at_once__are_the_same() -> None:
    count = 40_000
    columns = columns_from([row_of(output_tokens=at, requests=1 + at % 9) for at in range(count)])
    result = estimate_columns(columns, FACTORS)

    for row in (0, 1, 16_383, 16_384, 32_767, 32_768, count - 1):
        assert result.row(row).total_ug == estimate(columns.workload(row), FACTORS).total_ug


def test_rows__each_with_its_own_site__are_the_same() -> None:
    listed = [
        row_of(output_tokens=1_000, pue_ppm=1_000_000 + at, grid_mg_per_kwh=2 * at, wue_ul_per_kwh=3 * at)
        for at in range(0, 3_000)
    ]
    columns = columns_from(listed)

    assert_same(estimate_columns(columns, FACTORS), columns)


def test_no_tokens_and_no_rows__are_nothing() -> None:
    nothing = estimate_columns(columns_from([row_of()]), FACTORS)

    assert nothing.row(0).total_ug == ZERO
    assert nothing.row(0).per_request_ug is None
    empty = np.array([], np.int64)
    none = estimate_columns(type(columns_from([row_of()]))((), (), *([empty] * 5)), FACTORS)
    assert len(none) == 0
    assert none.sum_of("total_ug") == ZERO


@pytest.mark.parametrize(
    "stated",
    [{"model": Model("no-such-model")}, {"place": Place(country="XX")}, {"place": Place("US", "ZZ")}],
)
def test_name__that_the_factor_set_lacks__is_refused(stated: Row) -> None:
    with pytest.raises(UnknownFactor):
        estimate_columns(columns_from([row_of(output_tokens=1, **stated)]), FACTORS)
