"""`ToucanAdapter.retire_token`: the tokens are burned and the caller holds a certificate of it."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from reports import REGISTRY, TONNE_UG

from .conftest import BENEFICIARY, HELD, PROJECT, UNITS_PER_UG, VINTAGE, mock

AMOUNT_UG = 5 * TONNE_UG


def retire(toucan: Any, token: Any, sender: Any, amount_ug: int = AMOUNT_UG) -> Any:
    return toucan.retire_token(token, amount_ug, BENEFICIARY, sender=sender)


def test_retire_token__listed_token__burns_it_and_mints_to_the_caller(
    toucan: Any, tco2: Any, credits: Any, alice: Any, chain: Any
) -> None:
    receipt = retire(toucan, tco2, alice)
    assert tco2.balanceOf(alice) == tco2.totalSupply() == HELD - AMOUNT_UG * UNITS_PER_UG
    (retired,) = receipt.decode_logs(toucan.TokenRetired)
    assert credits.ownerOf(retired.certificate) == alice
    found = credits.certificate(retired.certificate)
    assert (found.registry, found.project, found.vintage) == (REGISTRY, PROJECT, VINTAGE)
    assert (found.amount_ug, found.beneficiary) == (AMOUNT_UG, BENEFICIARY)
    assert found.serials == "TCO2 retirement event 1"
    assert found.retired_at == chain.blocks.head.timestamp


def test_retire_token__listed_token__logs_what_was_retired_under_which_numbers(
    toucan: Any, tco2: Any, credits: Any, alice: Any
) -> None:
    retire(toucan, tco2, alice)
    receipt = retire(toucan, tco2, alice, 7)
    (retired,) = receipt.decode_logs(toucan.TokenRetired)
    (minted,) = receipt.decode_logs(credits.CertificateMinted)
    assert (retired.certificate, retired.holder, retired.token) == (minted.certificate, alice, tco2)
    assert (retired.amount_ug, retired.reference, retired.protocol_reference) == (7, 2, 2)
    (event,) = receipt.decode_logs(tco2.Retired)
    assert (event.sender, event.amount, event.eventId) == (toucan, 7 * UNITS_PER_UG, 2)
    assert tuple(tco2.retirements(2))[1:3] == (toucan, 7 * UNITS_PER_UG)


def test_retire_token__any_amount__leaves_nothing_in_the_adapter(toucan: Any, tco2: Any, alice: Any) -> None:
    retire(toucan, tco2, alice)
    assert tco2.balanceOf(toucan) == 0
    # What somebody sent there by mistake is neither spent nor in the way.
    tco2.transfer(toucan, 3, sender=alice)
    retire(toucan, tco2, alice)
    assert tco2.balanceOf(toucan) == 3


@pytest.mark.parametrize("amount_ug", [1, 2**72 - 1])
def test_retire_token__smallest_and_largest_amount__takes_exactly_its_base_units(
    toucan: Any, tco2: Any, alice: Any, amount_ug: int
) -> None:
    tco2.issue(alice, 2**72 * UNITS_PER_UG, sender=alice)
    before = tco2.balanceOf(alice)
    retire(toucan, tco2, alice, amount_ug)
    assert before - tco2.balanceOf(alice) == amount_ug * UNITS_PER_UG


def test_retire_token__nothing__reverts(toucan: Any, tco2: Any, alice: Any) -> None:
    with ape.reverts("adapter: amount must be at least 1 ug"):
        retire(toucan, tco2, alice, 0)


def test_retire_token__beneficiary_of_64_bytes__is_kept(
    toucan: Any, tco2: Any, credits: Any, alice: Any
) -> None:
    receipt = toucan.retire_token(tco2, 1, "B" * 64, sender=alice)
    (retired,) = receipt.decode_logs(toucan.TokenRetired)
    assert credits.certificate(retired.certificate).beneficiary == "B" * 64


def test_retire_token__no_beneficiary__reverts(toucan: Any, tco2: Any, alice: Any) -> None:
    with ape.reverts("adapter: beneficiary is empty"):
        toucan.retire_token(tco2, 1, "", sender=alice)


def test_retire_token__token_that_was_never_listed__reverts(
    toucan: Any, owner: Any, alice: Any, held: Any
) -> None:
    false = held(toucan, owner.deploy(mock("tco2")))
    with ape.reverts("adapter: token is not listed"):
        retire(toucan, false, alice)


def test_retire_token__listing_switched_off__reverts_until_on_again(
    toucan: Any, tco2: Any, owner: Any, alice: Any
) -> None:
    toucan.set_listing(tco2, 0, REGISTRY, PROJECT, VINTAGE, False, sender=owner)
    with ape.reverts("adapter: token is not listed"):
        retire(toucan, tco2, alice)
    toucan.set_listing(tco2, 0, REGISTRY, PROJECT, VINTAGE, True, sender=owner)
    retire(toucan, tco2, alice)


def test_retire_token__not_allowed_or_not_owned__reverts_and_keeps_no_number(
    toucan: Any, tco2: Any, bob: Any
) -> None:
    with ape.reverts("ERC20: insufficient allowance"):
        retire(toucan, tco2, bob)
    tco2.approve(toucan, 2**256 - 1, sender=bob)
    with ape.reverts("ERC20: transfer amount exceeds balance"):
        retire(toucan, tco2, bob)
    assert toucan.reference_count() == 0


def test_retire_token__protocol_paused__reverts(toucan: Any, tco2: Any, alice: Any) -> None:
    tco2.set_paused(True, sender=alice)
    with ape.reverts("Paused TCO2"):
        retire(toucan, tco2, alice)
    tco2.set_paused(False, sender=alice)
    retire(toucan, tco2, alice)


def test_retire_token__credits_paused__reverts_and_burns_nothing(
    toucan: Any, tco2: Any, credits: Any, owner: Any, alice: Any
) -> None:
    credits.pause(sender=owner)
    with ape.reverts("credits: new certificates are paused"):
        retire(toucan, tco2, alice)
    assert tco2.totalSupply() == HELD
    credits.unpause(sender=owner)
    retire(toucan, tco2, alice)


def test_retire_token__adapter_not_approved__reverts_and_burns_nothing(
    toucan: Any, tco2: Any, credits: Any, owner: Any, alice: Any
) -> None:
    credits.set_adapter(toucan, False, sender=owner)
    with ape.reverts("credits: caller is not an approved adapter"):
        retire(toucan, tco2, alice)
    assert tco2.totalSupply() == HELD


def test_retire_token__registry_switched_off__reverts_and_burns_nothing(
    toucan: Any, tco2: Any, credits: Any, owner: Any, alice: Any
) -> None:
    credits.set_registry(REGISTRY, False, TONNE_UG, b"\x22" * 32, sender=owner)
    with ape.reverts("credits: registry is not switched on"):
        retire(toucan, tco2, alice)
    assert tco2.totalSupply() == HELD


def test_retire_token__token_whose_transfers_return_nothing__is_retired(
    toucan: Any, owner: Any, credits: Any, alice: Any, listed: Any, held: Any
) -> None:
    silent = held(toucan, listed(toucan, owner.deploy(mock("tco2_silent"))))
    retire(toucan, silent, alice)
    assert credits.balanceOf(alice) == 1
