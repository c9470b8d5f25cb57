"""Results in columns: rows as ranges, exact sums, groups."""

from __future__ import annotations

import numpy as np
import pytest
from column_rows import FACTORS, columns_from, integers_of, row_of
from hypothesis import given
from hypothesis import strategies as st

from greenledger.columns.estimate import estimate_columns
from greenledger.columns.inference import Model
from greenledger.columns.result import ColumnResult, empty_result
from greenledger.footprint.estimate import STAGES, estimate
from greenledger.footprint.ranges import Range

GIANT = row_of(model=Model(None, 10**12), output_tokens=10**15, grid_mg_per_kwh=0)
FIVE = columns_from([*(row_of(output_tokens=10**at, requests=at + 1) for at in range(4)), GIANT])
numbers = st.integers(0, 2**63 - 1)


def result_of(highs: list[int]) -> ColumnResult:
    """A result whose every stage is 0 to these."""
    result = empty_result(len(highs))
    for stage in STAGES:
        getattr(result, stage)[...] = np.array([[0] * len(highs), [high // 2 for high in highs], highs])
    return result


def test_row__by_its_number__is_its_estimate() -> None:
    result = estimate_columns(FIVE, FACTORS)

    assert len(result) == 5
    assert result.row(2) == integers_of(estimate(FIVE.workload(2), FACTORS))
    assert result.row(-1) == result.row(4)
    assert all(type(bound) is int for bound in result.row(2).total_ug)
    with pytest.raises(IndexError):
        result.row(5)


def test_per_request__where_no_requests_are_stated__is_none_and_minus_1() -> None:
    result = estimate_columns(
        columns_from([row_of(output_tokens=9, requests=2), row_of(output_tokens=9)]), FACTORS
    )

    assert result.per_request_ug[:, 1].tolist() == [-1, -1, -1]
    assert result.row(1).per_request_ug is None
    assert result.row(0).per_request_ug is not None


def test_arrays__where_every_number_fits__are_int64() -> None:
    result = estimate_columns(columns_from([row_of(output_tokens=9)]), FACTORS)

    assert {getattr(result, stage).dtype for stage in STAGES} == {np.dtype(np.int64)}


@given(st.lists(numbers, min_size=1, max_size=50))
def test_sum__of_numbers_up_to_63_bits__is_exact(highs: list[int]) -> None:
    total = result_of(highs).sum_of("water_ul")

    assert total == Range(0, sum(high // 2 for high in highs), sum(highs))


@given(st.lists(st.tuples(numbers, st.integers(0, 5)), min_size=1, max_size=50))
def test_sums__by_group__are_exact(pairs: list[tuple[int, int]]) -> None:
    groups = [group for _, group in pairs]
    sums = result_of([high for high, _ in pairs]).sums_of("total_ug", np.array(groups))

    assert [one.high for one in sums] == [
        sum(high for high, group in pairs if group == wanted) for wanted in range(max(groups) + 1)
    ]


def test_sums__of_many_of_the_largest_numbers__are_exact() -> None:
    count, largest = 20_000, 2**63 - 1
    result = result_of([largest] * count)

    assert result.sum_of("total_ug").high == count * largest
    assert result.sums_of("total_ug", np.zeros(count, np.int64))[0].high == count * largest


def test_sums__with_numbers_beyond_63_bits__are_exact() -> None:
    result = estimate_columns(FIVE, FACTORS)
    rows = [row.energy_uwh.high for row in result]

    assert result.sum_of("energy_uwh").high == sum(rows) > 2**63
    grouped = result.sums_of("energy_uwh", np.array([0, 2, 0, 2, 2]))
    assert [one.high for one in grouped] == [rows[0] + rows[2], 0, rows[1] + rows[3] + rows[4]]


def test_sum__of_what_does_not_add_up__is_refused() -> None:
    with pytest.raises(
        ValueError, match="per_request_ug: not a stage that adds up, expected one of it_energy_uwh"
    ):
        estimate_columns(FIVE, FACTORS).sum_of("per_request_ug")


@pytest.mark.parametrize("groups", [[0, 1], [0, 0, 0, 0, -1]])
def test_groups__that_leave_a_row_without__are_refused(groups: list[int]) -> None:
    with pytest.raises(ValueError, match="expected a number of 0 or more for each of 5 rows"):
        estimate_columns(FIVE, FACTORS).sums_of("total_ug", np.array(groups))
