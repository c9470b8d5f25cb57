"""Reading the ledger one by one and in batches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
from reports import TONNE_UG, Footprints, Signed

UNKNOWN = b"\xee" * 32


def test_attestation__never_recorded__is_all_zero(ledger: Any) -> None:
    assert tuple(ledger.attestation(UNKNOWN)) == (0, 0, 0, 0, 0, 0, False)


def test_attestation__largest_amounts__are_kept_apart(
    ledger: Any, recorded: Callable[..., Signed], alice: Any
) -> None:
    largest = 2**72 - 1
    signed = recorded(alice, low_ug=largest, central_ug=largest, high_ug=largest, embodied_ug=largest)
    attestation = ledger.attestation(signed.digest)
    assert tuple(attestation)[:4] == (largest, largest, largest, 0)
    assert (attestation.tier, attestation.superseded) == (3, False)
    assert tuple(ledger.account(alice)) == (largest, largest, largest, 0, 1)


def test_attestations__known_and_unknown__come_in_the_order_asked(
    ledger: Any, recorded: Callable[..., Signed], alice: Any
) -> None:
    first, second = recorded(alice), recorded(alice, high_ug=40 * TONNE_UG)
    found = ledger.attestations([second.digest, UNKNOWN, first.digest])
    assert [item.high_ug for item in found] == [40 * TONNE_UG, 0, 31 * TONNE_UG]
    assert tuple(found[2]) == tuple(ledger.attestation(first.digest))


def test_attestations__none_asked__is_empty(ledger: Any) -> None:
    assert list(ledger.attestations([])) == []


def test_attestations__a_hundred__are_read_at_once(ledger: Any) -> None:
    assert len(ledger.attestations([UNKNOWN] * 100)) == 100
    with ape.reverts():
        ledger.attestations([UNKNOWN] * 101)


def test_account__nothing_recorded__is_all_zero(ledger: Any, bob: Any) -> None:
    assert tuple(ledger.account(bob)) == (0, 0, 0, 0, 0)


def test_accounts__two_accounts__come_in_the_order_asked(
    ledger: Any, recorded: Callable[..., Signed], alice: Any, bob: Any
) -> None:
    recorded(alice)
    recorded(alice)
    recorded(bob)
    assert [totals.count for totals in ledger.accounts([bob, alice])] == [1, 2]


def test_coverage_bps__partly_covered__is_rounded_down(
    ledger: Any, credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    signed, certificate = recorded(alice), minted(alice)
    assert ledger.coverage_bps(signed.digest) == 0
    credits.allocate(certificate.token_id, alice, signed.footprint_hash, 2 * TONNE_UG - 1, sender=alice)
    assert ledger.coverage_bps(signed.digest) == 645  # 2 / 31 of 10,000 is 645.16


def test_coverage_bps__covered_to_the_high_bound__is_ten_thousand(
    ledger: Any, credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    signed = recorded(alice, low_ug=1, central_ug=2, high_ug=3, embodied_ug=0)
    credits.allocate(minted(alice).token_id, alice, signed.footprint_hash, 3, sender=alice)
    assert ledger.coverage_bps(signed.digest) == 10_000


def test_coverage_bps__footprint_of_zero__is_ten_thousand(
    ledger: Any, recorded: Callable[..., Signed], alice: Any
) -> None:
    signed = recorded(alice, low_ug=0, central_ug=0, high_ug=0, embodied_ug=0)
    assert ledger.coverage_bps(signed.digest) == 10_000


def test_coverage_bps__unknown_or_superseded__is_zero(
    ledger: Any, recorded: Callable[..., Signed], alice: Any
) -> None:
    first = recorded(alice, low_ug=0, central_ug=0, high_ug=0, embodied_ug=0)
    recorded(alice, supersedes=first.footprint_hash)
    assert ledger.coverage_bps(first.digest) == 0
    assert ledger.coverage_bps(UNKNOWN) == 0


def test_is_recorded__unknown_recorded_superseded__is_true_only_while_current(
    ledger: Any, recorded: Callable[..., Signed], alice: Any
) -> None:
    assert not ledger.is_recorded(UNKNOWN)
    first = recorded(alice)
    assert ledger.is_recorded(first.digest)
    recorded(alice, supersedes=first.footprint_hash)
    assert not ledger.is_recorded(first.digest)


def test_attestation_id__account_and_footprint_hash__are_the_report_id(
    ledger: Any, footprints: Footprints, alice: Any, bob: Any, now: int
) -> None:
    signed = footprints.make(alice, now)
    assert ledger.attestation_id(alice, signed.footprint_hash) == signed.digest
    assert ledger.attestation_id(bob, signed.footprint_hash) != signed.digest
