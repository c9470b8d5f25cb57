"""`RequestAdapter.finish`: once the protocol finalised a request, its certificate is minted, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
from reports import REGISTRY, TONNE_UG

from .conftest import BENEFICIARY, HELD, PROJECT, UNITS_PER_UG, VINTAGE

CERTIFIED = 2
FINALISED = 1
REVERTED = 2
AMOUNT = 5 * TONNE_UG * UNITS_PER_UG

Requested = Callable[..., int]


def test_finish__finalised__mints_to_the_requester_whoever_sends_it(
    puro: Any, puro_token: Any, credits: Any, retirer: Any, alice: Any, bob: Any, requested: Requested
) -> None:
    number = requested()
    puro_token.finalizeRetirement(1, sender=retirer)
    assert puro.protocol_status(number) == FINALISED
    assert puro.finish.call(number, sender=bob) > 0  # of another second, so of another certificate
    receipt = puro.finish(number, sender=bob)
    (retired,) = receipt.decode_logs(puro.TokenRetired)
    assert (retired.holder, retired.token, retired.amount_ug) == (alice, puro_token, 5 * TONNE_UG)
    assert (retired.reference, retired.protocol_reference) == (number, 1)
    found = credits.certificate(retired.certificate)
    assert (found.holder, found.registry, found.project, found.vintage) == (alice, REGISTRY, PROJECT, VINTAGE)
    assert (found.amount_ug, found.beneficiary) == (5 * TONNE_UG, BENEFICIARY)
    assert found.serials == "TCO2 retirement request 1"
    assert (puro.request(number).status, puro.request(number).certificate) == (
        CERTIFIED,
        retired.certificate,
    )
    assert puro_token.totalSupply() == HELD - AMOUNT


def test_finish__not_answered_yet__reverts(puro: Any, alice: Any, requested: Requested) -> None:
    with ape.reverts("adapter: request is not finalised"):
        puro.finish(requested(), sender=alice)


def test_finish__reverted__reverts(
    puro: Any, puro_token: Any, retirer: Any, alice: Any, requested: Requested
) -> None:
    number = requested()
    puro_token.revertRetirement(1, sender=retirer)
    with ape.reverts("adapter: request is not finalised"):
        puro.finish(number, sender=alice)


def test_finish__never_requested__reverts(puro: Any, alice: Any) -> None:
    with ape.reverts("adapter: no such request"):
        puro.finish(1, sender=alice)


def test_finish__twice__reverts(
    puro: Any, puro_token: Any, credits: Any, retirer: Any, alice: Any, requested: Requested
) -> None:
    number = requested()
    puro_token.finalizeRetirement(1, sender=retirer)
    puro.finish(number, sender=alice)
    with ape.reverts("adapter: request has ended"):
        puro.finish(number, sender=alice)
    assert credits.balanceOf(alice) == 1


def test_finish__finalised_after_it_was_taken_back__reverts(
    puro: Any, puro_token: Any, escrow: Any, retirer: Any, alice: Any, requested: Requested
) -> None:
    number = requested()
    puro_token.revertRetirement(1, sender=retirer)
    puro.take_back(number, sender=alice)
    escrow.override(1, puro.request(number).holder, AMOUNT, FINALISED, sender=alice)
    with ape.reverts("adapter: request has ended"):
        puro.finish(number, sender=alice)


def test_finish__others_of_the_same_token_pending__ends_only_its_own(
    puro: Any, puro_token: Any, retirer: Any, alice: Any, requested: Requested
) -> None:
    first, second = requested(2), requested(3)
    puro_token.finalizeRetirement(2, sender=retirer)
    puro.finish(second, sender=alice)
    with ape.reverts("adapter: request is not finalised"):
        puro.finish(first, sender=alice)
    puro_token.finalizeRetirement(1, sender=retirer)
    puro.finish(first, sender=alice)


def test_finish__listing_corrected_and_switched_off_since__certifies_what_it_says_now(
    puro: Any, puro_token: Any, credits: Any, owner: Any, retirer: Any, alice: Any, requested: Requested
) -> None:
    number = requested()
    puro_token.finalizeRetirement(1, sender=retirer)
    puro.set_listing(puro_token, 0, REGISTRY, "PURO-7", 2024, False, sender=owner)
    puro.finish(number, sender=alice)
    found = credits.certificate(puro.request(number).certificate)
    assert (found.project, found.vintage) == ("PURO-7", 2024)


def test_finish__no_certificate_can_be_minted__waits_until_it_can(
    puro: Any, puro_token: Any, credits: Any, owner: Any, retirer: Any, alice: Any, requested: Requested
) -> None:
    number = requested()
    puro_token.finalizeRetirement(1, sender=retirer)
    credits.pause(sender=owner)
    with ape.reverts("credits: new certificates are paused"):
        puro.finish(number, sender=alice)
    credits.unpause(sender=owner)
    credits.set_adapter(puro, False, sender=owner)
    with ape.reverts("credits: caller is not an approved adapter"):
        puro.finish(number, sender=alice)
    credits.set_adapter(puro, True, sender=owner)
    puro.finish(number, sender=alice)
    assert credits.balanceOf(alice) == 1


def test_finish__escrow_tells_of_another_request__reverts(
    puro: Any, escrow: Any, alice: Any, bob: Any, requested: Requested
) -> None:
    number = requested()
    holder = puro.request(number).holder
    escrow.override(1, bob, AMOUNT, FINALISED, sender=alice)
    with ape.reverts("adapter: escrow has no such request"):
        puro.finish(number, sender=alice)
    escrow.override(1, holder, AMOUNT - 1, FINALISED, sender=alice)
    with ape.reverts("adapter: escrow has another amount"):
        puro.finish(number, sender=alice)
    escrow.override(1, holder, AMOUNT, FINALISED, sender=alice)
    puro.finish(number, sender=alice)
