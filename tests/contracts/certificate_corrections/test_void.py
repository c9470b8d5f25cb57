"""`void`: the council takes a certificate back, once, whoever sends what it signed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from eth_account.signers.local import LocalAccount
from reports import DAY_S, ISSUED_IN_ERROR, REVERSED, ZERO, Corrections, Signed
from signing import compact, make_keys, sign

WEEK_S = 7 * DAY_S
ALREADY_VOID = "credits: certificate is already void"


@pytest.mark.parametrize("reason", [ISSUED_IN_ERROR, REVERSED])
def test_void__signed_by_the_council__marks_the_certificate(
    credits: Any,
    corrections: Any,
    correcting: Corrections,
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
    now: int,
    reason: int,
) -> None:
    token_id = minted(alice).token_id
    signed = correcting.void(token_id, now, reason=reason, evidence=b"\x66" * 32)
    receipt = corrections.void(signed.report, signed.signatures, sender=bob)
    (reported,) = receipt.decode_logs(corrections.VoidReported)
    assert (reported.certificate, reported.reason) == (token_id, reason)
    assert reported.evidence == b"\x66" * 32
    (voided,) = receipt.decode_logs(credits.CertificateVoided)
    assert (voided.certificate, voided.reason) == (token_id, reason)
    assert credits.void_reason(token_id) == reason
    assert credits.certificate(token_id).voided


@pytest.mark.parametrize("reason", [0, 3, 255])
def test_void__unknown_reason__reverts(
    credits: Any,
    corrections: Any,
    correcting: Corrections,
    minted: Callable[..., Signed],
    alice: Any,
    now: int,
    reason: int,
) -> None:
    token_id = minted(alice).token_id
    signed = correcting.void(token_id, now, reason=reason)
    with ape.reverts("corrections: reason must be 1 or 2"):
        corrections.void(signed.report, signed.signatures, sender=alice)
    assert not credits.certificate(token_id).voided


def test_void__no_evidence__reverts(
    corrections: Any, correcting: Corrections, minted: Callable[..., Signed], alice: Any, now: int
) -> None:
    signed = correcting.void(minted(alice).token_id, now, evidence=ZERO)
    with ape.reverts("credits: evidence is empty"):
        corrections.void(signed.report, signed.signatures, sender=alice)


@pytest.mark.parametrize(
    ("offset_s", "reason"),
    [
        (0, "credits: report has expired"),
        (WEEK_S + 1, "credits: report is valid for more than 7 days"),
        (2**63, "credits: report is valid for more than 7 days"),
    ],
)
def test_void__outside_its_time__reverts(
    corrections: Any,
    correcting: Corrections,
    minted: Callable[..., Signed],
    alice: Any,
    chain: Any,
    head: Callable[[], int],
    offset_s: int,
    reason: str,
) -> None:
    token_id = minted(alice).token_id
    at = chain.pending_timestamp = head() + DAY_S
    signed = correcting.void(token_id, at, valid_until=at + offset_s)
    with ape.reverts(reason):
        corrections.void(signed.report, signed.signatures, sender=alice, gas=1_000_000)


@pytest.mark.parametrize("offset_s", [1, WEEK_S])
def test_void__at_the_edge_of_its_time__is_void(
    credits: Any,
    corrections: Any,
    correcting: Corrections,
    minted: Callable[..., Signed],
    alice: Any,
    chain: Any,
    head: Callable[[], int],
    offset_s: int,
) -> None:
    token_id = minted(alice).token_id
    at = chain.pending_timestamp = head() + DAY_S
    signed = correcting.void(token_id, at, valid_until=at + offset_s)
    corrections.void(signed.report, signed.signatures, sender=alice)
    assert credits.void_reason(token_id) == ISSUED_IN_ERROR


def test_void__no_such_certificate__reverts(
    corrections: Any, correcting: Corrections, alice: Any, now: int
) -> None:
    signed = correcting.void(1, now)
    with ape.reverts("credits: no such certificate"):
        corrections.void(signed.report, signed.signatures, sender=alice)


def test_void__twice__reverts_whatever_the_second_report_says(
    credits: Any,
    corrections: Any,
    correcting: Corrections,
    minted: Callable[..., Signed],
    alice: Any,
    now: int,
) -> None:
    token_id = minted(alice).token_id
    first, second = correcting.void(token_id, now), correcting.void(token_id, now, reason=REVERSED)
    corrections.void(first.report, first.signatures, sender=alice)
    for signed in (first, second):
        with ape.reverts(ALREADY_VOID):
            corrections.void(signed.report, signed.signatures, sender=alice)
    assert credits.void_reason(token_id) == ISSUED_IN_ERROR


def test_void__report_of_another_certificate__reverts(
    credits: Any,
    corrections: Any,
    correcting: Corrections,
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
    now: int,
) -> None:
    signed, other = correcting.void(minted(alice).token_id, now), minted(bob)
    with pytest.raises(ape.exceptions.ContractLogicError, match="council: "):
        corrections.void(signed.report | {"certificate": other.token_id}, signed.signatures, sender=alice)
    assert not credits.certificate(other.token_id).voided


@pytest.mark.parametrize("change", [{"reason": REVERSED}, {"evidence": b"\x67" * 32}, {"valid_until": 2**33}])
def test_void__changed_after_signing__reverts(
    corrections: Any,
    correcting: Corrections,
    minted: Callable[..., Signed],
    alice: Any,
    now: int,
    change: dict[str, Any],
) -> None:
    signed = correcting.void(minted(alice).token_id, now)
    with pytest.raises(ape.exceptions.ContractLogicError):
        corrections.void(signed.report | change, signed.signatures, sender=alice)
    corrections.void(signed.report, signed.signatures, sender=alice)


def test_void__credits_and_ledger_paused__is_not_stopped(
    credits: Any,
    ledger: Any,
    owner: Any,
    corrections: Any,
    correcting: Corrections,
    minted: Callable[..., Signed],
    alice: Any,
    now: int,
) -> None:
    token_id = minted(alice).token_id
    credits.pause(sender=owner)
    ledger.pause(sender=owner)
    signed = correcting.void(token_id, now)
    corrections.void(signed.report, signed.signatures, sender=alice)
    assert credits.certificate(token_id).voided


def test_void__minority_of_the_council__reverts_and_the_threshold_passes(
    corrections: Any,
    correcting: Corrections,
    minted: Callable[..., Signed],
    keys: list[LocalAccount],
    alice: Any,
    now: int,
) -> None:
    signed = correcting.void(minted(alice).token_id, now)
    one = signed.signatures[0]
    for few in ([], [one]):
        with ape.reverts("council: too few signatures"):
            corrections.void(signed.report, few, sender=alice)
    for double in ([one, one], [one, compact(one)]):
        with ape.reverts("council: signatures must ascend by signer"):
            corrections.void(signed.report, double, sender=alice)
    corrections.void(signed.report, [compact(item) for item in signed.signatures], sender=alice)


def test_void__strangers_or_a_removed_signer_signed__reverts(
    corrections: Any,
    correcting: Corrections,
    council: Any,
    guardian: Any,
    minted: Callable[..., Signed],
    keys: list[LocalAccount],
    alice: Any,
    now: int,
) -> None:
    signed = correcting.void(minted(alice).token_id, now)
    with ape.reverts("council: not a signer of this epoch"):
        corrections.void(signed.report, sign(signed.digest, make_keys(2, "stranger")), sender=alice)
    council.remove(keys[0].address, sender=guardian)
    with ape.reverts("council: not a signer of this epoch"):
        corrections.void(signed.report, signed.signatures, sender=alice)
    corrections.void(signed.report, sign(signed.digest, keys[1:]), sender=alice)


def test_void__signed_for_the_domain_of_the_certificates__reverts(
    corrections: Any,
    correcting: Corrections,
    retirements: Any,
    minted: Callable[..., Signed],
    alice: Any,
    now: int,
) -> None:
    elsewhere = Corrections(retirements.domain, correcting.keys).void(minted(alice).token_id, now)
    with pytest.raises(ape.exceptions.ContractLogicError, match="council: "):
        corrections.void(elsewhere.report, elsewhere.signatures, sender=alice)
