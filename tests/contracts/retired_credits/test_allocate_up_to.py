"""`allocate_up_to`: as much as there is and as fits, whatever others do in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from reports import TONNE_UG, Footprints, Signed

MAX_UG = 2**72 - 1
TAKES_NO_MORE = "credits: the attestation takes no more"
NOTHING = "credits: amount must be at least 1 ug"


@pytest.fixture
def small(recorded: Callable[..., Signed]) -> Callable[..., Signed]:
    """Records an attestation that takes only so many ug."""

    def record(account: Any, high_ug: int, **changes: Any) -> Signed:
        return recorded(account, low_ug=0, central_ug=0, high_ug=high_ug, embodied_ug=0, **changes)

    return record


def test_allocate_up_to__less_than_fits__allocates_all_of_it(
    credits: Any, ledger: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    signed, certificate = recorded(alice), minted(alice)
    arguments = (certificate.token_id, alice, signed.footprint_hash, 2 * TONNE_UG)
    assert credits.allocate_up_to.call(*arguments, sender=alice) == 2 * TONNE_UG
    receipt = credits.allocate_up_to(*arguments, sender=alice)
    (event,) = receipt.decode_logs(credits.Allocated)
    assert (event.certificate, event.attestation) == (certificate.token_id, signed.digest)
    assert (event.account, event.footprint_hash) == (alice, signed.footprint_hash)
    assert event.amount_ug == 2 * TONNE_UG
    (changed,) = receipt.decode_logs(credits.MetadataUpdate)
    assert changed._tokenId == certificate.token_id
    assert credits.certificate(certificate.token_id).allocated_ug == 2 * TONNE_UG
    assert ledger.attestation(signed.digest).covered_ug == 2 * TONNE_UG


@pytest.mark.parametrize("max_ug", [5 * TONNE_UG, 5 * TONNE_UG + 1, MAX_UG])
def test_allocate_up_to__more_than_the_certificate_has__allocates_what_it_has(
    credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any, max_ug: int
) -> None:
    signed, certificate = recorded(alice), minted(alice)
    credits.allocate(certificate.token_id, alice, signed.footprint_hash, 3, sender=alice)
    arguments = (certificate.token_id, alice, signed.footprint_hash, max_ug)
    assert credits.allocate_up_to.call(*arguments, sender=alice) == 5 * TONNE_UG - 3
    credits.allocate_up_to(*arguments, sender=alice)
    assert credits.certificate(certificate.token_id).allocated_ug == 5 * TONNE_UG


def test_allocate_up_to__gift_of_one_ug_in_between__allocates_the_rest(
    credits: Any,
    ledger: Any,
    small: Callable[..., Signed],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
) -> None:
    signed, own, gift = small(alice, 100), minted(alice), minted(bob)
    credits.allocate(gift.token_id, alice, signed.footprint_hash, 1, sender=bob)
    with ape.reverts("ledger: coverage would pass the high bound"):
        credits.allocate(own.token_id, alice, signed.footprint_hash, 100, sender=alice)
    credits.allocate_up_to(own.token_id, alice, signed.footprint_hash, 100, sender=alice)
    assert credits.certificate(own.token_id).allocated_ug == 99
    assert ledger.coverage_bps(signed.digest) == 10_000


def test_allocate_up_to__attestation_of_another_account__is_a_gift(
    credits: Any,
    ledger: Any,
    small: Callable[..., Signed],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
) -> None:
    signed, certificate = small(bob, 7), minted(alice)
    credits.allocate_up_to(certificate.token_id, bob, signed.footprint_hash, MAX_UG, sender=alice)
    assert (ledger.account(bob).covered_ug, ledger.account(alice).covered_ug) == (7, 0)


def test_allocate_up_to__attestation_full__reverts_and_takes_nothing(
    credits: Any, small: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    signed, certificate = small(alice, 100), minted(alice)
    arguments = (certificate.token_id, alice, signed.footprint_hash, 100)
    credits.allocate_up_to(*arguments, sender=alice)
    with ape.reverts(TAKES_NO_MORE):
        credits.allocate_up_to(*arguments, sender=alice)
    assert credits.certificate(certificate.token_id).allocated_ug == 100


def test_allocate_up_to__over_covered_after_a_correction__reverts_without_wrapping(
    credits: Any, small: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    first, certificate = small(alice, 100), minted(alice)
    credits.allocate(certificate.token_id, alice, first.footprint_hash, 100, sender=alice)
    corrected = small(alice, 40, supersedes=first.footprint_hash)
    with ape.reverts(TAKES_NO_MORE):
        credits.allocate_up_to(certificate.token_id, alice, corrected.footprint_hash, 1, sender=alice)
    larger = small(alice, 101, supersedes=corrected.footprint_hash)
    credits.allocate_up_to(certificate.token_id, alice, larger.footprint_hash, MAX_UG, sender=alice)
    assert credits.certificate(certificate.token_id).allocated_ug == 101


def test_allocate_up_to__nothing_to_cover_or_not_recorded__reverts(
    credits: Any,
    small: Callable[..., Signed],
    footprints: Footprints,
    minted: Callable[..., Signed],
    alice: Any,
    now: int,
) -> None:
    certificate = minted(alice)
    for signed in (small(alice, 0), footprints.make(alice, now)):
        with ape.reverts(TAKES_NO_MORE):
            credits.allocate_up_to(certificate.token_id, alice, signed.footprint_hash, 1, sender=alice)


def test_allocate_up_to__superseded__reverts(
    credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    first, certificate = recorded(alice), minted(alice)
    recorded(alice, supersedes=first.footprint_hash)
    with ape.reverts("ledger: attestation is superseded"):
        credits.allocate_up_to(certificate.token_id, alice, first.footprint_hash, 1, sender=alice)


def test_allocate_up_to__certificate_has_nothing_left__reverts(
    credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    signed, certificate = recorded(alice), minted(alice)
    credits.allocate(certificate.token_id, alice, signed.footprint_hash, 5 * TONNE_UG, sender=alice)
    with ape.reverts(NOTHING):
        credits.allocate_up_to(certificate.token_id, alice, signed.footprint_hash, 1, sender=alice)


def test_allocate_up_to__at_most_nothing__reverts(
    credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any
) -> None:
    signed, certificate = recorded(alice), minted(alice)
    with ape.reverts(NOTHING):
        credits.allocate_up_to(certificate.token_id, alice, signed.footprint_hash, 0, sender=alice)


def test_allocate_up_to__not_the_holder_or_no_such_certificate__reverts(
    credits: Any, recorded: Callable[..., Signed], minted: Callable[..., Signed], alice: Any, bob: Any
) -> None:
    signed, certificate = recorded(bob), minted(alice)
    with ape.reverts("credits: caller does not hold the certificate"):
        credits.allocate_up_to(certificate.token_id, bob, signed.footprint_hash, 1, sender=bob)
    with ape.reverts("credits: no such certificate"):
        credits.allocate_up_to(1, bob, signed.footprint_hash, 1, sender=bob)


def test_allocate_up_to__void__reverts(
    credits: Any,
    recorded: Callable[..., Signed],
    minted: Callable[..., Signed],
    voided: Callable[..., Any],
    alice: Any,
) -> None:
    signed, certificate = recorded(alice), minted(alice)
    voided(certificate.token_id)
    with ape.reverts("credits: certificate is void"):
        credits.allocate_up_to(certificate.token_id, alice, signed.footprint_hash, 1, sender=alice)


def test_allocate_up_to__paused__reverts(
    credits: Any,
    ledger: Any,
    owner: Any,
    recorded: Callable[..., Signed],
    minted: Callable[..., Signed],
    alice: Any,
) -> None:
    arguments = (minted(alice).token_id, alice, recorded(alice).footprint_hash, 1)
    credits.pause(sender=owner)
    with ape.reverts("credits: new allocations are paused"):
        credits.allocate_up_to(*arguments, sender=alice)
    credits.unpause(sender=owner)
    ledger.pause(sender=owner)
    with ape.reverts("ledger: new coverage is paused"):
        credits.allocate_up_to(*arguments, sender=alice)
