"""`mark_void` and `move`: by the corrections contract alone; what a mark changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from reports import ISSUED_IN_ERROR, REVERSED, Corrections, Signed
from signing import Domain

NOT_CORRECTIONS = "credits: caller is not the corrections contract"


@pytest.mark.parametrize("reason", [ISSUED_IN_ERROR, REVERSED])
def test_mark_void__by_the_corrections_contract__is_readable_and_logged(
    credits: Any, minted: Callable[..., Signed], voided: Callable[..., Any], alice: Any, reason: int
) -> None:
    token_id = minted(alice).token_id
    assert credits.void_reason(token_id) == 0
    receipt = voided(token_id, reason)
    (event,) = receipt.decode_logs(credits.CertificateVoided)
    assert (event.certificate, event.reason) == (token_id, reason)
    (changed,) = receipt.decode_logs(credits.MetadataUpdate)
    assert changed._tokenId == token_id
    assert not list(receipt.decode_logs(credits.Transfer))
    assert credits.void_reason(token_id) == reason
    assert credits.certificate(token_id).voided


def test_mark_void__certificate_of_the_largest_amount__changes_nothing_else(
    credits: Any, minted: Callable[..., Signed], voided: Callable[..., Any], alice: Any
) -> None:
    token_id = minted(alice, amount_ug=2**72 - 1).token_id
    before = credits.certificate(token_id)
    voided(token_id, REVERSED)
    after = credits.certificate(token_id)
    kept = [field for field in before.items() if field[0] != "voided"]
    assert [field for field in after.items() if field[0] != "voided"] == kept
    assert (credits.ownerOf(token_id), credits.balanceOf(alice)) == (alice, 1)
    assert credits.locked(token_id)
    assert credits.tokenURI(token_id)


def test_mark_void__by_anyone_else__reverts(
    credits: Any, owner: Any, guardian: Any, minted: Callable[..., Signed], alice: Any, corrections: Any
) -> None:
    token_id = minted(alice).token_id
    assert credits.corrections() == corrections
    for account in (owner, guardian, alice):
        with ape.reverts(NOT_CORRECTIONS):
            credits.mark_void(token_id, ISSUED_IN_ERROR, sender=account)
    assert credits.void_reason(token_id) == 0


def test_mark_void__by_a_second_corrections_contract_of_a_stranger__reverts(
    project: Any,
    credits: Any,
    minted: Callable[..., Signed],
    corrections: Any,
    correcting: Corrections,
    chain: Any,
    alice: Any,
    now: int,
) -> None:
    stranger = alice.deploy(project.CertificateCorrections, credits)
    domain = Domain("GPTX Green AI Ledger: Corrections", chain.chain_id, stranger.address)
    signed = Corrections(domain, correcting.keys).void(minted(alice).token_id, now)
    with ape.reverts(NOT_CORRECTIONS):
        stranger.void(signed.report, signed.signatures, sender=alice)


def test_move__by_anyone_else__reverts(
    credits: Any,
    owner: Any,
    guardian: Any,
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
    corrections: Any,
) -> None:
    token_id = minted(alice).token_id
    for account in (owner, guardian, alice, bob):
        with ape.reverts(NOT_CORRECTIONS):
            credits.move(token_id, bob, sender=account)
    assert credits.ownerOf(token_id) == alice


def test_allocate__void_certificate__reverts(
    credits: Any,
    recorded: Callable[..., Signed],
    minted: Callable[..., Signed],
    voided: Callable[..., Any],
    alice: Any,
) -> None:
    signed, certificate = recorded(alice), minted(alice)
    credits.allocate(certificate.token_id, alice, signed.footprint_hash, 1, sender=alice)
    voided(certificate.token_id)
    with ape.reverts("credits: certificate is void"):
        credits.allocate(certificate.token_id, alice, signed.footprint_hash, 1, sender=alice)
    assert credits.certificate(certificate.token_id).allocated_ug == 1
