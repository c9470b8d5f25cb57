"""`KlimaAdapter.buy_and_retire` with a protocol or payment token that turned bad: nothing taken or minted."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from reports import TONNE_UG

from .conftest import BENEFICIARY, HELD, PRICE_PER_TONNE, PURSE, UNITS_PER_UG, mock
from .test_klima_buy import MAX_PRICE, buy

GOOD = 0
TAKES_ALL = 1
TAKES_TOO_MUCH = 2
RETIRES_NOTHING = 3
RETIRES_LESS = 4
RETIRES_MORE = 5
SENDS_CREDITS = 6
PAYS_OUT = 7
CALLS = 8
TAKES_NOTHING = 9
GIVES_BACK_HALF = 10


@pytest.mark.parametrize(
    ("manner", "reason"),
    [
        (TAKES_TOO_MUCH, "ERC20: transfer amount exceeds allowance"),
        (RETIRES_NOTHING, "adapter: supply did not fall by the amount"),
        (RETIRES_LESS, "adapter: supply did not fall by the amount"),
        (RETIRES_MORE, "adapter: supply did not fall by the amount"),
        (SENDS_CREDITS, "adapter: tokens are still here"),
        (PAYS_OUT, "adapter: protocol gave back more than the payment"),
    ],
)
def test_buy_and_retire__bad_protocol__reverts_and_takes_nothing(
    market: Any, sold: Any, usdc: Any, seller: Any, credits: Any, alice: Any, manner: int, reason: str
) -> None:
    usdc.mint(seller, PURSE, sender=alice)
    seller.misbehave(manner, sender=alice)
    with ape.reverts(reason):
        buy(market, sold, usdc, alice)
    assert (usdc.balanceOf(alice), credits.balanceOf(alice)) == (PURSE, 0)
    assert (sold.totalSupply(), usdc.allowance(market, seller)) == (HELD, 0)
    seller.misbehave(GOOD, sender=alice)
    buy(market, sold, usdc, alice)
    assert credits.balanceOf(alice) == 1


@pytest.mark.parametrize(
    ("manner", "price"),
    [(TAKES_ALL, MAX_PRICE), (TAKES_NOTHING, 0), (GIVES_BACK_HALF, PRICE_PER_TONNE // 2)],
)
def test_buy_and_retire__protocol_that_takes_another_price_than_it_quoted__is_logged_as_it_was_taken(
    market: Any, sold: Any, usdc: Any, seller: Any, alice: Any, manner: int, price: int
) -> None:
    seller.misbehave(manner, sender=alice)
    (bought,) = buy(market, sold, usdc, alice).decode_logs(market.CreditBought)
    assert bought.price == price
    assert (usdc.balanceOf(alice), usdc.balanceOf(market)) == (PURSE - price, 0)
    assert usdc.allowance(market, seller) == 0


@pytest.mark.parametrize("again", ["buy_and_retire", "buy_and_retire_with_permit", "retire_token"])
def test_buy_and_retire__protocol_that_calls_the_adapter_again__gets_no_second_certificate(
    market: Any, sold: Any, usdc: Any, seller: Any, credits: Any, alice: Any, again: str
) -> None:
    usdc.mint(seller, PURSE, sender=alice)
    seller.allow(usdc, market, sender=alice)
    seller.allow(sold, market, sender=alice)
    more = {
        "buy_and_retire": (usdc, MAX_PRICE),
        "buy_and_retire_with_permit": (usdc, MAX_PRICE, 0, 27, bytes(32), bytes(32)),
        "retire_token": (),
    }[again]
    data = getattr(market, again).encode_input(sold, TONNE_UG, BENEFICIARY, *more)
    seller.turn(GOOD, data, sender=alice)
    # While nothing is bought, the same call goes through: only the lock is in its way below.
    seller.call(market, sender=alice)
    assert seller.went_through() and credits.balanceOf(seller) == 1
    seller.misbehave(CALLS, sender=alice)
    buy(market, sold, usdc, alice)
    assert not seller.went_through()
    assert (credits.balanceOf(seller), credits.balanceOf(alice)) == (1, 1)


def test_retire_token__while_credits_are_bought__cannot_count_the_same_fall_twice(
    market: Any, sold: Any, usdc: Any, seller: Any, credits: Any, alice: Any
) -> None:
    sold.issue(seller, HELD, sender=alice)
    seller.allow(sold, market, sender=alice)
    data = market.retire_token.encode_input(sold, TONNE_UG, BENEFICIARY)
    seller.turn(GOOD, data, sender=alice)
    seller.misbehave(CALLS, sender=alice)
    buy(market, sold, usdc, alice)
    assert sold.totalSupply() == 2 * HELD - TONNE_UG * UNITS_PER_UG
    assert (credits.balanceOf(seller), credits.balanceOf(alice)) == (0, 1)


def test_buy_and_retire__payment_token_that_takes_a_fee__reverts(
    market: Any, sold: Any, accept: Any, owner: Any, alice: Any
) -> None:
    usdt = accept(owner.deploy(mock("token_usdt")))
    usdt.set_fee(1, sender=owner)
    with ape.reverts("adapter: payment did not arrive in full"):
        buy(market, sold, usdt, alice)
    assert usdt.balanceOf(alice) == PURSE


def test_buy_and_retire__payment_token_that_answers_false__reverts(
    market: Any, sold: Any, accept: Any, owner: Any, alice: Any
) -> None:
    token = accept(owner.deploy(mock("token_false")))
    token.stop(True, sender=owner)
    with ape.reverts("adapter: payment token refused the transfer"):
        buy(market, sold, token, alice)
    assert token.balanceOf(alice) == PURSE


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (1, "adapter: payment token refused the allowance"),
        (2, "adapter: allowance is not as set"),
        (3, "adapter: payment token refused to go back"),
        (4, "adapter: rest of the payment is still here"),
        (5, "adapter: protocol took more than the payment"),
    ],
)
def test_buy_and_retire__payment_token_that_turned_bad__reverts_and_takes_nothing(
    market: Any, sold: Any, accept: Any, credits: Any, owner: Any, alice: Any, fault: int, reason: str
) -> None:
    token = accept(owner.deploy(mock("token_unruly")))
    token.mint(market, 10, sender=owner)
    token.set_fault(fault, sender=owner)
    with ape.reverts(reason):
        buy(market, sold, token, alice)
    assert (token.balanceOf(alice), credits.balanceOf(alice)) == (PURSE, 0)
    token.set_fault(0, sender=owner)
    buy(market, sold, token, alice)
    assert (token.balanceOf(alice), token.balanceOf(market)) == (PURSE - PRICE_PER_TONNE, 10)


def test_buy_and_retire__payment_token_that_calls_the_adapter_while_it_moves__buys_once(
    market: Any, sold: Any, accept: Any, credits: Any, owner: Any, alice: Any
) -> None:
    token = accept(owner.deploy(mock("token_hostile")))
    token.mint(token, PURSE, sender=owner)
    data = market.buy_and_retire.encode_input(sold, TONNE_UG, BENEFICIARY, token, MAX_PRICE)
    token.call_back(market, data, sender=owner)
    buy(market, sold, token, alice)
    assert token.calls() == 3
    assert not token.entered()
    assert (credits.balanceOf(alice), credits.balanceOf(token)) == (1, 0)
