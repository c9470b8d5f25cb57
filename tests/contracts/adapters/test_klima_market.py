"""What `KlimaAdapter` sells and for what: the owner's settings, the quote, payments by a signature."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from eth_account.signers.local import LocalAccount
from eth_utils import keccak
from reports import REGISTRY, TONNE_UG

from .conftest import BENEFICIARY, CARBON_CLASS, HELD, PRICE_PER_TONNE, PROJECT, PURSE, VINTAGE, mock
from .permits import sign_payment_permit
from .test_klima_buy import MAX_PRICE, buy

NOBODY = "0x" + "00" * 20


def test_set_offer__by_the_owner__is_kept_and_logged(market: Any, owner: Any, sold: Any) -> None:
    assert market.offer(sold) == CARBON_CLASS
    receipt = market.set_offer(sold, NOBODY, sender=owner)
    assert market.offer(sold) == NOBODY
    (event,) = receipt.decode_logs(market.OfferSet)
    assert (event.token, event.carbon_class) == (sold, NOBODY)


def test_set_payment_token__by_the_owner__is_kept_and_logged(
    market: Any, owner: Any, usdc: Any, seller: Any, credits: Any
) -> None:
    assert market.spender(usdc) == seller
    receipt = market.set_payment_token(usdc, credits, sender=owner)
    assert market.spender(usdc) == credits
    (event,) = receipt.decode_logs(market.PaymentTokenSet)
    assert (event.payment_token, event.spender) == (usdc, credits)


@pytest.mark.parametrize("function", ["set_offer", "set_payment_token"])
def test_settings__not_the_owner__revert(market: Any, sold: Any, alice: Any, function: str) -> None:
    with ape.reverts("ownable: caller is not the owner"):
        getattr(market, function)(sold, NOBODY, sender=alice)


def test_settings__neighbours_without_code__revert(market: Any, usdc: Any, owner: Any, bob: Any) -> None:
    with ape.reverts("adapter: token is empty"):
        market.set_offer(NOBODY, CARBON_CLASS, sender=owner)
    with ape.reverts("adapter: payment token is not a contract"):
        market.set_payment_token(bob, NOBODY, sender=owner)
    with ape.reverts("adapter: spender is not a contract"):
        market.set_payment_token(usdc, bob, sender=owner)


def test_quote__of_an_amount__is_the_price_of_the_protocol_rounded_as_it_rounds(
    market: Any, sold: Any, usdc: Any
) -> None:
    assert market.quote(sold, TONNE_UG, usdc) == PRICE_PER_TONNE
    assert market.quote(sold, 1, usdc) == 1


def not_listed(market: Any, token: Any, payment: Any, owner: Any) -> None:
    market.set_listing(token, 0, REGISTRY, PROJECT, VINTAGE, False, sender=owner)


def not_for_sale(market: Any, token: Any, payment: Any, owner: Any) -> None:
    market.set_offer(token, NOBODY, sender=owner)


def not_accepted(market: Any, token: Any, payment: Any, owner: Any) -> None:
    market.set_payment_token(payment, NOBODY, sender=owner)


@pytest.mark.parametrize(
    ("switch_off", "reason"),
    [
        (not_listed, "adapter: token is not listed"),
        (not_for_sale, "adapter: token is not for sale"),
        (not_accepted, "adapter: payment token is not accepted"),
    ],
)
def test_buy_and_retire__switched_off__has_no_quote_and_no_purchase(
    market: Any, sold: Any, usdc: Any, owner: Any, alice: Any, switch_off: Any, reason: str
) -> None:
    switch_off(market, sold, usdc, owner)
    with ape.reverts(reason):
        market.quote(sold, TONNE_UG, usdc)
    with ape.reverts(reason):
        buy(market, sold, usdc, alice)
    with ape.reverts(reason):
        market.buy_and_retire_with_permit(
            sold, TONNE_UG, BENEFICIARY, usdc, MAX_PRICE, 0, 27, bytes(32), bytes(32), sender=alice
        )


def test_buy_and_retire__credits_as_their_own_payment__revert(
    market: Any, sold: Any, seller: Any, owner: Any, alice: Any
) -> None:
    market.set_payment_token(sold, seller, sender=owner)
    sold.issue(alice, HELD, sender=owner)
    sold.approve(market, HELD, sender=alice)
    with ape.reverts("adapter: credits do not pay for themselves"):
        buy(market, sold, sold, alice)


def test_buy_and_retire__stock_that_has_run_out__reverts_with_the_reason_of_the_protocol(
    market: Any, sold: Any, usdc: Any, alice: Any
) -> None:
    with ape.reverts("ERC20: burn amount exceeds balance"):
        buy(market, sold, usdc, alice, max_price=PURSE, amount_ug=101 * TONNE_UG)
    assert usdc.balanceOf(alice) == PURSE


def test_quote__token_that_the_protocol_does_not_know_in_that_class__passes_its_reason_on(
    market: Any, sold: Any, usdc: Any, owner: Any
) -> None:
    market.set_offer(sold, "0x" + "c2" * 20, sender=owner)
    with ape.reverts("0x" + keccak(text="CarbonCreditNotRegisteredForClass()")[:4].hex()):
        market.quote(sold, TONNE_UG, usdc)


def test_buy_and_retire_with_permit__signed_for_the_maximum__needs_no_approval_before(
    market: Any,
    sold: Any,
    usdc: Any,
    credits: Any,
    owner: Any,
    holder: Any,
    key: LocalAccount,
    chain: Any,
    now: int,
) -> None:
    usdc.mint(holder, PURSE, sender=owner)
    permit = sign_payment_permit(chain, usdc, key, market, MAX_PRICE, now + 600)
    market.buy_and_retire_with_permit(sold, TONNE_UG, BENEFICIARY, usdc, MAX_PRICE, *permit, sender=holder)
    assert credits.balanceOf(holder) == 1
    assert usdc.balanceOf(holder) == PURSE - PRICE_PER_TONNE
    assert usdc.allowance(holder, market) == usdc.balanceOf(market) == 0


def test_buy_and_retire_with_permit__permit_sent_before_by_somebody_else__buys_all_the_same(
    market: Any,
    sold: Any,
    usdc: Any,
    credits: Any,
    owner: Any,
    holder: Any,
    bob: Any,
    key: LocalAccount,
    chain: Any,
    now: int,
) -> None:
    usdc.mint(holder, PURSE, sender=owner)
    permit = sign_payment_permit(chain, usdc, key, market, MAX_PRICE, now + 600)
    usdc.permit(holder, market, MAX_PRICE, *permit, sender=bob)
    market.buy_and_retire_with_permit(sold, TONNE_UG, BENEFICIARY, usdc, MAX_PRICE, *permit, sender=holder)
    assert credits.balanceOf(holder) == 1


@pytest.mark.parametrize(("signed", "seconds"), [(MAX_PRICE - 1, 600), (MAX_PRICE, -1)])
def test_buy_and_retire_with_permit__signed_for_less_or_expired__reverts(
    market: Any,
    sold: Any,
    usdc: Any,
    owner: Any,
    holder: Any,
    key: LocalAccount,
    chain: Any,
    now: int,
    signed: int,
    seconds: int,
) -> None:
    usdc.mint(holder, PURSE, sender=owner)
    permit = sign_payment_permit(chain, usdc, key, market, signed, now + seconds)
    with ape.reverts("ERC20: transfer amount exceeds allowance"):
        market.buy_and_retire_with_permit(
            sold, TONNE_UG, BENEFICIARY, usdc, MAX_PRICE, *permit, sender=holder
        )


def test_buy_and_retire_with_permit__payment_token_that_is_not_accepted__is_never_called(
    market: Any, sold: Any, owner: Any, holder: Any, key: LocalAccount, chain: Any, now: int
) -> None:
    false = owner.deploy(mock("token_usdc"))
    false.mint(holder, PURSE, sender=owner)
    permit = sign_payment_permit(chain, false, key, market, MAX_PRICE, now + 600)
    with ape.reverts("adapter: payment token is not accepted"):
        market.buy_and_retire_with_permit(
            sold, TONNE_UG, BENEFICIARY, false, MAX_PRICE, *permit, sender=holder
        )
    assert false.nonces(holder) == 0
