"""`fulfil`: the seller is paid in proportion to what was retired, and never more than the price."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from reports import TONNE_UG, Quote

from retirement_desk.conftest import FUNDS

FULFILLED = 2


@pytest.mark.parametrize(
    ("amount_ug", "paid"),
    [
        (TONNE_UG, 20_000_000),
        (5 * TONNE_UG - 1, 99_999_999),
        (5 * TONNE_UG, 100_000_000),
        (5 * TONNE_UG + 1, 100_000_000),
        (2**72 - 1, 100_000_000),
        (1_666_666_666_667, 33_333_333),
    ],
)
def test_fulfil__another_amount__pays_its_share_rounded_down_and_never_more(
    desk: Any,
    opened: Callable[..., Quote],
    fulfilled: Callable[..., Any],
    usdc: Any,
    payer: Any,
    seller: Any,
    amount_ug: int,
    paid: int,
) -> None:
    quote = opened()
    receipt = fulfilled(quote, amount_ug=amount_ug)
    assert usdc.balanceOf(seller) == paid
    assert usdc.balanceOf(payer) == FUNDS - paid
    assert (usdc.balanceOf(desk), desk.held(usdc)) == (0, 0)
    (closed,) = receipt.decode_logs(desk.OrderFulfilled)
    assert (closed.paid, closed.returned) == (paid, 100_000_000 - paid)


def test_fulfil__share_below_one_unit__pays_the_seller_nothing(
    desk: Any,
    opened: Callable[..., Quote],
    fulfilled: Callable[..., Any],
    false_token: Any,
    payer: Any,
    seller: Any,
) -> None:
    # This token refuses to move nothing, so nothing must be tried.
    quote = opened(false_token, price=1, min_ug=1)
    fulfilled(quote, amount_ug=5 * TONNE_UG - 1)
    assert (false_token.balanceOf(seller), false_token.balanceOf(payer)) == (0, FUNDS)
    assert (desk.held(false_token), desk.owed(false_token, seller)) == (0, 0)


def test_fulfil__largest_price_and_amount__pays_the_exact_share(
    desk: Any,
    owner: Any,
    opened: Callable[..., Quote],
    fulfilled: Callable[..., Any],
    hostile: Any,
    payer: Any,
    seller: Any,
) -> None:
    price, ordered = 2**128 - 1, 2**72 - 1
    desk.set_seller(seller, hostile, price, sender=owner)
    hostile.mint(payer, price, sender=owner)
    hostile.approve(desk, price, sender=payer)
    fulfilled(opened(hostile, price=price, amount_ug=ordered), amount_ug=ordered - 1)
    paid = price * (ordered - 1) // ordered
    assert (hostile.balanceOf(seller), hostile.balanceOf(payer)) == (paid, FUNDS + price - paid)
    assert desk.held(hostile) == 0


def test_fulfil__least_amount__is_accepted_and_one_less_reverts(
    desk: Any, opened: Callable[..., Quote], fulfilled: Callable[..., Any]
) -> None:
    quote = opened()
    with ape.reverts("desk: amount is below the least the payer accepts"):
        fulfilled(quote, amount_ug=TONNE_UG - 1)
    fulfilled(quote, amount_ug=TONNE_UG)
    assert desk.order_state(quote.id) == FULFILLED
