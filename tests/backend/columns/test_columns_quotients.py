"""The exact quotients beside Python's integers, at the places where a guess in floating point is worst."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenledger.columns.quotients import LIMIT, MOST_DIVISOR, constants, quotients, quotients_by_row
from greenledger.columns.unrounded import ONE, Unrounded
from greenledger.footprint import stages
from greenledger.footprint.ranges import Range

MOST_AMOUNT = 2**50 - 1
amounts = st.one_of(st.integers(0, MOST_AMOUNT), st.integers(0, 50).map(lambda bits: max(2**bits - 1, 0)))
divisors = st.one_of(st.integers(1, MOST_DIVISOR // 2), st.integers(0, 60).map(lambda bits: 2**bits))


def unrounded(factor: int, divisor: int) -> Unrounded:
    return (ONE * factor).divided(divisor)


def found(terms: list[Unrounded], numbers: list[int]) -> tuple[list[int], bool]:
    beyond, out = np.zeros(1, np.bool_), np.zeros((3, 1), np.int64)
    quotients(constants([terms]), [np.array([number]) for number in numbers], beyond, out)
    return out[:, 0].tolist(), bool(beyond[0])


def expected(terms: list[Unrounded], numbers: list[int]) -> Range:
    total = sum(term.central * number for term, number in zip(terms, numbers, strict=True))
    return Range.exact(total).divided(terms[0].divisor.central)


def assert_exact(terms: list[Unrounded], numbers: list[int]) -> None:
    right = expected(terms, numbers)
    bounds, beyond = found(terms, numbers)

    assert beyond == (right.high > LIMIT) or abs(right.high - LIMIT) <= 2
    assert beyond or bounds == list(right)


@given(divisors, st.lists(st.tuples(st.integers(0, 2**200), amounts), min_size=1, max_size=3), st.data())
def test_quotients__of_any_terms__are_those_of_python_integers(
    divisor: int, terms: list[tuple[int, int]], data: st.DataObject
) -> None:
    largest = max(number for _, number in terms) or 1
    most = data.draw(st.integers(0, 2 * int(LIMIT))) * divisor // (largest * len(terms))
    scaled = [(factor % (most + 1), number) for factor, number in terms]

    assert_exact([unrounded(factor, divisor) for factor, _ in scaled], [number for _, number in scaled])


@given(divisors, st.integers(0, int(LIMIT)), st.integers(-2, 2), st.sampled_from((1, 2)))
def test_quotients__next_to_a_whole_or_a_half__round_the_right_way(
    divisor: int, whole: int, step: int, parts: int
) -> None:
    near = max((whole * divisor + step) // parts, 0)
    number = min(near, MOST_AMOUNT)

    assert_exact([unrounded(1, divisor)], [number])
    assert_exact([unrounded(near, divisor)], [1])


@given(divisors, amounts, st.integers(-1, 1))
def test_quotients__by_a_divisor_next_to_the_factor__are_exact(divisor: int, number: int, step: int) -> None:
    assert_exact([unrounded(divisor + step, divisor)], [number])


@given(st.lists(st.tuples(st.integers(0, MOST_AMOUNT), st.integers(1, 2**60)), min_size=1, max_size=20))
def test_quotients_by_row__of_any_rows__are_those_of_python_integers(pairs: list[tuple[int, int]]) -> None:
    out, beyond = np.zeros((3, len(pairs)), np.int64), np.zeros(len(pairs), np.bool_)
    numerators, by = np.array(pairs).T
    quotients_by_row(np.stack([numerators] * 3), by, beyond, out)

    for row, (numerator, divisor) in enumerate(pairs):
        right = Range.exact(numerator).divided(divisor)
        assert beyond[row] or tuple(out[:, row].tolist()) == right
        assert not beyond[row] or right.high >= LIMIT


def test_divisor__too_large_in_lowest_terms__is_beyond() -> None:
    prime = 2**61 - 1

    assert found([unrounded(1, prime)], [5]) == ([0, 0, 1], True)
    assert not found([unrounded(3 * prime, 3 * prime)], [5])[1]


def test_stage__with_one__keeps_factor_and_divisor_of_each_bound() -> None:
    cost = stages.EnergyCost(Range(2, 3, 5), Range(7, 11, 13))
    kept = stages.embodied_by_energy_ug(cost, ONE)

    assert isinstance(kept, Unrounded)
    assert tuple(kept) == (2, 3, 5)
    assert kept.divisor == Range(13, 11, 7)


def test_constants__of_a_rounded_range__are_refused() -> None:
    with pytest.raises(TypeError, match="is rounded, expected what a stage makes of an unrounded amount"):
        constants([[Range(1, 2, 3)]])
