"""`open`: the desk takes the whole price or nothing, whatever the token and whoever the payer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from conftest import compile_mock
from reports import Orders, Quote

from retirement_desk.conftest import FUNDS


def test_open__token_that_returns_nothing__opens_and_comes_back(
    desk: Any, opened: Callable[..., Quote], usdt: Any, payer: Any, seller: Any
) -> None:
    quote = opened(usdt)
    assert usdt.balanceOf(desk) == desk.held(usdt) == quote.order["price"]
    desk.decline(quote.order, sender=seller)
    assert (usdt.balanceOf(payer), desk.held(usdt)) == (FUNDS, 0)


def test_open__token_that_takes_a_fee__reverts(
    desk: Any, owner: Any, orders: Orders, usdt: Any, payer: Any, now: int
) -> None:
    usdt.set_fee(1, sender=owner)
    quote = orders.make(payer, usdt, now)
    with ape.reverts("desk: token did not deliver the whole price"):
        desk.open(quote.order, quote.signature, sender=payer)
    usdt.set_fee(0, sender=owner)
    desk.open(quote.order, quote.signature, sender=payer)
    assert desk.order_state(quote.id) == 1


def test_open__token_that_answers_true__opens_and_false_reverts(
    desk: Any,
    owner: Any,
    opened: Callable[..., Quote],
    orders: Orders,
    false_token: Any,
    payer: Any,
    now: int,
) -> None:
    assert desk.order_state(opened(false_token).id) == 1
    false_token.stop(True, sender=owner)
    quote = orders.make(payer, false_token, now)
    with ape.reverts("desk: token refused the transfer"):
        desk.open(quote.order, quote.signature, sender=payer)


def test_open__allowance_too_small__reverts_with_the_tokens_reason(
    desk: Any, orders: Orders, usdc: Any, payer: Any, now: int
) -> None:
    quote = orders.make(payer, usdc, now)
    usdc.approve(desk, quote.order["price"] - 1, sender=payer)
    with ape.reverts("ERC20: transfer amount exceeds allowance"):
        desk.open(quote.order, quote.signature, sender=payer)
    usdc.approve(desk, quote.order["price"], sender=payer)
    desk.open(quote.order, quote.signature, sender=payer)
    assert usdc.allowance(payer, desk) == 0


def test_open__balance_too_small__reverts_and_leaves_nothing_behind(
    desk: Any, orders: Orders, usdc: Any, payer: Any, seller: Any, bob: Any, now: int
) -> None:
    usdc.transfer(bob, FUNDS - 1, sender=payer)
    quote = orders.make(payer, usdc, now, price=2)
    with ape.reverts("ERC20: transfer amount exceeds balance"):
        desk.open(quote.order, quote.signature, sender=payer)
    assert (desk.order_state(quote.id), desk.held(usdc), desk.exposure(seller, usdc)) == (0, 0, 0)


def test_open__blacklisted_payer__reverts(
    desk: Any, owner: Any, orders: Orders, usdc: Any, payer: Any, now: int
) -> None:
    usdc.set_blacklisted(payer, True, sender=owner)
    quote = orders.make(payer, usdc, now)
    with ape.reverts("Blacklistable: account is blacklisted"):
        desk.open(quote.order, quote.signature, sender=payer)


def test_open__token_reverts_without_a_reason__reverts(
    desk: Any, orders: Orders, usdt: Any, payer: Any, now: int
) -> None:
    usdt.approve(desk, 0, sender=payer)
    quote = orders.make(payer, usdt, now)
    with pytest.raises(ape.exceptions.ContractLogicError):
        desk.open(quote.order, quote.signature, sender=payer)
    usdt.approve(desk, FUNDS, sender=payer)
    desk.open(quote.order, quote.signature, sender=payer)
    assert desk.order_state(quote.id) == 1


def test_open__money_sent_for_no_order__opens_nothing_and_stays_above_what_is_held(
    desk: Any, opened: Callable[..., Quote], usdc: Any, payer: Any
) -> None:
    usdc.transfer(desk, 7, sender=payer)
    assert desk.held(usdc) == 0
    quote = opened()
    assert usdc.balanceOf(desk) == desk.held(usdc) + 7 == quote.order["price"] + 7


def test_open__payer_that_is_a_contract__opens_and_has_it_back(
    desk: Any, orders: Orders, usdc: Any, owner: Any, alice: Any, seller: Any, now: int
) -> None:
    buyer = alice.deploy(compile_mock("token_payer"))
    usdc.mint(buyer, FUNDS, sender=owner)
    quote = orders.make(buyer.address, usdc, now)
    buyer.execute(usdc, usdc.approve.encode_input(desk, FUNDS), sender=alice)
    buyer.execute(desk, desk.open.encode_input(quote.order, quote.signature), sender=alice)
    assert desk.order_state(quote.id) == 1
    assert usdc.balanceOf(buyer) == FUNDS - quote.order["price"]
    desk.decline(quote.order, sender=seller)
    assert usdc.balanceOf(buyer) == FUNDS
