"""Exact quotients of whole columns: amounts times constants over a divisor, rounded as the model rounds.

With N = the sum of n_j c_j over one to three amounts n_j, and D:

    low       floor(N / D)
    central   half up, which is floor((2 N + D) / (2 D))
    high      ceil(N / D)

c_j and D have no common divisor any more, which changes none of the three. So each is q = floor(M / E), and
the ceiling is one more than that where a remainder is left. q is guessed in floating point and put right by
the remainder. Why that is exact, for n_j < 2^50, E <= 2^61 and M / E < 2^49 + 1:

- The n_j are exact as float64, and c_j / D is the nearest float64 (Python's division of integers is). With
  the products, the sums and the offset each term sees at most 5 roundings of 2^-53, so that the guess is off
  by less than 5 x 2^-53 x (2^49 + 1) + 2^-50 < 1/3 - 1/64. As 1/3 is taken off before, it lies above
  M / E - 2/3 and below M / E: its floor is q or q - 1. (Between -1 and 0 it is cut to 0, which is q.)
- So the remainder r = M - guess x E lies in [0, 2 E). Products and sums of int64 wrap modulo 2^64, and the
  one number of that class from 0 to 2^63 is r itself, however large M is.
- Where r >= E, q is one more. The ceiling is the guess where r = 0, one more up to r = E, else two more.

Where a bound is not met, the row is said to be `beyond` and its numbers here mean nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from greenledger.columns.arrays import Bools, Floats, Ints
from greenledger.columns.unrounded import Unrounded
from greenledger.footprint.ranges import Range

LIMIT = 2.0**49  # in base units: 562 MWh, 562 t or 562 000 m3 in one row
MOST_DIVISOR = 2**61
_SCALES = (1, 2, 1)
_OFFSETS = np.array([[0.0], [0.5], [0.0]]) - 1 / 3


class Constants(NamedTuple):
    """Numerators (c_j, 2 c_j, c_j) and ratios c_j / D as (terms, 3, k), E as (3, k), for k combinations.

    Numerators are modulo 2^64. `beyond` (k) marks combinations whose divisor is too large.
    """

    numerators: Ints
    ratios: Floats
    divisors: Ints
    beyond: Bools

    def at(self, codes: Ints) -> Constants:
        """Those of each row. One combination for all of them is left to broadcasting."""
        if len(self.beyond) == 1:
            return self
        return Constants(
            self.numerators.take(codes, axis=-1),
            self.ratios.take(codes, axis=-1),
            self.divisors.take(codes, axis=-1),
            self.beyond.take(codes),
        )


class _Reduced(NamedTuple):
    """One bound of one combination in lowest terms."""

    numerators: list[int]
    ratios: list[float]
    divisor: int


def constants(combinations: Sequence[Sequence[Range]]) -> Constants:
    """Of unrounded ranges: the terms of each combination, which share one divisor. At least one of them."""
    reduced = [[_reduced(terms, bound) for bound in range(3)] for terms in combinations]
    numerators = [[bound.numerators for bound in bounds] for bounds in reduced]
    ratios = [[bound.ratios for bound in bounds] for bounds in reduced]
    divisors = [[min(bound.divisor, MOST_DIVISOR + 1) for bound in bounds] for bounds in reduced]
    return Constants(
        np.array(numerators, np.uint64).view(np.int64).T.copy(),
        np.array(ratios, np.float64).T.copy(),
        np.array(divisors, np.int64).T.copy(),
        np.array(divisors, np.int64).max(axis=1) > MOST_DIVISOR,
    )


def _reduced(terms: Sequence[Range], bound: int) -> _Reduced:
    first, scale = terms[0], _SCALES[bound]
    if not isinstance(first, Unrounded):
        raise TypeError(f"{first} is rounded, expected what a stage makes of an unrounded amount")
    divisor, numbers = first.divisor[bound], [term[bound] for term in terms]
    common = math.gcd(divisor, *numbers)
    return _Reduced(
        [scale * number // common % 2**64 for number in numbers],
        [number / divisor for number in numbers],
        scale * divisor // common,
    )


def quotients(of_rows: Constants, amounts: Sequence[Ints], beyond: Bools, out: Ints) -> None:
    """Writes the three bounds of each row into `out` (3, rows).

    Adds to `beyond` (rows) where they mean nothing. An amount is one column, or has the three bounds itself;
    all are from 0 to 2^50 where `beyond` is not set yet.
    """
    guess = of_rows.ratios[0] * amounts[0].astype(np.float64)
    numerators = of_rows.numerators[0] * amounts[0]
    for ratios, factors, amount in zip(of_rows.ratios[1:], of_rows.numerators[1:], amounts[1:], strict=True):
        guess += ratios * amount.astype(np.float64)
        numerators += factors * amount
    _put_right(guess, numerators, of_rows.divisors, beyond, out)
    np.logical_or(beyond, of_rows.beyond, out=beyond)


def quotients_by_row(amounts: Ints, divisors: Ints, beyond: Bools, out: Ints) -> None:
    """As `quotients` for amounts (3, rows) over a divisor for each row, 1 to 2^60."""
    scales = np.array([_SCALES]).T
    _put_right(amounts / divisors, amounts * scales, divisors * scales, beyond, out)


def _put_right(guess: Floats, numerators: Ints, divisors: Ints, beyond: Bools, out: Ints) -> None:
    """Rounded quotients from N / D in floating point, by the steps of the proof. Writes over both."""
    guess += _OFFSETS
    np.logical_or(beyond, guess[2] >= LIMIT, out=beyond)
    np.minimum(guess, 2 * LIMIT, out=guess)  # so that what is beyond becomes an integer at all
    out[...] = guess  # towards zero
    numerators -= out * divisors
    numerators[1] += divisors[1] >> 1  # M = 2 N + D
    out[:2] += numerators[:2] >= divisors[:2]
    out[2] += numerators[2] > 0
    out[2] += numerators[2] > divisors[2]
