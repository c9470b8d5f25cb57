# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Rows of a factor set: their canonical JSON, and their proof
@license AGPL-3.0-only
@notice A root commits to the rows as text, so a row given as fields is written as that text and hashed.
@dev That no other fields give the same text: a published row has no double quote or backslash in its texts (the build
     of the set refuses them), so its text holds the 36 quotes of the template and no other. Text made of
     other fields that is equal to it holds 36 quotes as well, the template's own; so its fields hold none, and
     the n-th quote of one is the n-th quote of the other: every field begins and ends at the same place. Numbers are
     written by `uint2str`, without leading zeros, as the set writes them.
     A leaf can never pass for a node, nor a node for a leaf: what is hashed begins with another byte.
"""


from ..interfaces import IFootprintArithmetic
from ..interfaces import IFootprintModel


LEAF: constant(bytes1) = 0x00
NODE: constant(bytes1) = 0x01


@internal
@pure
def _json(row: IFootprintModel.Row) -> String[600]:
    """
    @dev Members in the order of their names.
    """
    return concat(
        '{"central":"', uint2str(row.central),
        '","evidence":"', row.evidence,
        '","high":"', uint2str(row.high),
        '","key":"', row.key,
        '","licence":"', row.licence,
        '","low":"', uint2str(row.low),
        '","source_id":"', row.source_id,
        '","unit":"', row.unit,
        '","year":"', uint2str(row.year),
        '"}',
    )


@internal
@pure
def _root(row: IFootprintModel.Row, proof: IFootprintModel.RowProof) -> bytes32:
    """
    @notice The root that the row and its proof give.
    """
    node: bytes32 = keccak256(concat(LEAF, convert(self._json(row), Bytes[600])))
    left: uint256 = proof.left
    for sibling: bytes32 in proof.siblings:
        if left & 1 == 1:
            node = keccak256(concat(NODE, sibling, node))
        else:
            node = keccak256(concat(NODE, node, sibling))
        left >>= 1
    return node


@internal
@pure
def _factor(row: IFootprintModel.Row) -> IFootprintArithmetic.Factor:
    """
    @notice What the arithmetic needs of a row.
    """
    unit: String[20] = row.unit
    # A task's unit names what is made, as nWh/image; the formula needs its energy only.
    if self._begins(row.key, "task/") and self._begins(unit, "nWh/"):
        unit = "nWh"
    id: bytes32 = keccak256(concat(row.key, " in ", unit))
    quantity: bytes32 = id
    if self._is_history(row.key):
        quantity = keccak256(concat(slice(row.key, 0, len(row.key) - 5), " in ", unit))
    return IFootprintArithmetic.Factor(
        id=id,
        quantity=quantity,
        year=convert(row.year, uint256),
        bounds=IFootprintModel.Bounds(
            low=convert(row.low, uint256),
            central=convert(row.central, uint256),
            high=convert(row.high, uint256),
        ),
    )


@internal
@pure
def _begins(text: String[80], head: String[5]) -> bool:
    return len(text) >= len(head) and slice(text, 0, len(head)) == head


@internal
@pure
def _is_history(key: String[80]) -> bool:
    """
    @notice Whether a key ends in a slash and a year of the last or this century.
    """
    if len(key) < 5:
        return False
    tail: uint256 = convert(convert(slice(key, len(key) - 5, 5), Bytes[5]), uint256)
    century: uint256 = tail >> 16
    return (
        (century == convert(b"/19", uint256) or century == convert(b"/20", uint256))
        and self._is_digit((tail >> 8) & 255)
        and self._is_digit(tail & 255)
    )


@internal
@pure
def _is_digit(character: uint256) -> bool:
    return character >= 48 and character <= 57
