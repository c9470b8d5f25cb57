"""`refund`: once the deadline has passed, anyone can have the payer's money sent back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from reports import Orders, Quote

from retirement_desk.conftest import FUNDS

REFUNDED = 3
NOT_YET = "desk: deadline has not passed"


def test_refund__a_second_after_the_deadline__gives_the_whole_price_back(
    desk: Any, opened: Callable[..., Quote], usdc: Any, payer: Any, seller: Any, bob: Any, chain: Any
) -> None:
    quote = opened()
    chain.pending_timestamp = quote.order["deadline"] + 1
    receipt = desk.refund(quote.order, sender=bob, gas=1_000_000)
    assert usdc.balanceOf(payer) == FUNDS
    assert desk.order_state(quote.id) == REFUNDED
    assert (usdc.balanceOf(desk), desk.held(usdc), desk.exposure(seller, usdc)) == (0, 0, 0)
    (closed,) = receipt.decode_logs(desk.OrderRefunded)
    assert (closed.id, closed.declined) == (quote.id, False)


def test_refund__at_the_deadline__reverts_for_everyone(
    desk: Any, opened: Callable[..., Quote], payer: Any, seller: Any, owner: Any, chain: Any
) -> None:
    quote = opened()
    at = quote.order["deadline"] - 10
    for sender in (payer, seller, owner):
        chain.pending_timestamp = at
        with ape.reverts(NOT_YET):
            desk.refund(quote.order, sender=sender, gas=1_000_000)
        at += 1
    chain.pending_timestamp = quote.order["deadline"]
    with ape.reverts(NOT_YET):
        desk.refund(quote.order, sender=payer, gas=1_000_000)


def test_refund__twice__reverts(
    desk: Any, opened: Callable[..., Quote], usdc: Any, payer: Any, bob: Any, chain: Any
) -> None:
    quote = opened()
    chain.pending_timestamp = quote.order["deadline"] + 1
    desk.refund(quote.order, sender=bob, gas=1_000_000)
    with ape.reverts("desk: order is not open"):
        desk.refund(quote.order, sender=bob)
    assert usdc.balanceOf(payer) == FUNDS


def test_refund__after_it_was_fulfilled__reverts(
    desk: Any,
    opened: Callable[..., Quote],
    fulfilled: Callable[..., Any],
    usdc: Any,
    payer: Any,
    bob: Any,
    chain: Any,
) -> None:
    quote = opened()
    fulfilled(quote)
    chain.pending_timestamp = quote.order["deadline"] + 1
    with ape.reverts("desk: order is not open"):
        desk.refund(quote.order, sender=bob, gas=1_000_000)
    assert usdc.balanceOf(payer) == FUNDS - quote.order["price"]


def test_refund__order_that_never_opened__reverts(
    desk: Any, orders: Orders, usdc: Any, payer: Any, now: int
) -> None:
    quote = orders.make(payer, usdc, now, deadline=now - 1)
    with ape.reverts("desk: order is not open"):
        desk.refund(quote.order, sender=payer)


@pytest.mark.parametrize("field", ["payer", "price", "deadline"])
def test_refund__order_that_was_changed__reverts(
    desk: Any, opened: Callable[..., Quote], bob: Any, chain: Any, field: str
) -> None:
    quote = opened()
    changed = quote.order | {field: {"payer": bob.address, "price": 2, "deadline": 1}[field]}
    chain.pending_timestamp = quote.order["deadline"] + 1
    with ape.reverts("desk: order is not open"):
        desk.refund(changed, sender=bob, gas=1_000_000)
    desk.refund(quote.order, sender=bob)
    assert desk.order_state(quote.id) == REFUNDED


def test_refund__everything_stopped__goes_on(
    desk: Any,
    credits: Any,
    owner: Any,
    opened: Callable[..., Quote],
    usdc: Any,
    payer: Any,
    seller: Any,
    bob: Any,
    chain: Any,
) -> None:
    quote = opened()
    desk.pause(sender=owner)
    credits.pause(sender=owner)
    desk.set_seller(seller, usdc, 0, sender=owner)
    desk.set_token(usdc, False, sender=owner)
    chain.pending_timestamp = quote.order["deadline"] + 1
    desk.refund(quote.order, sender=bob, gas=1_000_000)
    assert usdc.balanceOf(payer) == FUNDS
