"""`open`: an order opens when its payer's money is in the desk, if seller, token and times allow it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from reports import DAY_S, NOBODY, TONNE_UG, Orders, Quote

from retirement_desk.conftest import CAP, FUNDS

MONTH_S = 30 * DAY_S


def test_open__by_the_payer__takes_the_price_and_notes_it(
    desk: Any, orders: Orders, usdc: Any, payer: Any, seller: Any, now: int
) -> None:
    quote = orders.make(payer, usdc, now)
    assert desk.order_state(quote.id) == 0
    assert desk.open.call(quote.order, quote.signature, sender=payer) == quote.id
    receipt = desk.open(quote.order, quote.signature, sender=payer)
    price = quote.order["price"]
    assert desk.order_state(quote.id) == 1
    assert usdc.balanceOf(desk) == desk.held(usdc) == desk.exposure(seller, usdc) == price
    assert usdc.balanceOf(payer) == FUNDS - price
    (opened,) = receipt.decode_logs(desk.OrderOpened)
    assert (opened.id, opened.payer, opened.seller) == (quote.id, payer, seller)
    # The order in the event is whole: its hash is the id.
    assert desk.order_id(opened.order) == quote.id


def test_open__by_anyone_else__reverts(
    desk: Any, orders: Orders, usdc: Any, payer: Any, seller: Any, bob: Any, now: int
) -> None:
    quote = orders.make(payer, usdc, now)
    for stranger in (bob, seller):
        with ape.reverts("desk: caller is not the payer"):
            desk.open(quote.order, quote.signature, sender=stranger)


def test_open__while_it_is_open__reverts(desk: Any, opened: Callable[..., Quote], payer: Any) -> None:
    quote = opened()
    with ape.reverts("desk: order was opened before"):
        desk.open(quote.order, quote.signature, sender=payer)


def test_open__after_it_was_fulfilled__reverts(
    desk: Any, opened: Callable[..., Quote], fulfilled: Callable[..., Any], payer: Any
) -> None:
    quote = opened()
    fulfilled(quote)
    with ape.reverts("desk: order was opened before"):
        desk.open(quote.order, quote.signature, sender=payer)


def test_open__after_it_was_given_back__reverts_and_another_salt_opens(
    desk: Any, opened: Callable[..., Quote], payer: Any, seller: Any
) -> None:
    quote = opened()
    desk.decline(quote.order, sender=seller)
    with ape.reverts("desk: order was opened before"):
        desk.open(quote.order, quote.signature, sender=payer)
    assert desk.order_state(opened(salt=b"\x01" * 32).id) == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"price": 0}, "desk: price must be at least 1"),
        ({"min_ug": 0}, "desk: least amount must be 1 ug to the amount"),
        ({"amount_ug": 0, "min_ug": 0}, "desk: least amount must be 1 ug to the amount"),
        ({"min_ug": 5 * TONNE_UG + 1}, "desk: least amount must be 1 ug to the amount"),
        ({"holder": NOBODY}, "desk: holder is empty"),
        ({"project": ""}, "desk: project is empty"),
        ({"beneficiary": ""}, "desk: beneficiary is empty"),
    ],
)
def test_open__order_that_states_too_little__reverts(
    desk: Any, orders: Orders, usdc: Any, payer: Any, now: int, changes: dict[str, Any], reason: str
) -> None:
    quote = orders.make(payer, usdc, now, **changes)
    with ape.reverts(reason):
        desk.open(quote.order, quote.signature, sender=payer)


@pytest.mark.parametrize(
    "changes",
    [
        {"price": 1},
        {"min_ug": 1},
        {"min_ug": 5 * TONNE_UG},
        {"amount_ug": 1, "min_ug": 1},
        {"amount_ug": 2**72 - 1, "min_ug": 2**72 - 1},
        {"vintage": 0},
        {"project": "P" * 32, "beneficiary": "ü" * 32},
        {"holder": "0x" + "12" * 20},
        {"salt": bytes(32)},
    ],
)
def test_open__order_at_the_edge__opens(
    desk: Any, opened: Callable[..., Quote], changes: dict[str, Any]
) -> None:
    assert desk.order_state(opened(**changes).id) == 1


@pytest.mark.parametrize(
    ("field", "offset_s", "reason"),
    [
        ("quote_until", -1, "desk: quote has expired"),
        ("deadline", 0, "desk: deadline has passed"),
        ("deadline", MONTH_S + 1, "desk: deadline is more than 30 days ahead"),
    ],
)
def test_open__outside_its_time__reverts(
    desk: Any,
    orders: Orders,
    usdc: Any,
    payer: Any,
    chain: Any,
    now: int,
    field: str,
    offset_s: int,
    reason: str,
) -> None:
    at = chain.pending_timestamp = now + 100
    quote = orders.make(payer, usdc, now, **{field: at + offset_s})
    with ape.reverts(reason):
        desk.open(quote.order, quote.signature, sender=payer, gas=1_000_000)


@pytest.mark.parametrize(("field", "offset_s"), [("quote_until", 0), ("deadline", 1), ("deadline", MONTH_S)])
def test_open__at_the_edge_of_its_time__opens(
    desk: Any, orders: Orders, usdc: Any, payer: Any, chain: Any, now: int, field: str, offset_s: int
) -> None:
    at = chain.pending_timestamp = now + 100
    quote = orders.make(payer, usdc, now, **{field: at + offset_s})
    desk.open(quote.order, quote.signature, sender=payer, gas=1_000_000)
    assert desk.order_state(quote.id) == 1


def test_open__paused__reverts_until_it_is_not(
    desk: Any, owner: Any, orders: Orders, usdc: Any, payer: Any, now: int
) -> None:
    quote = orders.make(payer, usdc, now)
    desk.pause(sender=owner)
    with ape.reverts("desk: new orders are paused"):
        desk.open(quote.order, quote.signature, sender=payer)
    desk.unpause(sender=owner)
    desk.open(quote.order, quote.signature, sender=payer)
    assert desk.order_state(quote.id) == 1


def test_open__token_that_is_not_allowed__reverts(
    desk: Any, owner: Any, orders: Orders, usdc: Any, payer: Any, now: int
) -> None:
    desk.set_token(usdc, False, sender=owner)
    for token in (usdc, NOBODY):
        quote = orders.make(payer, token, now)
        with ape.reverts("desk: token is not allowed"):
            desk.open(quote.order, quote.signature, sender=payer)


def test_open__seller_without_a_cap__reverts(
    desk: Any, owner: Any, orders: Orders, usdc: Any, payer: Any, seller: Any, now: int
) -> None:
    desk.set_seller(seller, usdc, 0, sender=owner)
    quote = orders.make(payer, usdc, now)
    with ape.reverts("desk: seller is not listed"):
        desk.open(quote.order, quote.signature, sender=payer)


def test_open__up_to_the_cap__opens_and_above_reverts(
    desk: Any, orders: Orders, opened: Callable[..., Quote], usdc: Any, payer: Any, seller: Any, now: int
) -> None:
    opened(price=1)
    above = orders.make(payer, usdc, now, price=CAP)
    with ape.reverts("desk: seller's open orders would pass its cap"):
        desk.open(above.order, above.signature, sender=payer)
    opened(price=CAP - 1)
    assert desk.exposure(seller, usdc) == CAP
    one_more = orders.make(payer, usdc, now, price=1)
    with ape.reverts("desk: seller's open orders would pass its cap"):
        desk.open(one_more.order, one_more.signature, sender=payer)


def test_open__after_an_order_closed__has_room_again(
    desk: Any, opened: Callable[..., Quote], usdc: Any, seller: Any
) -> None:
    full = opened(price=CAP)
    desk.decline(full.order, sender=seller)
    assert desk.exposure(seller, usdc) == 0
    assert desk.order_state(opened(price=CAP).id) == 1


def test_open__cap_of_another_token__does_not_count(
    desk: Any, opened: Callable[..., Quote], usdc: Any, usdt: Any, seller: Any
) -> None:
    opened(price=CAP)
    opened(usdt, price=1)
    assert (desk.exposure(seller, usdc), desk.exposure(seller, usdt)) == (CAP, 1)


def test_open__largest_price__opens_and_comes_back_whole(
    desk: Any, owner: Any, opened: Callable[..., Quote], usdt: Any, hostile: Any, payer: Any, seller: Any
) -> None:
    largest = 2**128 - 1
    desk.set_seller(seller, hostile, largest, sender=owner)
    hostile.mint(payer, largest, sender=owner)
    hostile.approve(desk, 2**256 - 1, sender=payer)
    quote = opened(hostile, price=largest)
    assert desk.held(hostile) == desk.exposure(seller, hostile) == desk.seller_cap(seller, hostile) == largest
    desk.decline(quote.order, sender=seller)
    assert hostile.balanceOf(payer) == FUNDS + largest
    assert (desk.held(hostile), desk.exposure(seller, hostile)) == (0, 0)
    assert desk.seller_cap(seller, hostile) == largest
