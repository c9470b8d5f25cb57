# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Claimed ranges of serial numbers that never overlap
@license AGPL-3.0-only
@notice One ascending linked list per book, keyed by the first serial of each range. The caller names the range
        below the new one (`hint`), so a claim costs the same however long the list is. A wrong hint can make a
        claim fail, never make it wrong: both neighbours are checked against the new range.
"""


# Serials are kept below this, so that a range and its link share one word.
SERIAL_MASK: constant(uint256) = 2**128 - 1


# How far a claim walks up from its hint: so many ranges may be claimed between choosing the hint and sending.
MAX_STEPS: constant(uint256) = 16


# Longest list a view walks; the gas limit of an off-chain call ends it earlier.
MAX_WALK: constant(uint256) = 2**32


# book -> first serial -> first serial of the next range << 128 | last serial.
# The head of the list, at 0, holds in place of a last serial the number of the registry the book belongs to.
_ranges: HashMap[bytes32, HashMap[uint256, uint256]]


@internal
def _claim(book: bytes32, registry: uint256, first: uint256, last: uint256, hint: uint256):
    """
    @param registry Number of the registry, >= 1. The first claim binds the book to it, so that no serial can be
           claimed a second time under another registry key. A book without claims belongs to nobody.
    @param hint First serial of a claimed range below `first`, at most `MAX_STEPS` ranges away; 0 is the head.
    """
    assert first != 0 and first <= last, "credits: serials must be 1 <= first <= last"
    assert last <= SERIAL_MASK, "credits: serials must be below 2^128"
    if self._ranges[book][0] >> 128 == 0:
        self._ranges[book][0] = registry
    self._check_registry(book, registry)

    below: uint256 = 0
    word: uint256 = 0
    below, word = self._nearest(book, first, hint)
    above: uint256 = word >> 128
    assert below == 0 or word & SERIAL_MASK < first, "credits: serials are already claimed"
    assert above == 0 or above > last, "credits: serials are already claimed"
    self._ranges[book][below] = first << 128 | word & SERIAL_MASK
    self._ranges[book][first] = above << 128 | last


@internal
def _release(book: bytes32, first: uint256, hint: uint256):
    """
    @notice Frees a claimed range.
    @param first First serial of a claimed range; the caller answers for it that there is one.
    @param hint As in `_claim`.
    """
    below: uint256 = 0
    word: uint256 = 0
    below, word = self._nearest(book, first - 1, hint)
    # The nearest start below `first` is followed by `first`, because that is claimed.
    above: uint256 = self._ranges[book][first] >> 128
    self._ranges[book][below] = above << 128 | word & SERIAL_MASK
    self._ranges[book][first] = 0


@internal
@view
def _check_registry(book: bytes32, registry: uint256):
    assert self._ranges[book][0] & SERIAL_MASK == registry, "credits: book belongs to another registry"


@internal
@view
def _nearest(book: bytes32, limit: uint256, hint: uint256) -> (uint256, uint256):
    """
    @notice The claimed range with the highest start that is not above `limit`, searched from `hint` upwards.
    @return Its first serial, 0 for the head, and its word.
    """
    below: uint256 = hint
    word: uint256 = self._ranges[book][hint]
    assert word != 0, "credits: hint is not the start of a claimed range"
    assert hint <= limit, "credits: hint is above the range"
    for _: uint256 in range(MAX_STEPS):
        following: uint256 = word >> 128
        if following == 0 or following > limit:
            break
        below = following
        word = self._ranges[book][following]
    assert word >> 128 == 0 or word >> 128 > limit, "credits: hint is too far below the range"
    return below, word


@internal
@view
def _is_claimed(book: bytes32, first: uint256, last: uint256) -> bool:
    """
    @notice Whether any serial of first .. last is claimed.
    """
    below: uint256 = self._hint_for(book, last)
    return below != 0 and self._ranges[book][below] & SERIAL_MASK >= first


@internal
@view
def _hint_for(book: bytes32, first: uint256) -> uint256:
    """
    @notice First serial of the nearest claimed range that starts at or below `first`, 0 if there is none.
    """
    below: uint256 = 0
    for _: uint256 in range(MAX_WALK):
        following: uint256 = self._ranges[book][below] >> 128
        if following == 0 or following > first:
            break
        below = following
    return below
