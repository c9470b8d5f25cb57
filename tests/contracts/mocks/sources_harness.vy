# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The module of sources alone, open to anyone
@license AGPL-3.0-only
"""


from contracts.interfaces import IRetiredCredits
from contracts.modules import serial_ranges
from contracts.modules import sources
uses: serial_ranges
initializes: sources


exports: (
    sources.is_claimed,
    sources.hint_for,
    sources.block_left_ug,
)


@external
def claim(source: IRetiredCredits.Source, amount_ug: uint256, registry: uint256, unit_ug: uint256, hint: uint256):
    sources._claim(source, amount_ug, registry, unit_ug, hint)


@external
def release(source: IRetiredCredits.Source, amount_ug: uint256, hint: uint256):
    sources._release(source, amount_ug, hint)


@external
@view
def claimed(book: bytes32) -> DynArray[uint256, 64]:
    """
    @notice Which of the first 64 serials are claimed, in one call.
    """
    result: DynArray[uint256, 64] = []
    for serial: uint256 in range(1, 65):
        if serial_ranges._is_claimed(book, serial, serial):
            result.append(serial)
    return result
