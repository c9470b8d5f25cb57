# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Sources: what certificates are backed by, each once or up to its worth
@license AGPL-3.0-only
@notice The kinds are told in `IRetiredCredits.Source`.
"""


from ..interfaces import IRetiredCredits


# Claimed serial numbers, of ranges and of shared blocks alike: a serial is in one of them at most.
from . import serial_ranges
initializes: serial_ranges


SERIAL_RANGE: constant(uint8) = 1
ON_CHAIN_ORIGIN: constant(uint8) = 2
SHARED_BLOCK: constant(uint8) = 3
RETIRED_BY_ADAPTER: constant(uint8) = 4


# Half of a word: what a shared block is worth, and how much of it is used, share one.
BLOCK_MASK: constant(uint256) = 2**128 - 1


# keccak256 of a source -> whether it backs a certificate.
_origins: HashMap[bytes32, bool]


# keccak256 of a source -> worth in ug CO2e << 128 | ug CO2e used; 0 if nothing uses the block.
_blocks: HashMap[bytes32, uint256]


@external
@view
def is_claimed(source: IRetiredCredits.Source) -> bool:
    if source.kind == SERIAL_RANGE or source.kind == SHARED_BLOCK:
        return serial_ranges._is_claimed(source.book, source.first, source.last)
    return self._origins[self._key(source)]


@external
@view
def hint_for(book: bytes32, first: uint256) -> uint256:
    return serial_ranges._hint_for(book, first)


@external
@view
def block_left_ug(source: IRetiredCredits.Source) -> uint256:
    word: uint256 = self._blocks[self._key(source)]
    return (word >> 128) - (word & BLOCK_MASK)


@internal
def _claim(source: IRetiredCredits.Source, amount_ug: uint256, registry: uint256, unit_ug: uint256, hint: uint256):
    """
    @notice Uses a source that the council reported.
    @param registry Number of the registry, >= 1.
    @param unit_ug ug CO2e of one serial number, below 2^72.
    @param hint See `serial_ranges`.
    """
    if source.kind == SERIAL_RANGE:
        assert source.book != empty(bytes32), "credits: book is empty"
        serial_ranges._claim(source.book, registry, source.first, source.last, hint)
        assert amount_ug <= self._worth_ug(source, unit_ug), "credits: amount is above the serials' worth"
    elif source.kind == ON_CHAIN_ORIGIN:
        assert source.book != empty(bytes32) and source.first != 0, "credits: origin is incomplete"
        self._claim_origin(source)
    elif source.kind == SHARED_BLOCK:
        self._claim_part(source, amount_ug, registry, unit_ug, hint)
    else:
        raise "credits: kind of source must be 1, 2 or 3"


@internal
def _claim_origin(source: IRetiredCredits.Source):
    origin: bytes32 = self._key(source)
    assert not self._origins[origin], "credits: origin is already used"
    self._origins[origin] = True


@internal
def _release(source: IRetiredCredits.Source, amount_ug: uint256, hint: uint256):
    """
    @notice Frees what a certificate of `amount_ug` used of its source. The caller answers for both.
    """
    if source.kind == SERIAL_RANGE:
        serial_ranges._release(source.book, source.first, hint)
    elif source.kind == SHARED_BLOCK:
        part: bytes32 = self._key(source)
        word: uint256 = self._blocks[part] - amount_ug
        if word & BLOCK_MASK == 0:
            # Nobody uses the block any more, so its serials may be retired in another way.
            serial_ranges._release(source.book, source.first, hint)
            word = 0
        self._blocks[part] = word
    else:
        self._origins[self._key(source)] = False


@internal
def _claim_part(source: IRetiredCredits.Source, amount_ug: uint256, registry: uint256, unit_ug: uint256, hint: uint256):
    """
    @dev The first part claims the serials of the block and settles its worth; the others are held to it.
    """
    assert source.book != empty(bytes32), "credits: book is empty"
    part: bytes32 = self._key(source)
    word: uint256 = self._blocks[part]
    if word == 0:
        serial_ranges._claim(source.book, registry, source.first, source.last, hint)
        worth_ug: uint256 = self._worth_ug(source, unit_ug)
        assert worth_ug <= BLOCK_MASK, "credits: block is too large"
        word = worth_ug << 128
    else:
        serial_ranges._check_registry(source.book, registry)
    assert (word & BLOCK_MASK) + amount_ug <= word >> 128, "credits: amount is above what the block has left"
    self._blocks[part] = word + amount_ug


@internal
@view
def _of_adapter(adapter: address, reference: uint256) -> IRetiredCredits.Source:
    return IRetiredCredits.Source(
        kind=RETIRED_BY_ADAPTER, book=convert(adapter, bytes32), first=chain.id, last=reference
    )


@internal
@pure
def _worth_ug(source: IRetiredCredits.Source, unit_ug: uint256) -> uint256:
    """
    @dev Cannot overflow: a claimed range has less than 2^128 serials, and a unit is below 2^72.
    """
    return (source.last - source.first + 1) * unit_ug


@internal
@pure
def _key(source: IRetiredCredits.Source) -> bytes32:
    return keccak256(abi_encode(source))
