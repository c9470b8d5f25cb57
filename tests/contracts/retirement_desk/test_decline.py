"""`decline`: the seller gives the payer's money back at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
from reports import Quote

from retirement_desk.conftest import FUNDS


def test_decline__by_the_seller__gives_the_whole_price_back(
    desk: Any, opened: Callable[..., Quote], usdc: Any, payer: Any, seller: Any
) -> None:
    quote = opened()
    receipt = desk.decline(quote.order, sender=seller)
    assert usdc.balanceOf(payer) == FUNDS
    assert desk.order_state(quote.id) == 3
    assert (usdc.balanceOf(desk), desk.held(usdc), desk.exposure(seller, usdc)) == (0, 0, 0)
    (closed,) = receipt.decode_logs(desk.OrderRefunded)
    assert (closed.id, closed.declined) == (quote.id, True)


def test_decline__by_anyone_else__reverts(
    desk: Any, owner: Any, opened: Callable[..., Quote], payer: Any, bob: Any
) -> None:
    quote = opened()
    for stranger in (payer, owner, bob):
        with ape.reverts("desk: caller is not the seller"):
            desk.decline(quote.order, sender=stranger)


def test_decline__by_another_who_names_itself_the_seller__reverts(
    desk: Any, opened: Callable[..., Quote], bob: Any
) -> None:
    quote = opened()
    with ape.reverts("desk: order is not open"):
        desk.decline(quote.order | {"seller": bob.address}, sender=bob)


def test_decline__after_the_deadline_while_open__goes_on_and_twice_reverts(
    desk: Any, opened: Callable[..., Quote], usdc: Any, payer: Any, seller: Any, chain: Any
) -> None:
    quote = opened()
    chain.pending_timestamp = quote.order["deadline"] + 1
    desk.decline(quote.order, sender=seller)
    with ape.reverts("desk: order is not open"):
        desk.decline(quote.order, sender=seller)
    assert usdc.balanceOf(payer) == FUNDS


def test_decline__after_it_was_fulfilled__reverts(
    desk: Any, opened: Callable[..., Quote], fulfilled: Callable[..., Any], seller: Any
) -> None:
    quote = opened()
    fulfilled(quote)
    with ape.reverts("desk: order is not open"):
        desk.decline(quote.order, sender=seller)


def test_decline__paused__goes_on(
    desk: Any, owner: Any, opened: Callable[..., Quote], usdc: Any, payer: Any, seller: Any
) -> None:
    quote = opened()
    desk.pause(sender=owner)
    desk.decline(quote.order, sender=seller)
    assert usdc.balanceOf(payer) == FUNDS
