"""A token that calls back while it moves: it enters nothing that writes, and takes nothing along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from reports import TONNE_UG, Orders, Quote, Signed

ENTRIES = [
    *("open", "open_with_permit", "open_with_authorization", "fulfil", "refund", "decline"),
    *("withdraw", "deliver", "set_seller", "set_token"),
]


@pytest.fixture
def entry(
    desk: Any,
    orders: Orders,
    opened: Callable[..., Quote],
    retired: Callable[..., Signed],
    hostile: Any,
    usdc: Any,
    payer: Any,
    seller: Any,
    now: int,
) -> Callable[[str], bytes]:
    """Calldata of a call that the token makes. Each is refused with a reason, unlike by the lock."""

    def encode(name: str) -> bytes:
        fresh, waiting = orders.make(hostile, hostile, now), opened(usdc)
        signed = retired(waiting)
        signature = 27, bytes(32), bytes(32)
        arguments: dict[str, tuple[Any, ...]] = {
            "open": (fresh.order, b""),
            "open_with_permit": (fresh.order, b"", now, *signature),
            "open_with_authorization": (fresh.order, b"", 0, now, *signature),
            "fulfil": (waiting.order, signed.report, [], 0),
            "fulfil well": (waiting.order, signed.report, signed.signatures, 0),
            "refund": (waiting.order,),
            "decline": (waiting.order,),
            "withdraw": (hostile, hostile),
            "deliver": (hostile, payer),
            "set_seller": (seller, hostile, 0),
            "set_token": (hostile, False),
        }
        return getattr(desk, name.split()[0]).encode_input(*arguments[name])

    return encode


@pytest.mark.parametrize("name", ENTRIES)
def test_decline__token_that_calls_back__is_locked_out_and_paid_once(
    desk: Any,
    owner: Any,
    opened: Callable[..., Quote],
    entry: Callable[[str], bytes],
    hostile: Any,
    usdc: Any,
    payer: Any,
    seller: Any,
    name: str,
) -> None:
    quote = opened(hostile)
    before = hostile.balanceOf(payer)
    hostile.call_back(desk, entry(name), sender=owner)
    desk.decline(quote.order, sender=seller)
    # The lock has no reason to give, unlike every other refusal here.
    assert (hostile.calls(), hostile.entered(), hostile.answer()) == (1, False, b"")
    assert hostile.balanceOf(payer) == before + quote.order["price"]
    assert (desk.held(hostile), desk.held(usdc)) == (0, 100_000_000)


@pytest.mark.parametrize("name", ENTRIES)
def test_open__token_that_calls_back__is_locked_out(
    desk: Any,
    owner: Any,
    orders: Orders,
    entry: Callable[[str], bytes],
    hostile: Any,
    usdc: Any,
    payer: Any,
    now: int,
    name: str,
) -> None:
    hostile.call_back(desk, entry(name), sender=owner)
    quote = orders.make(payer, hostile, now)
    desk.open(quote.order, quote.signature, sender=payer)
    assert (hostile.calls(), hostile.entered(), hostile.answer()) == (1, False, b"")
    assert desk.held(hostile) == hostile.balanceOf(desk) == quote.order["price"]
    assert desk.held(usdc) == 100_000_000


def test_fulfil__token_that_calls_back_to_fulfil_another__is_locked_out_at_both_payments(
    desk: Any,
    owner: Any,
    opened: Callable[..., Quote],
    entry: Callable[[str], bytes],
    retired: Callable[..., Signed],
    hostile: Any,
    bob: Any,
) -> None:
    quote = opened(hostile)
    hostile.call_back(desk, entry("fulfil"), sender=owner)
    signed = retired(quote, amount_ug=2 * TONNE_UG)
    desk.fulfil(quote.order, signed.report, signed.signatures, 0, sender=bob)
    assert (hostile.calls(), hostile.entered(), hostile.answer()) == (2, False, b"")
    assert desk.held(hostile) == hostile.balanceOf(desk) == 0


def test_withdraw__token_that_calls_back__is_locked_out(
    desk: Any,
    owner: Any,
    opened: Callable[..., Quote],
    entry: Callable[[str], bytes],
    hostile: Any,
    payer: Any,
    seller: Any,
    alice: Any,
) -> None:
    quote = opened(hostile)
    hostile.set_fault(2, sender=owner)
    desk.decline(quote.order, sender=seller)
    hostile.set_fault(0, sender=owner)
    hostile.call_back(desk, entry("deliver"), sender=owner)
    desk.withdraw(hostile, alice, sender=payer)
    assert (hostile.calls(), hostile.entered(), hostile.answer()) == (1, False, b"")
    assert (hostile.balanceOf(alice), desk.held(hostile)) == (quote.order["price"], 0)


@pytest.mark.parametrize("name", ENTRIES)
def test_transfer__the_same_call_with_no_other_running__is_refused_with_a_reason(
    owner: Any, entry: Callable[[str], bytes], desk: Any, hostile: Any, payer: Any, bob: Any, name: str
) -> None:
    hostile.call_back(desk, entry(name), sender=owner)
    hostile.transfer(bob, 1, sender=payer)
    assert (hostile.calls(), hostile.entered()) == (1, False)
    assert hostile.answer() != b""


def test_transfer__call_that_would_fulfil_with_no_other_running__goes_through(
    desk: Any, owner: Any, entry: Callable[[str], bytes], hostile: Any, usdc: Any, payer: Any, bob: Any
) -> None:
    hostile.call_back(desk, entry("fulfil well"), sender=owner)
    hostile.transfer(bob, 1, sender=payer)
    assert (hostile.calls(), hostile.entered(), desk.held(usdc)) == (1, True, 0)


def test_open__token_that_would_fulfil_another_order__is_locked_out(
    desk: Any,
    owner: Any,
    orders: Orders,
    entry: Callable[[str], bytes],
    hostile: Any,
    usdc: Any,
    payer: Any,
    now: int,
) -> None:
    hostile.call_back(desk, entry("fulfil well"), sender=owner)
    quote = orders.make(payer, hostile, now)
    desk.open(quote.order, quote.signature, sender=payer)
    assert (hostile.calls(), hostile.entered(), hostile.answer()) == (1, False, b"")
    assert desk.held(usdc) == 100_000_000


def test_open__token_that_reads_while_it_moves__is_answered(
    desk: Any, owner: Any, orders: Orders, hostile: Any, payer: Any, now: int
) -> None:
    hostile.call_back(desk, desk.held.encode_input(hostile), sender=owner)
    quote = orders.make(payer, hostile, now)
    desk.open(quote.order, quote.signature, sender=payer)
    assert hostile.entered()
    assert int.from_bytes(hostile.answer()) == quote.order["price"]


def test_open__payer_that_pays_more_from_within__reverts(
    desk: Any, owner: Any, orders: Orders, hostile: Any, usdc: Any, payer: Any, now: int
) -> None:
    # Money that comes in beside the price cannot be told from it, so neither is taken.
    hostile.call_back(hostile, hostile.mint.encode_input(desk, 1), sender=owner)
    quote = orders.make(payer, hostile, now)
    with ape.reverts("desk: token did not deliver the whole price"):
        desk.open(quote.order, quote.signature, sender=payer)
    assert desk.held(hostile) == 0
