"""`RequestAdapter.request_retirement`: the tokens are with the protocol, the request is pending."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from ape import Contract
from reports import REGISTRY, TONNE_UG

from .conftest import BENEFICIARY, HELD, NOWHERE, PROJECT, UNITS_PER_UG, VINTAGE, mock

PENDING = 1
BERLIN = ("Berlin, Germany", "DE", 1_735_689_600, 1_767_225_599)
TAKES_NOTHING = 1
FIRST_NUMBER = 2
BIG_NUMBER = 3


def request(puro: Any, token: Any, sender: Any, amount_ug: int = 5 * TONNE_UG, **changes: Any) -> Any:
    values = {"batches": [1], "beneficiary": BENEFICIARY, "consumption": BERLIN} | changes
    return puro.request_retirement(
        token, values["batches"], amount_ug, values["beneficiary"], values["consumption"], sender=sender
    )


def test_request_retirement__listed_token__is_pending_at_the_protocol_and_here(
    puro: Any, puro_token: Any, escrow: Any, credits: Any, alice: Any
) -> None:
    request(puro, puro_token, alice)
    found = puro.request(1)
    assert (found.requester, found.token, found.status) == (alice, puro_token, PENDING)
    assert (found.amount_ug, found.protocol_request, found.certificate) == (5 * TONNE_UG, 1, 0)
    assert found.beneficiary == BENEFICIARY
    assert puro.protocol_status(1) == 0
    assert puro_token.balanceOf(escrow) == 5 * TONNE_UG * UNITS_PER_UG
    assert puro_token.balanceOf(alice) == HELD - 5 * TONNE_UG * UNITS_PER_UG
    assert puro_token.balanceOf(puro) == puro_token.balanceOf(found.holder) == 0
    assert credits.balanceOf(alice) == 0


def test_request_retirement__listed_token__tells_the_protocol_all_it_asks(
    puro: Any, puro_token: Any, escrow: Any, credits: Any, alice: Any, chain: Any
) -> None:
    request(puro, puro_token, alice, batches=[1, 2], amount_ug=70 * TONNE_UG)
    record = escrow.retirementRequests(1)
    assert (record.user, record.amount) == (puro.request(1).holder, 70 * TONNE_UG * UNITS_PER_UG)
    assert record.batchTokenIds == [1, 2]
    assert (record.beneficiary, record.beneficiaryString) == (alice, BENEFICIARY)
    assert (record.beneficiaryLocation, record.consumptionCountryCode) == BERLIN[:2]
    assert (record.consumptionPeriodStart, record.consumptionPeriodEnd) == BERLIN[2:]
    place = f"{credits.address.lower()} on chain {chain.chain_id}"
    assert record.retirementMessage == f"Certified by {place} under reference 1"


def test_request_retirement__listed_token__is_logged(puro: Any, puro_token: Any, alice: Any) -> None:
    receipt = request(puro, puro_token, alice)
    (event,) = receipt.decode_logs(puro.RetirementRequested)
    assert (event.request, event.requester, event.token) == (1, alice, puro_token)
    assert (event.holder, event.protocol_request) == (puro.request(1).holder, 1)
    assert (event.amount_ug, event.beneficiary) == (5 * TONNE_UG, BENEFICIARY)


def test_request_retirement__two_requests__have_holders_of_their_own(
    puro: Any, puro_token: Any, alice: Any
) -> None:
    request(puro, puro_token, alice)
    request(puro, puro_token, alice)
    assert puro.request(1).holder != puro.request(2).holder
    assert puro.reference_count() == puro.request(2).protocol_request == 2


def test_request_retirement__never_made__reads_as_nothing(puro: Any) -> None:
    assert tuple(puro.request(1))[:4] == ("0x" + "00" * 20,) * 3 + (0,)
    with ape.reverts("adapter: no such request"):
        puro.protocol_status(1)


def test_request_retirement__part_of_a_tonne_or_more_than_the_batch__reverts_as_the_protocol_does(
    puro: Any, puro_token: Any, alice: Any
) -> None:
    with ape.reverts("TCO2_INVALID_DECIMALS"):
        request(puro, puro_token, alice, TONNE_UG + 1)
    with ape.reverts("Amount mismatch"):
        request(puro, puro_token, alice, 61 * TONNE_UG)
    request(puro, puro_token, alice, 60 * TONNE_UG)


def test_request_retirement__nothing_or_nobody__reverts(puro: Any, puro_token: Any, alice: Any) -> None:
    with ape.reverts("adapter: amount must be at least 1 ug"):
        request(puro, puro_token, alice, 0)
    with ape.reverts("adapter: beneficiary is empty"):
        request(puro, puro_token, alice, beneficiary="")


def test_request_retirement__token_not_listed_or_switched_off__reverts(
    puro: Any, puro_token: Any, escrow: Any, owner: Any, retirer: Any, alice: Any, held: Any
) -> None:
    false = held(puro, owner.deploy(mock("puro_token"), escrow, retirer))
    with ape.reverts("adapter: token is not listed"):
        request(puro, false, alice)
    puro.set_listing(puro_token, 0, REGISTRY, PROJECT, VINTAGE, False, sender=owner)
    with ape.reverts("adapter: token is not listed"):
        request(puro, puro_token, alice)


def test_request_retirement__no_certificate_could_follow__reverts_before_tokens_are_handed_over(
    puro: Any, puro_token: Any, credits: Any, owner: Any, alice: Any
) -> None:
    credits.set_adapter(puro, False, sender=owner)
    with ape.reverts("adapter: is not approved for certificates"):
        request(puro, puro_token, alice)
    credits.set_adapter(puro, True, sender=owner)
    credits.set_registry(REGISTRY, False, TONNE_UG, b"\x22" * 32, sender=owner)
    with ape.reverts("adapter: registry is not switched on"):
        request(puro, puro_token, alice)
    credits.set_registry(REGISTRY, True, TONNE_UG, b"\x22" * 32, sender=owner)
    request(puro, puro_token, alice)


def test_request_retirement__not_allowed__reverts(puro: Any, puro_token: Any, bob: Any) -> None:
    with ape.reverts("ERC20: insufficient allowance"):
        request(puro, puro_token, bob)


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        (TAKES_NOTHING, "adapter: tokens were not taken for retirement"),
        (FIRST_NUMBER, "adapter: escrow has no such request"),
        (BIG_NUMBER, "adapter: number of the protocol is out of range"),
    ],
)
def test_request_retirement__bad_token__reverts_and_takes_nothing(
    puro: Any, puro_token: Any, alice: Any, requested: Callable[..., int], mode: int, reason: str
) -> None:
    requested()
    left = puro_token.balanceOf(alice)
    puro_token.turn(mode, sender=alice)
    with ape.reverts(reason):
        request(puro, puro_token, alice)
    assert (puro_token.balanceOf(alice), puro.reference_count()) == (left, 1)


def test_holder__anyone_but_the_adapter__is_refused(
    puro: Any, puro_token: Any, project: Any, alice: Any, requested: Callable[..., int]
) -> None:
    params = ([1], 10**18, "", alice, "", "", *NOWHERE)
    abi = project.RequestHolder.contract_type
    for address in (puro.request(requested()).holder, puro.HOLDER()):
        holder = Contract(address, contract_type=abi)
        with ape.reverts("holder: is in use"):
            holder.request(puro_token, params, sender=alice)
        with ape.reverts("holder: caller is not the adapter"):
            holder.send_back(puro_token, alice, sender=alice)
