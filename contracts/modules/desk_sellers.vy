# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The sellers of the retirement desk: who may be paid, and how much they may have open
@license AGPL-3.0-only
@notice A cap bounds what payers wait for if a seller fails: their money is safe, but not at hand until the deadline.
"""


from ..interfaces import IRetirementDesk


# (seller, token) -> cap in the upper half, sum of open orders in the lower: one word to read and write.
_books: HashMap[address, HashMap[address, uint256]]


@external
@view
def exposure(seller: address, token: address) -> uint256:
    return self._books[seller][token] & convert(max_value(uint128), uint256)


@external
@view
def seller_cap(seller: address, token: address) -> uint256:
    return self._books[seller][token] >> 128


@internal
def _open(seller: address, token: address, price: uint128):
    """
    @dev The lower half cannot overflow: what is open has passed a cap of 128 bits.
    """
    book: uint256 = self._books[seller][token]
    cap: uint256 = book >> 128
    assert cap != 0, "desk: seller is not listed"
    assert (
        (book & convert(max_value(uint128), uint256)) + convert(price, uint256) <= cap
    ), "desk: seller's open orders would pass its cap"
    self._books[seller][token] = book + convert(price, uint256)


@internal
def _close(seller: address, token: address, price: uint128):
    """
    @dev The lower half cannot underflow: the price was added when the order opened.
    """
    self._books[seller][token] -= convert(price, uint256)


@internal
def _set_cap(seller: address, token: address, cap: uint128):
    assert seller != empty(address), "desk: seller is empty"
    open_sum: uint256 = self._books[seller][token] & convert(max_value(uint128), uint256)
    self._books[seller][token] = convert(cap, uint256) << 128 | open_sum
    log IRetirementDesk.SellerSet(seller=seller, token=token, cap=cap)
