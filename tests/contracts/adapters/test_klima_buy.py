"""`KlimaAdapter.buy_and_retire`: the caller pays, the aggregator sells and burns, the caller is certified."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from reports import REGISTRY, TONNE_UG

from .conftest import (
    BENEFICIARY,
    CARBON_CLASS,
    HELD,
    PRICE_PER_TONNE,
    PROJECT,
    PURSE,
    UNITS_PER_UG,
    VINTAGE,
    CertificateOf,
    mock,
)

MAX_PRICE = 2 * PRICE_PER_TONNE


def buy(
    market: Any, token: Any, payment: Any, sender: Any, max_price: int = MAX_PRICE, **changes: Any
) -> Any:
    amount_ug = changes.get("amount_ug", TONNE_UG)
    beneficiary = changes.get("beneficiary", BENEFICIARY)
    return market.buy_and_retire(token, amount_ug, beneficiary, payment, max_price, sender=sender)


def test_buy_and_retire__credit_for_sale__burns_it_and_mints_to_the_caller(
    market: Any, sold: Any, usdc: Any, seller: Any, credits: Any, alice: Any
) -> None:
    receipt = buy(market, sold, usdc, alice)
    assert sold.balanceOf(seller) == sold.totalSupply() == HELD - TONNE_UG * UNITS_PER_UG
    (bought,) = receipt.decode_logs(market.CreditBought)
    assert (bought.holder, bought.payment_token, bought.price) == (alice, usdc, PRICE_PER_TONNE)
    (retired,) = receipt.decode_logs(market.TokenRetired)
    assert (retired.certificate, retired.holder, retired.token) == (bought.certificate, alice, sold)
    assert (retired.amount_ug, retired.reference, retired.protocol_reference) == (TONNE_UG, 1, 0)
    found = credits.certificate(bought.certificate)
    assert (found.holder, found.registry, found.project, found.vintage) == (alice, REGISTRY, PROJECT, VINTAGE)
    assert (found.amount_ug, found.beneficiary) == (TONNE_UG, BENEFICIARY)


def test_buy_and_retire__certificate__stands_for_a_report_that_anyone_can_write_down(
    market: Any, sold: Any, usdc: Any, credits: Any, alice: Any, report_of: CertificateOf
) -> None:
    (bought,) = buy(market, sold, usdc, alice).decode_logs(market.CreditBought)
    serials = f"Klima retirement of {sold.address.lower()}, reference 1"
    report = report_of(market, alice, 1, TONNE_UG, serials)
    assert bytes(credits.report_id(report)) == bought.certificate.to_bytes(32)


def test_buy_and_retire__maximum_above_the_price__returns_every_unit_that_was_not_asked(
    market: Any, sold: Any, usdc: Any, seller: Any, alice: Any
) -> None:
    usdc.approve(market, PURSE, sender=alice)
    buy(market, sold, usdc, alice, max_price=PURSE)
    assert usdc.balanceOf(alice) == PURSE - PRICE_PER_TONNE
    assert (usdc.balanceOf(market), usdc.balanceOf(seller)) == (0, PRICE_PER_TONNE)
    assert usdc.allowance(market, seller) == usdc.allowance(alice, market) == 0


def test_buy_and_retire__maximum_that_is_the_price__goes_through(
    market: Any, sold: Any, usdc: Any, alice: Any
) -> None:
    price = market.quote(sold, TONNE_UG, usdc)
    buy(market, sold, usdc, alice, max_price=price)
    assert usdc.balanceOf(alice) == PURSE - price


def test_buy_and_retire__price_one_above_the_maximum__reverts_and_takes_nothing(
    market: Any, sold: Any, usdc: Any, credits: Any, alice: Any
) -> None:
    with ape.reverts("adapter: price is above the maximum"):
        buy(market, sold, usdc, alice, max_price=PRICE_PER_TONNE - 1)
    assert (usdc.balanceOf(alice), credits.balanceOf(alice)) == (PURSE, 0)


def test_buy_and_retire__price_moved_up_since_the_quote__reverts(
    market: Any, sold: Any, usdc: Any, seller: Any, alice: Any, owner: Any
) -> None:
    price = market.quote(sold, TONNE_UG, usdc)
    seller.set_price(PRICE_PER_TONNE + 1, sender=owner)
    with ape.reverts("adapter: price is above the maximum"):
        buy(market, sold, usdc, alice, max_price=price)


@pytest.mark.parametrize("amount_ug", [1, TONNE_UG // 3, 90 * TONNE_UG])
def test_buy_and_retire__any_amount__burns_exactly_its_base_units_at_the_quoted_price(
    market: Any, sold: Any, usdc: Any, alice: Any, amount_ug: int
) -> None:
    price = market.quote(sold, amount_ug, usdc)
    assert price == -(-amount_ug * PRICE_PER_TONNE // TONNE_UG)
    buy(market, sold, usdc, alice, max_price=PURSE, amount_ug=amount_ug)
    assert sold.totalSupply() == HELD - amount_ug * UNITS_PER_UG
    assert usdc.balanceOf(alice) == PURSE - price


def test_buy_and_retire__is_told_to_the_protocol_so_that_the_certificate_is_found(
    market: Any, sold: Any, usdc: Any, seller: Any, credits: Any, alice: Any, chain: Any
) -> None:
    (event,) = buy(market, sold, usdc, alice).decode_logs(seller.AggregatorRetired)
    assert (event.retiringAddress, event.beneficiaryAddress) == (market, alice)
    assert (event.retiringEntityString, event.beneficiaryString) == ("GPTX Green AI Ledger", BENEFICIARY)
    place = f"{credits.address.lower()} on chain {chain.chain_id}"
    assert event.retirementMessage == f"Certified by {place} under reference 1"


def test_buy_and_retire__tokens_that_lie_at_the_adapter__are_neither_spent_nor_paid_out(
    market: Any, sold: Any, usdc: Any, alice: Any, owner: Any
) -> None:
    usdc.mint(market, 5, sender=owner)
    sold.issue(market, 7, sender=owner)
    buy(market, sold, usdc, alice)
    assert (usdc.balanceOf(market), sold.balanceOf(market)) == (5, 7)
    assert usdc.balanceOf(alice) == PURSE - PRICE_PER_TONNE


def test_buy_and_retire__collected_by_another_contract__allows_it_to_that_one(
    market: Any, sold: Any, seller: Any, accept: Any, owner: Any, alice: Any
) -> None:
    collector = owner.deploy(mock("klima_collector"))
    seller.set_collector(collector, sender=owner)
    kvcm = accept(owner.deploy(mock("token_false")), collector)
    buy(market, sold, kvcm, alice)
    assert (kvcm.balanceOf(collector), kvcm.balanceOf(alice)) == (PRICE_PER_TONNE, PURSE - PRICE_PER_TONNE)
    assert kvcm.allowance(market, collector) == kvcm.allowance(market, seller) == 0


def test_buy_and_retire__payment_token_that_returns_nothing__is_used_again_and_again(
    market: Any, sold: Any, accept: Any, credits: Any, owner: Any, alice: Any
) -> None:
    usdt = accept(owner.deploy(mock("token_usdt")))
    buy(market, sold, usdt, alice)
    buy(market, sold, usdt, alice)
    assert credits.balanceOf(alice) == 2
    assert usdt.balanceOf(alice) == PURSE - 2 * PRICE_PER_TONNE


def test_buy_and_retire__allowance_of_somebody_else__is_never_spent(
    market: Any, sold: Any, usdc: Any, bob: Any
) -> None:
    # Alice has allowed the adapter her whole purse; Bob owns nothing.
    with ape.reverts("ERC20: transfer amount exceeds allowance"):
        buy(market, sold, usdc, bob)
    assert usdc.balanceOf(bob) == 0


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"amount_ug": 0}, "adapter: amount must be at least 1 ug"),
        ({"beneficiary": ""}, "adapter: beneficiary is empty"),
    ],
)
def test_buy_and_retire__nothing_to_retire_or_for_nobody__reverts(
    market: Any, sold: Any, usdc: Any, alice: Any, changes: dict[str, Any], reason: str
) -> None:
    with ape.reverts(reason):
        buy(market, sold, usdc, alice, **changes)


def test_buy_and_retire__adapter_that_is_no_more_approved__reverts_and_takes_nothing(
    market: Any, sold: Any, usdc: Any, credits: Any, owner: Any, alice: Any
) -> None:
    credits.set_adapter(market, False, sender=owner)
    with ape.reverts("credits: caller is not an approved adapter"):
        buy(market, sold, usdc, alice)
    assert usdc.balanceOf(alice) == PURSE


def test_buy_and_retire__credits_that_the_caller_holds__stay(
    market: Any, sold: Any, usdc: Any, owner: Any, alice: Any
) -> None:
    sold.issue(alice, HELD, sender=owner)
    sold.approve(market, HELD, sender=alice)
    buy(market, sold, usdc, alice)
    assert sold.balanceOf(alice) == HELD


def test_buy_and_retire__class_that_the_protocol_refuses__reverts(
    market: Any, sold: Any, usdc: Any, owner: Any, alice: Any
) -> None:
    market.set_offer(sold, "0x" + "c2" * 20, sender=owner)
    with pytest.raises(ape.exceptions.ContractLogicError):
        buy(market, sold, usdc, alice)
    market.set_offer(sold, CARBON_CLASS, sender=owner)
    buy(market, sold, usdc, alice)
