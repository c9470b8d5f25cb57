"""`RequestAdapter.take_back`: once the protocol reverted a request, its tokens go to who asked, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
from reports import TONNE_UG

from .conftest import HELD, UNITS_PER_UG, mock

PENDING = 1
TAKEN_BACK = 3
FINALISED = 1
REVERTED = 2
CALLS_ON_TRANSFER = 4
REFUSES_TRANSFER = 5
AMOUNT = 5 * TONNE_UG * UNITS_PER_UG

Requested = Callable[..., int]


def test_take_back__reverted__sends_all_to_the_requester_whoever_sends_it(
    puro: Any, puro_token: Any, credits: Any, retirer: Any, alice: Any, bob: Any, requested: Requested
) -> None:
    number = requested()
    puro_token.revertRetirement(1, sender=retirer)
    assert puro.protocol_status(number) == REVERTED
    receipt = puro.take_back(number, sender=bob)
    (event,) = receipt.decode_logs(puro.TakenBack)
    assert (event.request, event.requester, event.amount) == (number, alice, AMOUNT)
    assert puro_token.balanceOf(alice) == HELD
    assert puro.request(number).status == TAKEN_BACK
    assert credits.balanceOf(alice) == 0


def test_take_back__twice__reverts(
    puro: Any, puro_token: Any, retirer: Any, alice: Any, requested: Requested
) -> None:
    number = requested()
    puro_token.revertRetirement(1, sender=retirer)
    puro.take_back(number, sender=alice)
    with ape.reverts("holder: nothing came back"):
        puro.take_back(number, sender=alice)


def test_take_back__not_answered_yet_or_finalised__reverts(
    puro: Any, puro_token: Any, retirer: Any, alice: Any, requested: Requested
) -> None:
    number = requested()
    with ape.reverts("adapter: request is not reverted"):
        puro.take_back(number, sender=alice)
    puro_token.finalizeRetirement(1, sender=retirer)
    with ape.reverts("adapter: request is not reverted"):
        puro.take_back(number, sender=alice)


def test_take_back__never_requested__reverts(puro: Any, alice: Any) -> None:
    with ape.reverts("adapter: no such request"):
        puro.take_back(1, sender=alice)


def test_take_back__tokens_come_although_it_is_certified__reverts(
    puro: Any, puro_token: Any, escrow: Any, retirer: Any, alice: Any, requested: Requested
) -> None:
    number = requested()
    puro_token.finalizeRetirement(1, sender=retirer)
    puro.finish(number, sender=alice)
    holder = puro.request(number).holder
    escrow.override(1, holder, AMOUNT, REVERTED, sender=alice)
    puro_token.issue(holder, AMOUNT, sender=alice)
    with ape.reverts("adapter: request is certified"):
        puro.take_back(number, sender=alice)


def test_take_back__fewer_come_back__pays_those_and_touches_no_other_request(
    puro: Any, puro_token: Any, escrow: Any, retirer: Any, alice: Any, bob: Any, requested: Requested
) -> None:
    puro_token.issue(bob, AMOUNT, sender=bob)
    puro_token.approve(puro, AMOUNT, sender=bob)
    short, whole = requested(), requested(sender=bob)
    escrow.withhold(7, sender=alice)
    puro_token.revertRetirement(1, sender=retirer)
    escrow.withhold(0, sender=alice)
    puro_token.revertRetirement(2, sender=retirer)
    puro.take_back(short, sender=alice)
    assert puro_token.balanceOf(alice) == HELD - 7
    puro.take_back(whole, sender=bob)
    assert puro_token.balanceOf(bob) == AMOUNT


def test_take_back__the_rest_comes_later__is_passed_on_too(
    puro: Any, puro_token: Any, escrow: Any, retirer: Any, alice: Any, requested: Requested
) -> None:
    number = requested()
    escrow.withhold(7, sender=alice)
    puro_token.revertRetirement(1, sender=retirer)
    puro.take_back(number, sender=alice)
    escrow.pay(puro_token, puro.request(number).holder, 7, sender=alice)
    (event,) = puro.take_back(number, sender=alice).decode_logs(puro.TakenBack)
    assert (event.amount, puro_token.balanceOf(alice)) == (7, HELD)


def test_take_back__nothing_came_back__stays_pending(
    puro: Any, puro_token: Any, escrow: Any, retirer: Any, alice: Any, requested: Requested
) -> None:
    number = requested()
    escrow.withhold(AMOUNT, sender=alice)
    puro_token.revertRetirement(1, sender=retirer)
    with ape.reverts("holder: nothing came back"):
        puro.take_back(number, sender=alice)
    assert puro.request(number).status == PENDING
    escrow.pay(puro_token, puro.request(number).holder, AMOUNT, sender=alice)
    puro.take_back(number, sender=alice)
    assert puro_token.balanceOf(alice) == HELD


def test_take_back__token_refuses_the_transfer__stays_pending(
    puro: Any, puro_token: Any, retirer: Any, alice: Any, requested: Requested
) -> None:
    number = requested()
    puro_token.revertRetirement(1, sender=retirer)
    puro_token.turn(REFUSES_TRANSFER, sender=alice)
    with ape.reverts("holder: token refused the transfer"):
        puro.take_back(number, sender=alice)
    assert puro.request(number).status == PENDING


def test_take_back__token_calls_it_again__is_paid_once(
    puro: Any, puro_token: Any, retirer: Any, alice: Any, requested: Requested
) -> None:
    first, second = requested(2), requested(3)
    puro_token.revertRetirement(1, sender=retirer)
    puro_token.revertRetirement(2, sender=retirer)
    puro_token.prepare(puro, puro.take_back.encode_input(second), sender=alice)
    puro_token.turn(CALLS_ON_TRANSFER, sender=alice)
    puro.take_back(first, sender=alice)
    assert puro_token.called() and not puro_token.went_through()
    assert puro.request(second).status == PENDING
    # The same call goes through while nothing moves: only the lock was in its way.
    puro.take_back(second, sender=alice)
    assert puro_token.balanceOf(alice) == HELD


def test_take_back__escrow_tells_of_another_request__reverts(
    puro: Any, escrow: Any, alice: Any, bob: Any, requested: Requested
) -> None:
    number = requested()
    escrow.override(1, bob, AMOUNT, REVERTED, sender=alice)
    with ape.reverts("adapter: escrow has no such request"):
        puro.take_back(number, sender=alice)


def test_take_back__credits_paused_and_adapter_not_approved__pays_all_the_same(
    puro: Any, puro_token: Any, credits: Any, owner: Any, retirer: Any, alice: Any, requested: Requested
) -> None:
    number = requested()
    puro_token.revertRetirement(1, sender=retirer)
    credits.pause(sender=owner)
    credits.set_adapter(puro, False, sender=owner)
    puro.take_back(number, sender=alice)
    assert puro_token.balanceOf(alice) == HELD


def test_take_back__two_tokens_in_one_escrow__each_gets_its_own(
    puro: Any,
    puro_token: Any,
    escrow: Any,
    owner: Any,
    retirer: Any,
    alice: Any,
    listed: Any,
    held: Any,
    requested: Requested,
) -> None:
    other = held(puro, listed(puro, owner.deploy(mock("puro_token"), escrow, retirer)))
    first, second = requested(), requested(token=other)
    puro_token.revertRetirement(1, sender=retirer)
    other.revertRetirement(2, sender=retirer)
    puro.take_back(second, sender=alice)
    assert (puro_token.balanceOf(alice), other.balanceOf(alice)) == (HELD - AMOUNT, HELD)
    puro.take_back(first, sender=alice)
    assert puro_token.balanceOf(alice) == HELD
