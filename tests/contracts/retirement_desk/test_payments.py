"""Paying out: what a token or receiver refuses is noted as owed, and the order closes all the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from reports import TONNE_UG, Quote, Signed

from retirement_desk.conftest import FUNDS

FAULTS = {
    1: "burns all gas",
    2: "reverts at length",
    3: "answers one byte",
    4: "answers a large number",
}


def test_fulfil__blacklisted_seller__mints_and_notes_the_price_as_owed(
    desk: Any,
    credits: Any,
    owner: Any,
    opened: Callable[..., Quote],
    retired: Callable[..., Signed],
    usdc: Any,
    seller: Any,
    bob: Any,
) -> None:
    quote = opened()
    usdc.set_blacklisted(seller, True, sender=owner)
    signed = retired(quote)
    receipt = desk.fulfil(quote.order, signed.report, signed.signatures, 0, sender=bob)
    price = quote.order["price"]
    assert credits.ownerOf(signed.token_id) == quote.order["holder"]
    assert desk.order_state(quote.id) == 2
    assert desk.owed(usdc, seller) == desk.held(usdc) == usdc.balanceOf(desk) == price
    assert desk.exposure(seller, usdc) == 0
    (owed,) = receipt.decode_logs(desk.Owed)
    assert (owed.token, owed.account, owed.amount) == (usdc, seller, price)


def test_fulfil__blacklisted_payer__pays_the_seller_and_notes_the_rest(
    desk: Any,
    owner: Any,
    opened: Callable[..., Quote],
    fulfilled: Callable[..., Any],
    usdc: Any,
    payer: Any,
    seller: Any,
) -> None:
    quote = opened()
    usdc.set_blacklisted(payer, True, sender=owner)
    fulfilled(quote, amount_ug=2 * TONNE_UG)
    assert usdc.balanceOf(seller) == 40_000_000
    assert desk.owed(usdc, payer) == desk.held(usdc) == usdc.balanceOf(desk) == 60_000_000


def test_fulfil__blacklisted_desk__notes_both_parts(
    desk: Any,
    owner: Any,
    opened: Callable[..., Quote],
    fulfilled: Callable[..., Any],
    usdc: Any,
    payer: Any,
    seller: Any,
) -> None:
    quote = opened()
    usdc.set_blacklisted(desk, True, sender=owner)
    fulfilled(quote, amount_ug=2 * TONNE_UG)
    assert (desk.owed(usdc, seller), desk.owed(usdc, payer)) == (40_000_000, 60_000_000)
    assert desk.held(usdc) == usdc.balanceOf(desk) == 100_000_000


def test_decline__blacklisted_payer__closes_and_adds_up_what_is_owed(
    desk: Any, owner: Any, opened: Callable[..., Quote], usdc: Any, payer: Any, seller: Any
) -> None:
    one, other = opened(price=3), opened(price=4)
    usdc.set_blacklisted(payer, True, sender=owner)
    desk.decline(one.order, sender=seller)
    desk.decline(other.order, sender=seller)
    assert desk.order_state(one.id) == desk.order_state(other.id) == 3
    assert desk.owed(usdc, payer) == desk.held(usdc) == usdc.balanceOf(desk) == 7


def test_refund__token_that_answers_false__notes_it_as_owed(
    desk: Any, owner: Any, opened: Callable[..., Quote], false_token: Any, payer: Any, bob: Any, chain: Any
) -> None:
    quote = opened(false_token)
    false_token.stop(True, sender=owner)
    chain.pending_timestamp = quote.order["deadline"] + 1
    desk.refund(quote.order, sender=bob, gas=1_000_000)
    assert desk.owed(false_token, payer) == desk.held(false_token) == quote.order["price"]


@pytest.mark.parametrize("fault", FAULTS, ids=FAULTS.get)
def test_fulfil__token_turned_bad__notes_both_parts_with_little_gas(
    desk: Any,
    owner: Any,
    opened: Callable[..., Quote],
    retired: Callable[..., Signed],
    hostile: Any,
    payer: Any,
    seller: Any,
    bob: Any,
    fault: int,
) -> None:
    quote = opened(hostile)
    hostile.set_fault(fault, sender=owner)
    signed = retired(quote, amount_ug=2 * TONNE_UG)
    desk.fulfil(quote.order, signed.report, signed.signatures, 0, sender=bob, gas=1_100_000)
    assert desk.order_state(quote.id) == 2
    assert (desk.owed(hostile, seller), desk.owed(hostile, payer)) == (40_000_000, 60_000_000)
    assert desk.held(hostile) == hostile.balanceOf(desk) == 100_000_000


def test_decline__token_that_answers_at_length__is_paid(
    desk: Any, owner: Any, opened: Callable[..., Quote], hostile: Any, payer: Any, seller: Any
) -> None:
    quote = opened(hostile)
    hostile.set_fault(5, sender=owner)
    desk.decline(quote.order, sender=seller)
    assert hostile.balanceOf(payer) == FUNDS
    assert (desk.held(hostile), desk.owed(hostile, payer)) == (0, 0)


@pytest.mark.parametrize("gas", [100_000, 200_000, 250_000, 290_000])
def test_decline__too_little_gas_to_be_fair__reverts(
    desk: Any, opened: Callable[..., Quote], seller: Any, gas: int
) -> None:
    quote = opened()
    with ape.reverts("desk: too little gas to pay out"):
        desk.decline(quote.order, sender=seller, gas=gas)
    assert desk.order_state(quote.id) == 1


@pytest.mark.parametrize("gas", [330_000, 1_000_000])
def test_decline__just_enough_gas__is_paid(
    desk: Any, opened: Callable[..., Quote], usdc: Any, payer: Any, seller: Any, gas: int
) -> None:
    desk.decline(opened().order, sender=seller, gas=gas)
    assert (usdc.balanceOf(payer), desk.owed(usdc, payer)) == (FUNDS, 0)


def test_decline__just_enough_gas_and_all_of_it_burnt__is_noted(
    desk: Any, owner: Any, opened: Callable[..., Quote], hostile: Any, payer: Any, seller: Any
) -> None:
    quote = opened(hostile)
    hostile.set_fault(1, sender=owner)
    desk.decline(quote.order, sender=seller, gas=330_000)
    assert desk.owed(hostile, payer) == desk.held(hostile) == quote.order["price"]


def test_decline__fee_turned_on_later__takes_no_more_from_the_desk_than_the_price(
    desk: Any, owner: Any, opened: Callable[..., Quote], usdt: Any, payer: Any, seller: Any
) -> None:
    one, other = opened(usdt), opened(usdt)
    usdt.set_fee(100, sender=owner)
    desk.decline(one.order, sender=seller)
    assert usdt.balanceOf(payer) == FUNDS - 101_000_000
    assert desk.held(usdt) == usdt.balanceOf(desk) == other.order["price"]
