"""`record` with `supersedes`: a correction replaces an attestation of its account; coverage moves along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
from reports import TONNE_UG, Footprints, Signed


def test_record__correction__replaces_the_earlier_one_in_the_totals(
    ledger: Any, recorded: Callable[..., Signed], alice: Any
) -> None:
    first = recorded(alice)
    other = recorded(alice, low_ug=1, central_ug=1, high_ug=1, embodied_ug=0)
    second = recorded(alice, supersedes=first.footprint_hash, high_ug=40 * TONNE_UG)
    totals = ledger.account(alice)
    assert (totals.low_ug, totals.high_ug, totals.count) == (20 * TONNE_UG + 1, 40 * TONNE_UG + 1, 2)
    assert ledger.attestation(first.digest).superseded
    assert not ledger.attestation(second.digest).superseded
    assert [ledger.is_recorded(item.digest) for item in (first, other, second)] == [False, True, True]


def test_record__correction__logs_what_it_replaces(
    ledger: Any, recorded: Callable[..., Signed], footprints: Footprints, alice: Any, now: int
) -> None:
    first = recorded(alice)
    second = footprints.make(alice, now, supersedes=first.footprint_hash)
    receipt = ledger.record(second.report, second.signatures, sender=alice)
    (event,) = receipt.decode_logs(ledger.FootprintSuperseded)
    assert (event.id, event.by) == (first.digest, second.digest)


def test_record__correction_of_a_correction__keeps_amounts_of_each_readable(
    ledger: Any, recorded: Callable[..., Signed], alice: Any
) -> None:
    first = recorded(alice, low_ug=1, central_ug=1, high_ug=1, embodied_ug=0)
    second = recorded(
        alice, supersedes=first.footprint_hash, low_ug=2, central_ug=2, high_ug=2, embodied_ug=0
    )
    third = recorded(
        alice, supersedes=second.footprint_hash, low_ug=3, central_ug=3, high_ug=3, embodied_ug=0
    )
    assert [ledger.attestation(item.digest).low_ug for item in (first, second, third)] == [1, 2, 3]
    assert ledger.account(alice).low_ug == 3
    assert ledger.account(alice).count == 1


def test_record__correction__takes_the_coverage_along(
    ledger: Any, credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    first = recorded(alice)
    certificate = minted(alice)
    credits.allocate(certificate.token_id, alice, first.footprint_hash, 3 * TONNE_UG, sender=alice)
    second = recorded(alice, supersedes=first.footprint_hash, high_ug=30 * TONNE_UG)
    third = recorded(alice, supersedes=second.footprint_hash, high_ug=24 * TONNE_UG)
    covered = [ledger.attestation(item.digest).covered_ug for item in (first, second, third)]
    assert covered == [0, 0, 3 * TONNE_UG]
    assert ledger.coverage_bps(third.digest) == 10_000 * 3 // 24
    assert ledger.account(alice).covered_ug == 3 * TONNE_UG


def test_record__correction_to_zero_of_a_covered_attestation__shows_the_surplus(
    ledger: Any, credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    first = recorded(alice)
    certificate = minted(alice)
    credits.allocate(certificate.token_id, alice, first.footprint_hash, TONNE_UG, sender=alice)
    zero = {"low_ug": 0, "central_ug": 0, "high_ug": 0, "embodied_ug": 0}
    second = recorded(alice, supersedes=first.footprint_hash, **zero)
    assert ledger.coverage_bps(second.digest) == 2**256 - 1


def test_record__correction_below_the_coverage__shows_the_surplus_and_admits_no_more(
    ledger: Any, credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    first = recorded(alice)
    certificate = minted(alice)
    credits.allocate(certificate.token_id, alice, first.footprint_hash, 4 * TONNE_UG, sender=alice)
    smaller = {"low_ug": 0, "central_ug": TONNE_UG, "high_ug": 2 * TONNE_UG, "embodied_ug": 0}
    second = recorded(alice, supersedes=first.footprint_hash, **smaller)
    assert ledger.coverage_bps(second.digest) == 20_000
    with ape.reverts("ledger: coverage would pass the high bound"):
        credits.allocate(certificate.token_id, alice, second.footprint_hash, 1, sender=alice)


def test_record__correction_of_what_was_never_recorded__reverts(
    ledger: Any, footprints: Footprints, alice: Any, now: int
) -> None:
    unknown = footprints.make(alice, now)
    signed = footprints.make(alice, now, supersedes=unknown.footprint_hash)
    with ape.reverts("ledger: superseded attestation is not recorded"):
        ledger.record(signed.report, signed.signatures, sender=alice)


def test_record__correction_of_a_strangers_attestation__reverts(
    ledger: Any, recorded: Callable[..., Signed], footprints: Footprints, alice: Any, bob: Any, now: int
) -> None:
    strangers = recorded(alice)
    signed = footprints.make(bob, now, supersedes=strangers.footprint_hash)
    with ape.reverts("ledger: superseded attestation is not recorded"):
        ledger.record(signed.report, signed.signatures, sender=bob)
    assert ledger.is_recorded(strangers.digest)


def test_record__second_correction_of_the_same_attestation__reverts(
    ledger: Any, recorded: Callable[..., Signed], footprints: Footprints, alice: Any, now: int
) -> None:
    first = recorded(alice)
    recorded(alice, supersedes=first.footprint_hash)
    signed = footprints.make(alice, now, supersedes=first.footprint_hash)
    with ape.reverts("ledger: attestation is already superseded"):
        ledger.record(signed.report, signed.signatures, sender=alice)


def test_record__superseded_report_again__reverts(
    ledger: Any, recorded: Callable[..., Signed], alice: Any
) -> None:
    first = recorded(alice)
    recorded(alice, supersedes=first.footprint_hash)
    with ape.reverts("ledger: report is already recorded"):
        ledger.record(first.report, first.signatures, sender=alice)
