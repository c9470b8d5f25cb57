"""`open`: the seller's signature over the whole order, by key or by a contract wallet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ape
import pytest
from conftest import compile_mock
from eth_account.signers.local import LocalAccount
from reports import NOBODY, Orders, Quote
from signing import compact, make_keys, sign, with_high_s

from retirement_desk.conftest import CAP
from retirement_desk.test_order_id import OTHER


def test_open__compact_signature__opens(desk: Any, orders: Orders, usdc: Any, payer: Any, now: int) -> None:
    quote = orders.make(payer, usdc, now)
    desk.open(quote.order, compact(quote.signature), sender=payer)
    assert desk.order_state(quote.id) == 1


def test_open__signed_by_somebody_else__reverts(
    desk: Any, orders: Orders, usdc: Any, payer: Any, payer_key: LocalAccount, now: int
) -> None:
    quote = orders.make(payer, usdc, now)
    for key in (make_keys(1, "stranger")[0], payer_key):
        with ape.reverts("desk: seller did not sign the quote"):
            desk.open(quote.order, sign(quote.id, [key])[0], sender=payer)


# Unknown tokens, sellers and payers fail before; these changes stay within what may open.
@pytest.mark.parametrize(
    "change",
    [
        *({field: OTHER[field]} for field in ("holder", "price", "amount_ug", "registry", "project")),
        *({field: OTHER[field]} for field in ("vintage", "beneficiary", "salt", "min_ug")),
    ],
    ids=str,
)
def test_open__changed_after_signing__reverts(
    desk: Any, orders: Orders, usdc: Any, payer: Any, now: int, change: dict[str, Any]
) -> None:
    quote = orders.make(payer, usdc, now, min_ug=1)
    with ape.reverts("desk: seller did not sign the quote"):
        desk.open(quote.order | change, quote.signature, sender=payer)


@pytest.mark.parametrize("field", ["quote_until", "deadline"])
def test_open__time_changed_after_signing__reverts(
    desk: Any, orders: Orders, usdc: Any, payer: Any, now: int, field: str
) -> None:
    quote = orders.make(payer, usdc, now)
    with ape.reverts("desk: seller did not sign the quote"):
        desk.open(quote.order | {field: quote.order[field] + 1}, quote.signature, sender=payer)


def test_open__quote_of_another_payer__reverts(
    desk: Any, orders: Orders, usdc: Any, payer: Any, bob: Any, now: int
) -> None:
    quote = orders.make(payer, usdc, now)
    with ape.reverts("desk: seller did not sign the quote"):
        desk.open(quote.order | {"payer": bob.address}, quote.signature, sender=bob)


def test_open__quote_for_another_desk__reverts(
    desk: Any, orders: Orders, usdc: Any, payer: Any, now: int
) -> None:
    elsewhere = Orders(replace(orders.domain, contract="0x" + "12" * 20), orders.seller)
    quote = elsewhere.make(payer, usdc, now)
    with ape.reverts("desk: seller did not sign the quote"):
        desk.open(quote.order, quote.signature, sender=payer)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda signature: b"",
        lambda signature: signature[:1],
        lambda signature: signature[:63],
        lambda signature: signature + b"\0",
        lambda signature: signature.ljust(1024, b"\0"),
        lambda signature: bytes(64),
        lambda signature: bytes(65),
        lambda signature: signature[:64] + b"\0",
        with_high_s,
    ],
    ids=["0 bytes", "1", "63", "66", "1024", "64 zeros", "65 zeros", "v is 0", "high s"],
)
def test_open__what_is_no_signature__reverts(
    desk: Any, orders: Orders, usdc: Any, payer: Any, now: int, spoil: Callable[[bytes], bytes]
) -> None:
    quote = orders.make(payer, usdc, now)
    with ape.reverts("desk: seller did not sign the quote"):
        desk.open(quote.order, spoil(quote.signature), sender=payer)


def test_open__seller_that_is_nobody__reverts(
    desk: Any, orders: Orders, usdc: Any, payer: Any, now: int
) -> None:
    # The zero address is what the failed recovery of a key returns.
    quote = orders.make(payer, usdc, now, seller=NOBODY)
    with ape.reverts("desk: seller did not sign the quote"):
        desk.open(quote.order, bytes(65), sender=payer)


@pytest.fixture(scope="session")
def wallet(desk: Any, usdc: Any, owner: Any) -> Any:
    """A listed seller that is a contract."""
    deployed = owner.deploy(compile_mock("contract_wallet"), b"agreed" * 100)
    desk.set_seller(deployed, usdc, CAP, sender=owner)
    return deployed


@pytest.fixture
def wallet_quote(orders: Orders, usdc: Any, payer: Any, wallet: Any, now: int) -> Quote:
    return orders.make(payer, usdc, now, seller=wallet.address)


def test_open__contract_seller_that_accepts__opens_and_is_paid(
    desk: Any, usdc: Any, wallet_quote: Quote, wallet: Any, payer: Any, fulfilled: Callable[..., Any]
) -> None:
    desk.open(wallet_quote.order, b"agreed" * 100, sender=payer)
    assert desk.exposure(wallet, usdc) == wallet_quote.order["price"]
    fulfilled(wallet_quote)
    assert usdc.balanceOf(wallet) == wallet_quote.order["price"]


def test_open__contract_seller_that_approved_on_chain__opens(
    desk: Any, wallet_quote: Quote, wallet: Any, payer: Any, owner: Any
) -> None:
    wallet.approve(wallet_quote.id, True, sender=owner)
    desk.open(wallet_quote.order, b"", sender=payer)
    assert desk.order_state(wallet_quote.id) == 1


def test_open__contract_seller_that_refuses__reverts(desk: Any, wallet_quote: Quote, payer: Any) -> None:
    for signature in (b"refused", b"", wallet_quote.signature):
        with ape.reverts("desk: seller did not sign the quote"):
            desk.open(wallet_quote.order, signature, sender=payer)


def test_open__contract_seller_that_is_no_wallet__reverts(
    desk: Any, orders: Orders, usdc: Any, owner: Any, payer: Any, credits: Any, now: int
) -> None:
    desk.set_seller(credits, usdc, CAP, sender=owner)
    quote = orders.make(payer, usdc, now, seller=credits.address)
    with ape.reverts("desk: seller did not sign the quote"):
        desk.open(quote.order, b"agreed", sender=payer)
