"""`allocate`: for good, by the holder, within what the certificate has and the attestation admits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
from reports import TONNE_UG, Footprints, Signed


def test_allocate__own_attestation__counts_on_both_sides(
    credits: Any, ledger: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    signed, certificate = recorded(alice), minted(alice)
    arguments = (certificate.token_id, alice, signed.footprint_hash, 2 * TONNE_UG)
    assert credits.allocate.call(*arguments, sender=alice) == signed.digest
    credits.allocate(*arguments, sender=alice)
    assert credits.certificate(certificate.token_id).allocated_ug == 2 * TONNE_UG
    assert ledger.attestation(signed.digest).covered_ug == 2 * TONNE_UG
    assert ledger.account(alice).covered_ug == 2 * TONNE_UG


def test_allocate__own_attestation__logs_allocation_coverage_and_new_metadata(
    credits: Any, ledger: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    signed, certificate = recorded(alice), minted(alice)
    receipt = credits.allocate(certificate.token_id, alice, signed.footprint_hash, 7, sender=alice)
    (allocated,) = receipt.decode_logs(credits.Allocated)
    assert (allocated.certificate, allocated.attestation) == (certificate.token_id, signed.digest)
    assert (allocated.account, allocated.footprint_hash) == (alice, signed.footprint_hash)
    assert allocated.amount_ug == 7
    (covered,) = receipt.decode_logs(ledger.CoverageChanged)
    assert (covered.id, covered.covered_ug) == (signed.digest, 7)
    (changed,) = receipt.decode_logs(credits.MetadataUpdate)
    assert changed._tokenId == certificate.token_id


def test_allocate__attestation_of_another_account__is_a_gift(
    credits: Any,
    ledger: Any,
    recorded: Callable[..., Signed],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
) -> None:
    signed, certificate = recorded(bob), minted(alice)
    credits.allocate(certificate.token_id, bob, signed.footprint_hash, TONNE_UG, sender=alice)
    assert ledger.account(bob).covered_ug == TONNE_UG
    assert ledger.account(alice).covered_ug == 0


def test_allocate__all_of_it_in_parts__leaves_nothing(
    credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    first, second, certificate = recorded(alice), recorded(alice), minted(alice)
    credits.allocate(certificate.token_id, alice, first.footprint_hash, 5 * TONNE_UG - 1, sender=alice)
    with ape.reverts("credits: more than the certificate has left"):
        credits.allocate(certificate.token_id, alice, second.footprint_hash, 2, sender=alice)
    credits.allocate(certificate.token_id, alice, second.footprint_hash, 1, sender=alice)
    assert credits.certificate(certificate.token_id).allocated_ug == 5 * TONNE_UG


def test_allocate__largest_amount__reverts_without_wrapping(
    credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    signed, certificate = recorded(alice), minted(alice)
    credits.allocate(certificate.token_id, alice, signed.footprint_hash, 1, sender=alice)
    with ape.reverts("credits: more than the certificate has left"):
        credits.allocate(certificate.token_id, alice, signed.footprint_hash, 2**72 - 1, sender=alice)


def test_allocate__past_the_high_bound__reverts_and_takes_nothing(
    credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    signed = recorded(alice, low_ug=1, central_ug=2, high_ug=3, embodied_ug=0)
    certificate = minted(alice)
    with ape.reverts("ledger: coverage would pass the high bound"):
        credits.allocate(certificate.token_id, alice, signed.footprint_hash, 4, sender=alice)
    assert credits.certificate(certificate.token_id).allocated_ug == 0


def test_allocate__not_the_holder__reverts(
    credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any, bob: Any
) -> None:
    signed, certificate = recorded(bob), minted(alice)
    with ape.reverts("credits: caller does not hold the certificate"):
        credits.allocate(certificate.token_id, bob, signed.footprint_hash, 1, sender=bob)


def test_allocate__no_such_certificate__reverts(
    credits: Any, recorded: Callable[..., Signed], alice: Any
) -> None:
    with ape.reverts("credits: no such certificate"):
        credits.allocate(1, alice, recorded(alice).footprint_hash, 1, sender=alice)


def test_allocate__nothing__reverts(
    credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    with ape.reverts("credits: amount must be at least 1 ug"):
        credits.allocate(minted(alice).token_id, alice, recorded(alice).footprint_hash, 0, sender=alice)


def test_allocate__attestation_not_recorded__reverts(
    credits: Any, minted: Callable[..., Signed], footprints: Footprints, alice: Any, now: int
) -> None:
    unknown = footprints.make(alice, now)
    with ape.reverts("ledger: attestation is not recorded"):
        credits.allocate(minted(alice).token_id, alice, unknown.footprint_hash, 1, sender=alice)


def test_allocate__attestation_superseded__reverts(
    credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    first = recorded(alice)
    recorded(alice, supersedes=first.footprint_hash)
    with ape.reverts("ledger: attestation is superseded"):
        credits.allocate(minted(alice).token_id, alice, first.footprint_hash, 1, sender=alice)


def test_allocate__paused__reverts(
    credits: Any, owner: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    signed, certificate = recorded(alice), minted(alice)
    credits.pause(sender=owner)
    with ape.reverts("credits: new allocations are paused"):
        credits.allocate(certificate.token_id, alice, signed.footprint_hash, 1, sender=alice)


def test_allocate__ledger_paused__reverts(
    credits: Any,
    ledger: Any,
    owner: Any,
    recorded: Callable[..., Signed],
    minted: Callable[..., Signed],
    alice: Any,
) -> None:
    signed, certificate = recorded(alice), minted(alice)
    ledger.pause(sender=owner)
    with ape.reverts("ledger: new coverage is paused"):
        credits.allocate(certificate.token_id, alice, signed.footprint_hash, 1, sender=alice)
