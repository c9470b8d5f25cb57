"""`open_with_permit`: the approval is signed; one that was sent before, by whomever, is no obstacle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from conftest import compile_mock
from eth_account.signers.local import LocalAccount
from reports import Orders
from signing import Domain, make_keys

Permit = tuple[int, int, bytes, bytes]


@pytest.fixture
def permit(
    desk: Any, usdc: Any, payer: Any, payer_key: LocalAccount, chain: Any, now: int
) -> Callable[..., Permit]:
    """The payer takes its approval back and signs one: deadline, v, r, s."""
    usdc.approve(desk, 0, sender=payer)
    domain = Domain("USD Coin", chain.chain_id, usdc.address, "2")

    def sign_permit(amount: int, deadline: int = now + 3600, key: LocalAccount = payer_key) -> Permit:
        value = {
            "owner": payer.address,
            "spender": desk.address,
            "value": amount,
            "nonce": usdc.nonces(payer),
            "deadline": deadline,
        }
        signed = key.unsafe_sign_hash(domain.digest("Permit", value))
        return deadline, signed.v, signed.r.to_bytes(32), signed.s.to_bytes(32)

    return sign_permit


def test_open_with_permit__by_the_payer__opens_and_leaves_no_allowance(
    desk: Any, orders: Orders, usdc: Any, payer: Any, permit: Callable[..., Permit], now: int
) -> None:
    quote = orders.make(payer, usdc, now)
    signed = permit(quote.order["price"])
    assert desk.open_with_permit.call(quote.order, quote.signature, *signed, sender=payer) == quote.id
    desk.open_with_permit(quote.order, quote.signature, *signed, sender=payer)
    assert desk.order_state(quote.id) == 1
    assert usdc.balanceOf(desk) == desk.held(usdc) == quote.order["price"]
    assert usdc.allowance(payer, desk) == 0


def test_open_with_permit__permit_sent_by_somebody_else_first__opens(
    desk: Any, orders: Orders, usdc: Any, payer: Any, bob: Any, permit: Callable[..., Permit], now: int
) -> None:
    quote = orders.make(payer, usdc, now)
    signed = permit(quote.order["price"])
    usdc.permit(payer, desk, quote.order["price"], *signed, sender=bob)
    with ape.reverts("EIP2612: invalid signature"):
        usdc.permit(payer, desk, quote.order["price"], *signed, sender=bob)
    desk.open_with_permit(quote.order, quote.signature, *signed, sender=payer)
    assert desk.order_state(quote.id) == 1


def test_open_with_permit__permit_that_fails_without_an_allowance__reverts(
    desk: Any, orders: Orders, usdc: Any, payer: Any, permit: Callable[..., Permit], now: int
) -> None:
    quote = orders.make(payer, usdc, now)
    price = quote.order["price"]
    stranger = make_keys(1, "stranger")[0]
    for signed in (permit(price, deadline=now - 1), permit(price - 1), permit(price, key=stranger)):
        with ape.reverts("ERC20: transfer amount exceeds allowance"):
            desk.open_with_permit(quote.order, quote.signature, *signed, sender=payer)
    assert desk.order_state(quote.id) == 0


def test_open_with_permit__by_anyone_else__reverts(
    desk: Any, orders: Orders, usdc: Any, payer: Any, bob: Any, permit: Callable[..., Permit], now: int
) -> None:
    quote = orders.make(payer, usdc, now)
    with ape.reverts("desk: caller is not the payer"):
        desk.open_with_permit(quote.order, quote.signature, *permit(quote.order["price"]), sender=bob)


def test_open_with_permit__by_the_payer_through_a_contract__reverts(
    desk: Any, orders: Orders, usdc: Any, payer: Any, permit: Callable[..., Permit], now: int
) -> None:
    quote = orders.make(payer, usdc, now)
    between = payer.deploy(compile_mock("token_payer"))
    signed = permit(quote.order["price"])
    call = desk.open_with_permit.encode_input(quote.order, quote.signature, *signed)
    with ape.reverts("desk: caller is not the payer"):
        between.execute(desk, call, sender=payer)
    desk.open_with_permit(quote.order, quote.signature, *signed, sender=payer)
    assert desk.order_state(quote.id) == 1


def test_open_with_permit__token_without_permits__needs_an_allowance(
    desk: Any, orders: Orders, usdt: Any, payer: Any, now: int
) -> None:
    quote = orders.make(payer, usdt, now)
    nothing = (now, 27, bytes(32), bytes(32))
    desk.open_with_permit(quote.order, quote.signature, *nothing, sender=payer)
    assert desk.order_state(quote.id) == 1
    usdt.approve(desk, 0, sender=payer)
    again = orders.make(payer, usdt, now)
    with pytest.raises(ape.exceptions.ContractLogicError):
        desk.open_with_permit(again.order, again.signature, *nothing, sender=payer)


def test_open_with_permit__paused__reverts(
    desk: Any, owner: Any, orders: Orders, usdc: Any, payer: Any, permit: Callable[..., Permit], now: int
) -> None:
    desk.pause(sender=owner)
    quote = orders.make(payer, usdc, now)
    with ape.reverts("desk: new orders are paused"):
        desk.open_with_permit(quote.order, quote.signature, *permit(quote.order["price"]), sender=payer)


def test_open_with_permit__while_it_is_open__reverts(
    desk: Any, orders: Orders, usdc: Any, payer: Any, permit: Callable[..., Permit], now: int
) -> None:
    quote = orders.make(payer, usdc, now)
    desk.open_with_permit(quote.order, quote.signature, *permit(quote.order["price"]), sender=payer)
    with ape.reverts("desk: order was opened before"):
        desk.open_with_permit(quote.order, quote.signature, *permit(quote.order["price"]), sender=payer)
