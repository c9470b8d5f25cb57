"""`open_with_authorization`: the signed payment has the order's id as nonce, so anyone may send it, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from eth_account.signers.local import LocalAccount
from reports import Orders, Quote
from signing import Domain, make_keys

Authorization = tuple[int, int, int, bytes, bytes]


@pytest.fixture(scope="session")
def carol() -> LocalAccount:
    """A payer that has a key and no ether."""
    return make_keys(1, "account")[0]


@pytest.fixture
def quote(orders: Orders, usdc: Any, owner: Any, carol: LocalAccount, now: int) -> Quote:
    """An order of hers, which she has the money for, and no more."""
    made = orders.make(carol.address, usdc, now)
    usdc.mint(carol.address, made.order["price"], sender=owner)
    return made


@pytest.fixture
def authorize(
    desk: Any, usdc: Any, carol: LocalAccount, chain: Any, now: int
) -> Callable[..., Authorization]:
    """What she signs for an order, with changes: valid after, valid before, v, r, s."""
    domain = Domain("USD Coin", chain.chain_id, usdc.address, "2")

    def sign_payment(quote: Quote, key: LocalAccount = carol, **changes: Any) -> Authorization:
        value = {
            "from": carol.address,
            "to": desk.address,
            "value": quote.order["price"],
            "validAfter": 0,
            "validBefore": now + 3600,
            "nonce": quote.id,
        } | changes
        signed = key.unsafe_sign_hash(domain.digest("ReceiveWithAuthorization", value))
        times = value["validAfter"], value["validBefore"]
        return *times, signed.v, signed.r.to_bytes(32), signed.s.to_bytes(32)

    return sign_payment


def test_open_with_authorization__sent_by_a_stranger__opens_with_the_payers_money(
    desk: Any, usdc: Any, quote: Quote, authorize: Callable[..., Authorization], carol: LocalAccount, bob: Any
) -> None:
    signed = authorize(quote)
    assert desk.open_with_authorization.call(quote.order, quote.signature, *signed, sender=bob) == quote.id
    receipt = desk.open_with_authorization(quote.order, quote.signature, *signed, sender=bob)
    assert desk.order_state(quote.id) == 1
    assert usdc.balanceOf(desk) == desk.held(usdc) == quote.order["price"]
    assert usdc.balanceOf(carol.address) == 0
    assert usdc.authorizationState(carol.address, quote.id)
    (opened,) = receipt.decode_logs(desk.OrderOpened)
    assert opened.payer == carol.address


@pytest.mark.parametrize(
    "change", [{"project": "VCS-191"}, {"beneficiary": "Somebody Else Ltd"}, {"holder": "0x" + "12" * 20}]
)
def test_open_with_authorization__for_another_order__reverts(
    desk: Any,
    orders: Orders,
    usdc: Any,
    quote: Quote,
    authorize: Callable[..., Authorization],
    carol: LocalAccount,
    bob: Any,
    now: int,
    change: dict[str, Any],
) -> None:
    # Another order of the same seller, payer and price: the payment fits only the one it was made for.
    other = orders.make(carol.address, usdc, now, **change)
    with ape.reverts("FiatTokenV2: invalid signature"):
        desk.open_with_authorization(other.order, other.signature, *authorize(quote), sender=bob)
    desk.open_with_authorization(quote.order, quote.signature, *authorize(quote), sender=bob)
    assert (desk.order_state(quote.id), desk.order_state(other.id)) == (1, 0)


def test_open_with_authorization__not_signed_by_the_payer__reverts(
    desk: Any, quote: Quote, authorize: Callable[..., Authorization], bob: Any
) -> None:
    with ape.reverts("FiatTokenV2: invalid signature"):
        forged = authorize(quote, key=make_keys(1, "stranger")[0])
        desk.open_with_authorization(quote.order, quote.signature, *forged, sender=bob)


@pytest.mark.parametrize("change", [{"value": 99_999_999}, {"to": "0x" + "12" * 20}])
def test_open_with_authorization__of_another_payment__reverts(
    desk: Any, quote: Quote, authorize: Callable[..., Authorization], bob: Any, change: dict[str, Any]
) -> None:
    with ape.reverts("FiatTokenV2: invalid signature"):
        desk.open_with_authorization(quote.order, quote.signature, *authorize(quote, **change), sender=bob)


def test_open_with_authorization__outside_its_time__reverts_with_the_tokens_reason(
    desk: Any, quote: Quote, authorize: Callable[..., Authorization], bob: Any, now: int
) -> None:
    early, late = authorize(quote, validAfter=now + 3600), authorize(quote, validBefore=now)
    with ape.reverts("FiatTokenV2: authorization is not yet valid"):
        desk.open_with_authorization(quote.order, quote.signature, *early, sender=bob)
    with ape.reverts("FiatTokenV2: authorization is expired"):
        desk.open_with_authorization(quote.order, quote.signature, *late, sender=bob)


def test_open_with_authorization__straight_to_the_token__reverts(
    desk: Any, usdc: Any, quote: Quote, authorize: Callable[..., Authorization], carol: LocalAccount, bob: Any
) -> None:
    after, before, v, r, s = authorize(quote)
    with ape.reverts("FiatTokenV2: caller must be the payee"):
        usdc.receiveWithAuthorization(
            carol.address, desk, quote.order["price"], after, before, quote.id, v, r, s, sender=bob
        )
    desk.open_with_authorization(quote.order, quote.signature, after, before, v, r, s, sender=bob)
    assert desk.order_state(quote.id) == 1


def test_open_with_authorization__after_a_refund__cannot_be_sent_again(
    desk: Any,
    usdc: Any,
    quote: Quote,
    authorize: Callable[..., Authorization],
    seller: Any,
    carol: LocalAccount,
    bob: Any,
) -> None:
    desk.open_with_authorization(quote.order, quote.signature, *authorize(quote), sender=bob)
    desk.decline(quote.order, sender=seller)
    assert usdc.balanceOf(carol.address) == quote.order["price"]
    with ape.reverts("desk: order was opened before"):
        desk.open_with_authorization(quote.order, quote.signature, *authorize(quote), sender=bob)


def test_open_with_authorization__without_the_money__reverts(
    desk: Any, orders: Orders, usdc: Any, authorize: Callable[..., Authorization], bob: Any, now: int
) -> None:
    poor = make_keys(1, "poor")[0]
    quote = orders.make(poor.address, usdc, now)
    signed = authorize(quote, key=poor, **{"from": poor.address})
    with ape.reverts("ERC20: transfer amount exceeds balance"):
        desk.open_with_authorization(quote.order, quote.signature, *signed, sender=bob)


def test_open_with_authorization__token_without_signed_payments__reverts(
    desk: Any, orders: Orders, usdt: Any, payer: Any, bob: Any, now: int
) -> None:
    # The payer's standing approval does not help: nobody else may open an order with it.
    quote = orders.make(payer, usdt, now)
    with pytest.raises(ape.exceptions.ContractLogicError):
        desk.open_with_authorization(
            quote.order, quote.signature, 0, 2**256 - 1, 27, bytes(32), bytes(32), sender=bob
        )
    assert usdt.allowance(payer, desk) != 0
    assert desk.order_state(quote.id) == 0


def test_open_with_authorization__paused__reverts(
    desk: Any, owner: Any, quote: Quote, authorize: Callable[..., Authorization], bob: Any
) -> None:
    desk.pause(sender=owner)
    with ape.reverts("desk: new orders are paused"):
        desk.open_with_authorization(quote.order, quote.signature, *authorize(quote), sender=bob)
