# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The rows of one call as a small factor set: found by key and unit
@license AGPL-3.0-only
@notice A row `KEY/2021` is the history of the row `KEY`. Where a role takes rows of several years, the nearest
        counts.
"""


from ..interfaces import IFootprintArithmetic
from ..interfaces import IFootprintModel


from . import bounds


MOST_ROWS: constant(uint256) = 48


# Position of a row that was not given.
MISSING: constant(uint256) = MOST_ROWS


@internal
@pure
def _has(factors: DynArray[IFootprintArithmetic.Factor, MOST_ROWS], name: String[116]) -> bool:
    return self._at(factors, keccak256(name)) != MISSING


@internal
@pure
def _has_of_year(factors: DynArray[IFootprintArithmetic.Factor, MOST_ROWS], name: String[116]) -> bool:
    """
    @notice Whether there is a row of this quantity, of whichever year.
    """
    return self._nearest(factors, keccak256(name), 0) != MISSING


@internal
@pure
def _row(
    factors: DynArray[IFootprintArithmetic.Factor, MOST_ROWS], name: String[116]
) -> IFootprintModel.Bounds:
    """
    @notice The values of exactly this row.
    @param name Key and unit, as "stated/pue in ppm".
    """
    at: uint256 = self._at(factors, keccak256(name))
    assert at != MISSING, concat("model: no row ", name)
    return factors[at].bounds


@internal
@pure
def _spread(
    factors: DynArray[IFootprintArithmetic.Factor, MOST_ROWS], stated: uint256, name: String[116]
) -> IFootprintModel.Bounds:
    """
    @notice A stated value with the spread of this row.
    """
    return bounds._spread(stated, self._row(factors, name))


@internal
@pure
def _row_of_year(
    factors: DynArray[IFootprintArithmetic.Factor, MOST_ROWS], name: String[116], year: uint256
) -> IFootprintModel.Bounds:
    """
    @notice The values of the row of this quantity whose year is the nearest; of two as near, of the older.
    """
    at: uint256 = self._nearest(factors, keccak256(name), year)
    assert at != MISSING, concat("model: no row ", name)
    return factors[at].bounds


@internal
@pure
def _at(factors: DynArray[IFootprintArithmetic.Factor, MOST_ROWS], id: bytes32) -> uint256:
    for at: uint256 in range(len(factors), bound=MOST_ROWS):
        if factors[at].id == id:
            return at
    return MISSING


@internal
@pure
def _nearest(
    factors: DynArray[IFootprintArithmetic.Factor, MOST_ROWS], quantity: bytes32, year: uint256
) -> uint256:
    """
    @dev The row without a year in its key counts as one of its own year, before a history row of that year.
    """
    best: uint256 = MISSING
    least: uint256 = max_value(uint256)
    for at: uint256 in range(len(factors), bound=MOST_ROWS):
        if factors[at].quantity != quantity:
            continue
        of: uint256 = factors[at].year
        # Nearer first, then the older one, then the one without history.
        rank: uint256 = (max(of, year) - min(of, year)) << 32 | of << 1
        if factors[at].id != quantity:
            rank |= 1
        if rank < least:
            least = rank
            best = at
    return best
