"""`KlimaAdapter.retire_token`: the aggregator burns the credits and the caller holds a certificate of it."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from eth_account.signers.local import LocalAccount
from eth_utils import keccak
from reports import REGISTRY, TONNE_UG

from .conftest import BENEFICIARY, HELD, PROJECT, UNITS_PER_UG, VINTAGE, mock
from .permits import sign_permit

CMARK = 2


def retire(klima: Any, token: Any, sender: Any, amount_ug: int = TONNE_UG) -> Any:
    return klima.retire_token(token, amount_ug, BENEFICIARY, sender=sender)


def custom_error(signature: str) -> str:
    """A revert of the protocol as it comes through: the selector of its error."""
    return "0x" + keccak(text=signature)[:4].hex()


def test_retire_token__listed_credit__burns_it_and_mints_to_the_caller(
    klima: Any, cmark: Any, credits: Any, alice: Any
) -> None:
    receipt = retire(klima, cmark, alice)
    assert cmark.balanceOf(alice) == cmark.totalSupply() == HELD - TONNE_UG * UNITS_PER_UG
    (retired,) = receipt.decode_logs(klima.TokenRetired)
    assert (retired.amount_ug, retired.reference, retired.protocol_reference) == (TONNE_UG, 1, 0)
    found = credits.certificate(retired.certificate)
    assert (found.holder, found.registry, found.project, found.vintage) == (alice, REGISTRY, PROJECT, VINTAGE)
    assert (found.amount_ug, found.beneficiary) == (TONNE_UG, BENEFICIARY)
    assert found.serials == f"Klima retirement of {cmark.address.lower()}, reference 1"


def test_retire_token__listed_credit__is_told_to_the_protocol_so_that_the_certificate_is_found(
    klima: Any, cmark: Any, aggregator: Any, credits: Any, alice: Any, chain: Any
) -> None:
    retire(klima, cmark, alice)
    (event,) = retire(klima, cmark, alice, 7).decode_logs(aggregator.AggregatorRetired)
    assert (event.retiringAddress, event.beneficiaryAddress) == (klima, alice)
    assert (event.retiringEntityString, event.beneficiaryString) == ("GPTX Green AI Ledger", BENEFICIARY)
    place = f"{credits.address.lower()} on chain {chain.chain_id}"
    assert event.retirementMessage == f"Certified by {place} under reference 2"
    assert (event.carbonToken, event.retiredAmount) == (cmark, 7 * UNITS_PER_UG)


def test_retire_token__any_amount__leaves_neither_tokens_nor_allowance(
    klima: Any, cmark: Any, aggregator: Any, alice: Any
) -> None:
    cmark.transfer(klima, 3, sender=alice)
    retire(klima, cmark, alice)
    assert cmark.balanceOf(klima) == 3
    assert cmark.allowance(klima, aggregator) == cmark.balanceOf(aggregator) == 0


@pytest.mark.parametrize("amount_ug", [1, 2**72 - 1])
def test_retire_token__smallest_and_largest_amount__takes_exactly_its_base_units(
    klima: Any, cmark: Any, alice: Any, amount_ug: int
) -> None:
    cmark.issue(alice, 2**72 * UNITS_PER_UG, sender=alice)
    before = cmark.balanceOf(alice)
    retire(klima, cmark, alice, amount_ug)
    assert before - cmark.balanceOf(alice) == amount_ug * UNITS_PER_UG


def test_retire_token__nothing_or_nobody__reverts(klima: Any, cmark: Any, alice: Any) -> None:
    with ape.reverts("adapter: amount must be at least 1 ug"):
        retire(klima, cmark, alice, 0)
    with ape.reverts("adapter: beneficiary is empty"):
        klima.retire_token(cmark, 1, "", sender=alice)


def test_retire_token__credit_that_was_never_listed__reverts(
    klima: Any, aggregator: Any, owner: Any, alice: Any, held: Any
) -> None:
    other = held(klima, owner.deploy(mock("klima_credit")))
    aggregator.register(other, CMARK, sender=owner)
    with ape.reverts("adapter: token is not listed"):
        retire(klima, other, alice)


def test_retire_token__credit_the_aggregator_does_not_know__reverts_until_it_does(
    klima: Any, aggregator: Any, owner: Any, alice: Any, held: Any, listed: Any
) -> None:
    other = held(klima, listed(klima, owner.deploy(mock("klima_credit"))))
    with ape.reverts(custom_error("TokenNotSupported()")):
        retire(klima, other, alice)
    assert other.balanceOf(alice) == HELD
    aggregator.register(other, CMARK, sender=owner)
    retire(klima, other, alice)


def test_retire_token__credits_paused_or_registry_off_or_adapter_not_approved__reverts(
    klima: Any, cmark: Any, credits: Any, owner: Any, alice: Any
) -> None:
    credits.pause(sender=owner)
    with ape.reverts("credits: new certificates are paused"):
        retire(klima, cmark, alice)
    credits.unpause(sender=owner)
    credits.set_registry(REGISTRY, False, TONNE_UG, b"\x22" * 32, sender=owner)
    with ape.reverts("credits: registry is not switched on"):
        retire(klima, cmark, alice)
    credits.set_registry(REGISTRY, True, TONNE_UG, b"\x22" * 32, sender=owner)
    credits.set_adapter(klima, False, sender=owner)
    with ape.reverts("credits: caller is not an approved adapter"):
        retire(klima, cmark, alice)
    assert cmark.totalSupply() == HELD
    credits.set_adapter(klima, True, sender=owner)
    retire(klima, cmark, alice)


def test_retire_token__credit_whose_transfers_return_nothing__is_retired(
    klima: Any, aggregator: Any, owner: Any, credits: Any, alice: Any, listed: Any, held: Any
) -> None:
    silent = held(klima, listed(klima, owner.deploy(mock("tco2_silent"))))
    aggregator.register(silent, CMARK, sender=owner)
    retire(klima, silent, alice)
    assert credits.balanceOf(alice) == 1


def test_retire_token_with_permit__allowed_before__retires(
    klima: Any, cmark: Any, credits: Any, alice: Any
) -> None:
    permit = (0, 27, bytes(32), bytes(32))
    klima.retire_token_with_permit(cmark, 1, BENEFICIARY, *permit, sender=alice)
    assert credits.balanceOf(alice) == 1


def test_retire_token_with_permit__credit_that_is_not_listed__reverts(
    klima: Any, owner: Any, alice: Any, held: Any
) -> None:
    other = held(klima, owner.deploy(mock("klima_credit")))
    permit = (0, 27, bytes(32), bytes(32))
    with ape.reverts("adapter: token is not listed"):
        klima.retire_token_with_permit(other, 1, BENEFICIARY, *permit, sender=alice)


def test_retire_token_with_permit__signed_by_the_caller__retires_without_an_approval_before(
    klima: Any, cmark: Any, credits: Any, owner: Any, holder: Any, key: LocalAccount, chain: Any, now: int
) -> None:
    cmark.issue(holder, HELD, sender=owner)
    permit = sign_permit(chain, cmark, key, klima, TONNE_UG, now + 600)
    klima.retire_token_with_permit(cmark, TONNE_UG, BENEFICIARY, *permit, sender=holder)
    assert credits.balanceOf(holder) == 1
    assert cmark.nonces(holder) == 1
    assert cmark.allowance(holder, klima) == cmark.balanceOf(klima) == 0
