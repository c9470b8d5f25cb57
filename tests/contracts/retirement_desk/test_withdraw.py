"""`withdraw` and `deliver`: what could not be paid goes to whom it is owed, whole and once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from conftest import compile_mock
from reports import NOBODY, Orders, Quote

from retirement_desk.conftest import FUNDS

PRICE = 100_000_000


@pytest.fixture
def owed(desk: Any, owner: Any, opened: Callable[..., Quote], usdc: Any, payer: Any, seller: Any) -> int:
    """What the payer is owed, since the token's issuer keeps it from being paid; another order stays open."""
    opened(price=5)
    quote = opened()
    usdc.set_blacklisted(payer, True, sender=owner)
    desk.decline(quote.order, sender=seller)
    assert desk.owed(usdc, payer) == PRICE
    return PRICE


def test_withdraw__to_another_address__pays_all_of_it_once(
    desk: Any, owed: int, usdc: Any, payer: Any, alice: Any
) -> None:
    receipt = desk.withdraw(usdc, alice, sender=payer)
    assert usdc.balanceOf(alice) == owed
    assert desk.owed(usdc, payer) == 0
    assert desk.held(usdc) == usdc.balanceOf(desk) == 5
    (paid,) = receipt.decode_logs(desk.Withdrawn)
    assert (paid.token, paid.account, paid.to, paid.amount) == (usdc, payer, alice, owed)
    with ape.reverts("desk: nothing is owed"):
        desk.withdraw(usdc, alice, sender=payer)


def test_withdraw__by_those_who_are_owed_nothing__reverts(
    desk: Any, owed: int, usdc: Any, usdt: Any, payer: Any, seller: Any, owner: Any, alice: Any
) -> None:
    for stranger in (alice, seller, owner):
        with ape.reverts("desk: nothing is owed"):
            desk.withdraw(usdc, stranger, sender=stranger)
    with ape.reverts("desk: nothing is owed"):
        desk.withdraw(usdt, alice, sender=payer)


def test_withdraw__to_nobody_or_the_desk__reverts(desk: Any, owed: int, usdc: Any, payer: Any) -> None:
    for to in (NOBODY, desk):
        with ape.reverts("desk: receiver is empty or the desk"):
            desk.withdraw(usdc, to, sender=payer)
    assert desk.owed(usdc, payer) == owed


def test_withdraw__to_where_the_token_does_not_pay__reverts_and_stays_owed(
    desk: Any, owed: int, usdc: Any, payer: Any
) -> None:
    with ape.reverts("Blacklistable: account is blacklisted"):
        desk.withdraw(usdc, payer, sender=payer)
    assert desk.owed(usdc, payer) == owed
    assert desk.held(usdc) == usdc.balanceOf(desk) == owed + 5


def test_withdraw__token_that_answers_false__reverts_until_it_pays(
    desk: Any, owner: Any, opened: Callable[..., Quote], false_token: Any, payer: Any, seller: Any, alice: Any
) -> None:
    quote = opened(false_token)
    false_token.stop(True, sender=owner)
    desk.decline(quote.order, sender=seller)
    with ape.reverts("desk: token refused the transfer"):
        desk.withdraw(false_token, alice, sender=payer)
    false_token.stop(False, sender=owner)
    desk.withdraw(false_token, alice, sender=payer)
    assert (false_token.balanceOf(alice), desk.held(false_token)) == (PRICE, 0)


def test_withdraw__everything_stopped__goes_on(
    desk: Any, owner: Any, owed: int, usdc: Any, payer: Any, alice: Any
) -> None:
    desk.pause(sender=owner)
    desk.set_token(usdc, False, sender=owner)
    desk.withdraw(usdc, alice, sender=payer)
    assert usdc.balanceOf(alice) == owed


def test_deliver__by_anyone_once_the_token_pays__goes_to_the_account_itself(
    desk: Any, owner: Any, owed: int, usdc: Any, payer: Any, bob: Any
) -> None:
    with ape.reverts("Blacklistable: account is blacklisted"):
        desk.deliver(usdc, payer, sender=bob)
    usdc.set_blacklisted(payer, False, sender=owner)
    before = usdc.balanceOf(payer)
    receipt = desk.deliver(usdc, payer, sender=bob)
    assert usdc.balanceOf(payer) == before + owed
    assert (usdc.balanceOf(bob), desk.owed(usdc, payer), desk.held(usdc)) == (0, 0, 5)
    (paid,) = receipt.decode_logs(desk.Withdrawn)
    assert (paid.account, paid.to, paid.amount) == (payer, payer, owed)
    with ape.reverts("desk: nothing is owed"):
        desk.deliver(usdc, payer, sender=bob)


def test_deliver__to_those_who_are_owed_nothing__reverts(desk: Any, owed: int, usdc: Any, bob: Any) -> None:
    for account in (bob, NOBODY, desk):
        with ape.reverts("desk: nothing is owed"):
            desk.deliver(usdc, account, sender=bob)


def test_deliver__contract_that_cannot_withdraw__has_it_in_the_end(
    desk: Any, owner: Any, orders: Orders, usdc: Any, alice: Any, bob: Any, seller: Any, now: int
) -> None:
    buyer = alice.deploy(compile_mock("token_payer"))
    usdc.mint(buyer, FUNDS, sender=owner)
    quote = orders.make(buyer.address, usdc, now)
    buyer.execute(usdc, usdc.approve.encode_input(desk, FUNDS), sender=alice)
    buyer.execute(desk, desk.open.encode_input(quote.order, quote.signature), sender=alice)
    usdc.set_blacklisted(buyer, True, sender=owner)
    desk.decline(quote.order, sender=seller)
    usdc.set_blacklisted(buyer, False, sender=owner)
    desk.deliver(usdc, buyer, sender=bob)
    assert (usdc.balanceOf(buyer), desk.held(usdc)) == (FUNDS, 0)
