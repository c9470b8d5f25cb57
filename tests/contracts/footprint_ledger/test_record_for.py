"""`record_for`: somebody else pays, the account has signed its consent."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from eth_account.signers.local import LocalAccount
from reports import Footprints
from signing import compact, make_keys, sign, with_high_s

NOBODY = "0x" + "00" * 20


@pytest.fixture(scope="session")
def carol() -> LocalAccount:
    """An account that has a key and no ether."""
    return make_keys(1, "account")[0]


def test_record_for__consent_of_the_account__is_recorded(
    ledger: Any, footprints: Footprints, carol: LocalAccount, bob: Any, now: int
) -> None:
    signed = footprints.make(carol.address, now)
    consent = footprints.consent(signed, carol)
    ledger.record_for(signed.report, signed.signatures, consent, sender=bob)
    assert ledger.is_recorded(signed.digest)
    assert ledger.account(carol.address).count == 1


def test_record_for__consent_to_another_report__reverts(
    ledger: Any, footprints: Footprints, carol: LocalAccount, bob: Any, now: int
) -> None:
    signed = footprints.make(carol.address, now)
    consent = footprints.consent(footprints.make(carol.address, now), carol)
    with ape.reverts("ledger: account did not consent"):
        ledger.record_for(signed.report, signed.signatures, consent, sender=bob)


def test_record_for__consent_of_somebody_else__reverts(
    ledger: Any, footprints: Footprints, carol: LocalAccount, bob: Any, now: int
) -> None:
    signed = footprints.make(carol.address, now)
    consent = footprints.consent(signed, make_keys(1, "stranger")[0])
    with ape.reverts("ledger: account did not consent"):
        ledger.record_for(signed.report, signed.signatures, consent, sender=bob)


def test_record_for__signature_over_the_report_itself__is_no_consent(
    ledger: Any, footprints: Footprints, carol: LocalAccount, bob: Any, now: int
) -> None:
    signed = footprints.make(carol.address, now)
    with ape.reverts("ledger: account did not consent"):
        ledger.record_for(signed.report, signed.signatures, sign(signed.digest, [carol])[0], sender=bob)


def test_record_for__empty_consent__reverts(
    ledger: Any, footprints: Footprints, carol: LocalAccount, bob: Any, now: int
) -> None:
    signed = footprints.make(carol.address, now)
    with ape.reverts("ledger: account did not consent"):
        ledger.record_for(signed.report, signed.signatures, b"", sender=bob)


def test_record_for__zero_account_with_empty_consent__reverts(
    ledger: Any, footprints: Footprints, bob: Any, now: int
) -> None:
    signed = footprints.make(NOBODY, now)
    with ape.reverts("ledger: account is empty"):
        ledger.record_for(signed.report, signed.signatures, b"", sender=bob)


def test_record_for__without_the_council__reverts(
    ledger: Any, footprints: Footprints, carol: LocalAccount, bob: Any, now: int
) -> None:
    signed = footprints.make(carol.address, now)
    with ape.reverts("council: too few signatures"):
        ledger.record_for(signed.report, [], footprints.consent(signed, carol), sender=bob)


def test_record_for__twice__reverts(
    ledger: Any, footprints: Footprints, carol: LocalAccount, bob: Any, now: int
) -> None:
    signed = footprints.make(carol.address, now)
    consent = footprints.consent(signed, carol)
    ledger.record_for(signed.report, signed.signatures, consent, sender=bob)
    with ape.reverts("ledger: report is already recorded"):
        ledger.record_for(signed.report, signed.signatures, consent, sender=bob)


def test_record_for__paused__reverts(
    ledger: Any, owner: Any, footprints: Footprints, carol: LocalAccount, bob: Any, now: int
) -> None:
    ledger.pause(sender=owner)
    signed = footprints.make(carol.address, now)
    with ape.reverts("ledger: new records are paused"):
        ledger.record_for(signed.report, signed.signatures, footprints.consent(signed, carol), sender=bob)


@pytest.mark.parametrize("size", [20, 63, 66, 1024])
def test_record_for__key_consent_of_another_length__reverts(
    ledger: Any, footprints: Footprints, carol: LocalAccount, bob: Any, now: int, size: int
) -> None:
    signed = footprints.make(carol.address, now)
    padded = (footprints.consent(signed, carol) + bytes(1024))[:size]
    with ape.reverts("ledger: account did not consent"):
        ledger.record_for(signed.report, signed.signatures, padded, sender=bob)


def test_record_for__compact_consent__is_recorded(
    ledger: Any, footprints: Footprints, carol: LocalAccount, bob: Any, now: int
) -> None:
    signed = footprints.make(carol.address, now)
    consent = compact(footprints.consent(signed, carol))
    ledger.record_for(signed.report, signed.signatures, consent, sender=bob)
    assert ledger.is_recorded(signed.digest)


def test_record_for__consent_with_high_s__reverts(
    ledger: Any, footprints: Footprints, carol: LocalAccount, bob: Any, now: int
) -> None:
    signed = footprints.make(carol.address, now)
    consent = with_high_s(footprints.consent(signed, carol))
    with ape.reverts("ledger: account did not consent"):
        ledger.record_for(signed.report, signed.signatures, consent, sender=bob)


@pytest.mark.parametrize("consent", [bytes(64), bytes(65)])
def test_record_for__zero_account_with_a_signature_of_zeros__reverts(
    ledger: Any, footprints: Footprints, bob: Any, now: int, consent: bytes
) -> None:
    signed = footprints.make(NOBODY, now)
    with ape.reverts("ledger: account is empty"):
        ledger.record_for(signed.report, signed.signatures, consent, sender=bob)
