# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The serial range module alone, open to anyone
@license AGPL-3.0-only
"""


from contracts.modules import serial_ranges
initializes: serial_ranges


@external
def claim(book: bytes32, registry: uint256, first: uint256, last: uint256, hint: uint256):
    serial_ranges._claim(book, registry, first, last, hint)


@external
def release(book: bytes32, first: uint256, hint: uint256):
    serial_ranges._release(book, first, hint)


@external
@view
def is_claimed(book: bytes32, first: uint256, last: uint256) -> bool:
    return serial_ranges._is_claimed(book, first, last)


@external
@view
def hint_for(book: bytes32, first: uint256) -> uint256:
    return serial_ranges._hint_for(book, first)
