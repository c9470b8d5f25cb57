"""`set_seller`: the owner lists sellers and bounds what they may have open; open orders go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from reports import NOBODY, Orders, Quote

from retirement_desk.conftest import CAP


@pytest.mark.parametrize("cap", [1, 2**128 - 1])
def test_set_seller__by_the_owner__lists_it_for_that_token(
    desk: Any, owner: Any, usdc: Any, usdt: Any, bob: Any, cap: int
) -> None:
    receipt = desk.set_seller(bob, usdc, cap, sender=owner)
    assert (desk.seller_cap(bob, usdc), desk.seller_cap(bob, usdt)) == (cap, 0)
    assert desk.exposure(bob, usdc) == 0
    (was_set,) = receipt.decode_logs(desk.SellerSet)
    assert (was_set.seller, was_set.token, was_set.cap) == (bob, usdc, cap)


def test_set_seller__by_anyone_else__reverts(desk: Any, usdc: Any, seller: Any, bob: Any) -> None:
    for stranger in (seller, bob):
        with ape.reverts("ownable: caller is not the owner"):
            desk.set_seller(stranger, usdc, 1, sender=stranger)


def test_set_seller__nobody__reverts(desk: Any, owner: Any, usdc: Any) -> None:
    with ape.reverts("desk: seller is empty"):
        desk.set_seller(NOBODY, usdc, 1, sender=owner)


def test_set_seller__while_orders_are_open__keeps_what_is_open(
    desk: Any,
    owner: Any,
    opened: Callable[..., Quote],
    orders: Orders,
    usdc: Any,
    payer: Any,
    seller: Any,
    now: int,
) -> None:
    quote = opened(price=10)
    desk.set_seller(seller, usdc, 0, sender=owner)
    assert (desk.seller_cap(seller, usdc), desk.exposure(seller, usdc)) == (0, 10)
    desk.set_seller(seller, usdc, 9, sender=owner)
    one_more = orders.make(payer, usdc, now, price=1)
    with ape.reverts("desk: seller's open orders would pass its cap"):
        desk.open(one_more.order, one_more.signature, sender=payer)
    desk.set_seller(seller, usdc, 11, sender=owner)
    desk.open(one_more.order, one_more.signature, sender=payer)
    assert desk.exposure(seller, usdc) == 11
    desk.decline(quote.order, sender=seller)
    assert (desk.seller_cap(seller, usdc), desk.exposure(seller, usdc)) == (11, 1)


def test_set_seller__unlisted_with_open_orders__can_still_give_back(
    desk: Any, owner: Any, opened: Callable[..., Quote], usdc: Any, seller: Any
) -> None:
    quote = opened()
    assert desk.seller_cap(seller, usdc) == CAP
    desk.set_seller(seller, usdc, 0, sender=owner)
    desk.decline(quote.order, sender=seller)
    assert (desk.order_state(quote.id), desk.exposure(seller, usdc)) == (3, 0)
