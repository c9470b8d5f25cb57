"""What columns refuse, with the row and the field; and what they say without NumPy."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import numpy as np
import pytest
from column_rows import FACTORS, columns_from, row_of

from greenledger.columns.checking import check_columns
from greenledger.columns.estimate import estimate_columns
from greenledger.columns.inference import InferenceColumns, Model
from greenledger.footprint.fields import InvalidWorkload
from greenledger.footprint.rules import RULES, Whole
from greenledger.footprint.workload import Workload


def problems(*rows: dict[str, Any]) -> list[tuple[str, str, str]]:
    with pytest.raises(InvalidWorkload) as caught:
        check_columns(columns_from(list(rows)))
    return [(error.field, error.problem, error.expected) for error in caught.value.errors]


@pytest.mark.parametrize("name", ["requests", "batch", "pue_ppm", "hardware_life_s", "embodied_share_ppm"])
def test_number__beside_its_limits__is_refused_with_row_and_field(name: str) -> None:
    rule = RULES[Workload][name]
    assert isinstance(rule, Whole)

    check_columns(columns_from([row_of(**{name: rule.low}), row_of(**{name: rule.high}), row_of()]))
    for wrong in (rule.low - 1, rule.high + 1, -2):
        assert problems(row_of(**{name: rule.low}), row_of(**{name: wrong})) == [
            (
                f"rows[1].{name}",
                f"{wrong} is out of range",
                f"a whole number from {rule.low} to {rule.high}, or -1 for not stated",
            )
        ]


@pytest.mark.parametrize("name", ["grid_mg_per_kwh", "wue_ul_per_kwh"])
def test_number__of_0_or_not_stated__is_both_in_range(name: str) -> None:
    check_columns(columns_from([row_of(**{name: 0}), row_of(**{name: -1})]))

    assert problems(row_of(**{name: -2}))[0][0] == f"rows[0].{name}"


@pytest.mark.parametrize("name", ["input_tokens", "output_tokens", "cached_tokens"])
def test_tokens__negative__are_refused_as_no_way_to_say_not_stated(name: str) -> None:
    assert problems(row_of(), row_of(**{name: -1}))[0] == (
        f"rows[1].{name}",
        "-1 is out of range",
        "a whole number from 0 to 1000000000000000",
    )


@pytest.mark.parametrize(("year", "right"), [(2009, False), (2010, True), (2100, True), (2101, False)])
def test_year__outside_what_a_start_may_be__is_refused(year: int, right: bool) -> None:
    if right:
        check_columns(columns_from([row_of(year=year)]))
    else:
        assert problems(row_of(year=year))[0][:2] == ("rows[0].year", f"{year} is out of range")


@pytest.mark.parametrize("name", ["model", "place"])
@pytest.mark.parametrize("code", [-1, 1])
def test_position__that_the_list_lacks__is_refused(name: str, code: int) -> None:
    codes = {"model": [0], "place": [0]} | {name: [code]}
    columns = InferenceColumns(
        [Model("llama-3.1-8b")],
        [None],
        year=[2025],
        input_tokens=[0],
        output_tokens=[1],
        **codes,  # type: ignore[arg-type]
    )

    with pytest.raises(InvalidWorkload, match=rf"rows\[0\]\.{name}: {code} is out of range"):
        check_columns(columns)


def test_cached_tokens__more_than_the_input__are_refused() -> None:
    assert problems(row_of(input_tokens=4, cached_tokens=4), row_of(input_tokens=4, cached_tokens=5)) == [
        ("rows[1].cached_tokens", "more than input_tokens", "at most input_tokens, of which they are a part")
    ]


@pytest.mark.parametrize(
    ("requests", "tokens"),
    [
        (1, (10**15, 1)),
        (3, (0, 333_333_333_333_334)),
        (10**13, (10**15, 10**15)),  # wraps in int64
        (2**32, (2**32, 0)),  # is 0 in int64
        (10**13, (99, 2)),
    ],
)
def test_tokens__too_many_in_all__are_refused_even_where_the_product_wraps(
    requests: int, tokens: tuple[int, int]
) -> None:
    large = row_of(requests=requests, input_tokens=tokens[0], output_tokens=tokens[1])

    assert problems(row_of(requests=1, output_tokens=10**15), large) == [
        (
            "rows[1].requests",
            "requests times tokens is out of range",
            f"at most {10**15} tokens in all",
        )
    ]


@pytest.mark.parametrize("requests", [1, 3, 10**13])
def test_tokens__as_many_as_there_may_be__are_accepted(requests: int) -> None:
    check_columns(columns_from([row_of(requests=requests, output_tokens=10**15 // requests)]))


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Model(), "models[0]"),
        (Model("llama-3.1-8b", 10**9), "models[0]"),
        (Model(None, 10**5), "models[0].active_params"),
        (Model(None, 10**9, 10**15), "models[0].total_params"),
        (Model(None, 10**9, 10**9 - 1), "models[0].total_params"),
    ],
)
def test_model__that_no_workload_could_state__is_refused(model: Model, field: str) -> None:
    assert problems(row_of(model=model))[0][0] == field


def test_errors__more_than_anyone_reads__are_the_first_20() -> None:
    assert len(problems(*(row_of(requests=0) for _ in range(50)))) == 20


def test_column__of_another_length__is_refused() -> None:
    with pytest.raises(ValueError, match=r"year: shape \(2,\), expected one dimension with 1 rows"):
        InferenceColumns([Model("x")], [None], [0], [0], [2025, 2026], [1], [1])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "column", [[1.5], np.array([2**63], np.uint64), [10**30], [True], ["7"], np.array([float("nan")])]
)
def test_column__of_anything_but_whole_numbers__is_refused(column: Any) -> None:
    with pytest.raises(TypeError, match=r"output_tokens: .* values, expected integers below 2\^63"):
        InferenceColumns([Model("x")], [None], [0], [0], [2025], [1], column)  # type: ignore[arg-type]


def test_column__of_smaller_integers__is_taken() -> None:
    columns = columns_from([row_of(output_tokens=200)])
    small = InferenceColumns(
        columns.models,
        columns.places,
        columns.model.astype(np.uint8),
        columns.place.astype(np.int32),
        columns.year.astype(np.uint64),
        columns.input_tokens.astype(np.int16),
        columns.output_tokens.astype(np.uint8),
    )

    assert estimate_columns(small, FACTORS).row(0) == estimate_columns(columns, FACTORS).row(0)


def test_package__without_numpy__says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.delitem(sys.modules, "greenledger.columns")

    with pytest.raises(ImportError, match=r"needs NumPy 1\.26 or newer: install greenledger\[columns\]"):
        importlib.import_module("greenledger.columns")
