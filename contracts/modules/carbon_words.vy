# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Three carbon amounts and a head in one storage word
@license AGPL-3.0-only
@notice A word is head40 | high72 | central72 | low72, amounts in ug CO2e. What the head means is the caller's
        business. One word instead of four keeps a record at one new storage slot.
"""


AMOUNT_MASK: constant(uint256) = 2**72 - 1


# All three amounts, without the head.
AMOUNTS_MASK: constant(uint256) = 2**216 - 1


@internal
@pure
def _pack(low_ug: uint72, central_ug: uint72, high_ug: uint72, head: uint256) -> uint256:
    """
    @param head Less than 2^40.
    """
    return (
        convert(low_ug, uint256)
        | convert(central_ug, uint256) << 72
        | convert(high_ug, uint256) << 144
        | head << 216
    )


@internal
@pure
def _low_ug(word: uint256) -> uint72:
    return convert(word & AMOUNT_MASK, uint72)


@internal
@pure
def _central_ug(word: uint256) -> uint72:
    return convert((word >> 72) & AMOUNT_MASK, uint72)


@internal
@pure
def _high_ug(word: uint256) -> uint72:
    return convert((word >> 144) & AMOUNT_MASK, uint72)


@internal
@pure
def _head(word: uint256) -> uint256:
    return word >> 216


@internal
@pure
def _plus(word: uint256, added: uint256, head: uint256) -> uint256:
    """
    @notice Sum of the amounts of two words under a new head.
    @dev All three are added at once: in each word low <= central <= high, so if the sum of the highs fits into
         its 72 bits, the others fit into theirs.
    """
    high_ug: uint256 = ((word >> 144) & AMOUNT_MASK) + ((added >> 144) & AMOUNT_MASK)
    assert high_ug <= AMOUNT_MASK, "ledger: account total is too large"
    return (word & AMOUNTS_MASK) + (added & AMOUNTS_MASK) | head << 216


@internal
@pure
def _minus(word: uint256, taken: uint256) -> uint256:
    """
    @notice The amounts of `word` less those of `taken`, under the head of `word`.
    @dev `taken` must be a summand of `word`: then no amount borrows from its neighbour.
    """
    return word - (taken & AMOUNTS_MASK)
