"""`undo`: the allocations of a void certificate are taken back, from the last one, and all sums follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from reports import TONNE_UG, ZERO, Signed

from retired_credits.allocation_chain import chain_of

NOT_LAST = "credits: these are not the last allocations"

# What one transaction may use at most (EIP-7825), with room for a chain that counts dearer.
MAX_GAS = 2**24 // 10


@pytest.fixture
def three(
    recorded: Callable[..., Signed],
    minted: Callable[..., Signed],
    allocated: Callable[..., dict[str, Any]],
    alice: Any,
    bob: Any,
) -> tuple[Signed, list[dict[str, Any]]]:
    """A certificate of alice, and its three allocations: two to her own attestation, one to bob's."""
    own, other, certificate = recorded(alice), recorded(bob), minted(alice)
    return certificate, [
        allocated(alice, certificate, own, TONNE_UG),
        allocated(alice, certificate, other, 7),
        allocated(alice, certificate, own, 2),
    ]


@pytest.fixture
def void_three(three: tuple[Signed, list[dict[str, Any]]], voided: Callable[..., Any]) -> Any:
    """The same, with the certificate void."""
    voided(three[0].token_id)
    return three


def test_allocation_chain__any_allocations__is_what_its_documentation_says(credits: Any, three: Any) -> None:
    certificate, allocations = three
    assert bytes(credits.allocation_chain(certificate.token_id)) == chain_of(allocations)
    assert bytes(credits.allocation_chain(1)) == ZERO


def test_undo__all_at_once_by_anyone__takes_everything_back(
    credits: Any, ledger: Any, void_three: Any, alice: Any, bob: Any
) -> None:
    certificate, allocations = void_three
    credits.undo(certificate.token_id, ZERO, allocations, sender=bob)
    assert credits.certificate(certificate.token_id).allocated_ug == 0
    assert bytes(credits.allocation_chain(certificate.token_id)) == ZERO
    for item in allocations:
        assert ledger.attestation(item["attestation"]).covered_ug == 0
        assert ledger.account(item["account"]).covered_ug == 0


def test_undo__all_at_once__logs_each_of_them_and_new_metadata(
    credits: Any, ledger: Any, void_three: Any, bob: Any
) -> None:
    certificate, allocations = void_three
    receipt = credits.undo(certificate.token_id, ZERO, allocations, sender=bob)
    events = list(receipt.decode_logs(credits.AllocationUndone))
    assert [event.certificate for event in events] == [certificate.token_id] * 3
    logged = [(event.attestation, event.account, event.amount_ug) for event in events]
    assert logged == [tuple(item.values()) for item in allocations]
    covered = [event.covered_ug for event in receipt.decode_logs(ledger.CoverageChanged)]
    assert covered == [2, 0, 0]
    (changed,) = receipt.decode_logs(credits.MetadataUpdate)
    assert changed._tokenId == certificate.token_id
    assert not list(receipt.decode_logs(credits.Transfer))


def test_undo__in_parts_from_the_end__takes_each_part_back(
    credits: Any, ledger: Any, void_three: Any, alice: Any, bob: Any
) -> None:
    certificate, (first, second, third) = void_three
    credits.undo(certificate.token_id, chain_of([first]), [second, third], sender=bob)
    assert bytes(credits.allocation_chain(certificate.token_id)) == chain_of([first])
    assert credits.certificate(certificate.token_id).allocated_ug == TONNE_UG
    assert (ledger.account(alice).covered_ug, ledger.account(bob).covered_ug) == (TONNE_UG, 0)
    credits.undo(certificate.token_id, ZERO, [first], sender=bob)
    assert credits.certificate(certificate.token_id).allocated_ug == 0
    assert ledger.account(alice).covered_ug == 0


def test_undo__part_sent_just_before_the_whole__leaves_the_rest_to_be_undone(
    credits: Any, void_three: Any, alice: Any, bob: Any
) -> None:
    certificate, allocations = void_three
    credits.undo(certificate.token_id, chain_of(allocations[:2]), allocations[2:], sender=alice)
    with ape.reverts(NOT_LAST):
        credits.undo(certificate.token_id, ZERO, allocations, sender=bob)
    credits.undo(certificate.token_id, ZERO, allocations[:2], sender=bob)
    assert credits.certificate(certificate.token_id).allocated_ug == 0


@pytest.mark.parametrize("kept", [[0], [1], [0, 1], [1, 0, 2], [2, 1, 0], [0, 2], [0, 1, 2, 2], [0, 0, 1, 2]])
def test_undo__list_that_misses_the_last_or_is_out_of_order__reverts(
    credits: Any, void_three: Any, bob: Any, kept: list[int]
) -> None:
    certificate, allocations = void_three
    for count in range(3):
        with ape.reverts(NOT_LAST):
            named = [allocations[at] for at in kept]
            credits.undo(certificate.token_id, chain_of(allocations[:count]), named, sender=bob)


@pytest.mark.parametrize("field", ["attestation", "account", "amount_ug"])
def test_undo__allocation_changed_in_one_field__reverts(
    credits: Any, ledger: Any, void_three: Any, alice: Any, field: str
) -> None:
    certificate, allocations = void_three
    # Each time what another allocation of the same certificate has there, so that the ledger would know it.
    changed = allocations[2] | {field: allocations[1][field]}
    with ape.reverts(NOT_LAST):
        credits.undo(certificate.token_id, chain_of(allocations[:2]), [changed], sender=alice)
    assert ledger.account(alice).covered_ug == TONNE_UG + 2


@pytest.mark.parametrize("amount_ug", [1, 2**72 - 1, 2 * TONNE_UG])
def test_undo__amount_put_into_before__reverts(
    credits: Any, void_three: Any, bob: Any, amount_ug: int
) -> None:
    certificate, allocations = void_three
    for count in range(3):
        chain = chain_of(allocations[:count])
        before = chain[:23] + amount_ug.to_bytes(9)
        with ape.reverts("credits: before is not a chain"):
            credits.undo(certificate.token_id, before, allocations[count:], sender=bob)
    credits.undo(certificate.token_id, ZERO, allocations, sender=bob)
    assert credits.certificate(certificate.token_id).allocated_ug == 0


def test_undo__list_of_another_certificate__reverts(
    credits: Any,
    void_three: Any,
    recorded: Callable[..., Signed],
    minted: Callable[..., Signed],
    allocated: Callable[..., dict[str, Any]],
    voided: Callable[..., Any],
    alice: Any,
) -> None:
    certificate, allocations = void_three
    other = minted(alice)
    own = [allocated(alice, other, recorded(alice), TONNE_UG)]
    with ape.reverts("credits: certificate is not void"):
        credits.undo(other.token_id, ZERO, own, sender=alice)
    voided(other.token_id)
    for token_id, named in [(other.token_id, allocations), (certificate.token_id, own)]:
        with ape.reverts(NOT_LAST):
            credits.undo(token_id, ZERO, named, sender=alice)
    credits.undo(other.token_id, ZERO, own, sender=alice)


def test_undo__empty_list__reverts_whatever_before_says(credits: Any, void_three: Any, bob: Any) -> None:
    certificate, allocations = void_three
    for before in (ZERO, chain_of(allocations)):
        with ape.reverts("credits: no allocation is named"):
            credits.undo(certificate.token_id, before, [], sender=bob)


def test_undo__more_than_fifty__is_refused_by_the_decoder(credits: Any, void_three: Any, bob: Any) -> None:
    certificate, allocations = void_three
    with ape.reverts(NOT_LAST):
        credits.undo(certificate.token_id, ZERO, allocations[:1] * 50, sender=bob)
    with pytest.raises(ape.exceptions.ContractLogicError) as refusal:
        credits.undo(certificate.token_id, ZERO, allocations[:1] * 51, sender=bob)
    assert "credits: " not in str(refusal.value)


def test_undo__certificate_that_counts_or_was_never_minted__reverts(
    credits: Any, three: Any, alice: Any
) -> None:
    certificate, allocations = three
    with ape.reverts("credits: certificate is not void"):
        credits.undo(certificate.token_id, ZERO, allocations, sender=alice)
    with ape.reverts("credits: no such certificate"):
        credits.undo(1, ZERO, allocations, sender=alice)


def test_undo__twice__reverts(credits: Any, ledger: Any, void_three: Any, bob: Any) -> None:
    certificate, allocations = void_three
    credits.undo(certificate.token_id, ZERO, allocations, sender=bob)
    for named in (allocations, allocations[2:]):
        with ape.reverts(NOT_LAST):
            credits.undo(certificate.token_id, ZERO, named, sender=bob)


def test_undo__paused_on_both_sides__is_not_stopped(
    credits: Any, ledger: Any, owner: Any, void_three: Any, bob: Any
) -> None:
    certificate, allocations = void_three
    credits.pause(sender=owner)
    ledger.pause(sender=owner)
    credits.undo(certificate.token_id, ZERO, allocations, sender=bob)
    assert ledger.account(bob).covered_ug == 0


def test_undo__attestation_covered_by_others_too__leaves_their_part(
    credits: Any,
    ledger: Any,
    recorded: Callable[..., Signed],
    minted: Callable[..., Signed],
    allocated: Callable[..., dict[str, Any]],
    voided: Callable[..., Any],
    alice: Any,
    bob: Any,
) -> None:
    footprint, own, gift = recorded(alice), minted(alice), minted(bob)
    taken = allocated(alice, own, footprint, TONNE_UG)
    allocated(bob, gift, footprint, 3)
    voided(own.token_id)
    credits.undo(own.token_id, ZERO, [taken], sender=bob)
    assert ledger.attestation(footprint.digest).covered_ug == 3
    assert ledger.account(alice).covered_ug == 3
    assert credits.certificate(gift.token_id).allocated_ug == 3


def test_undo__attestation_superseded_since__takes_it_from_the_correction(
    credits: Any,
    ledger: Any,
    recorded: Callable[..., Signed],
    minted: Callable[..., Signed],
    allocated: Callable[..., dict[str, Any]],
    voided: Callable[..., Any],
    alice: Any,
    bob: Any,
) -> None:
    first, certificate = recorded(bob), minted(alice)
    before = allocated(alice, certificate, first, TONNE_UG)
    second = recorded(bob, supersedes=first.footprint_hash)
    between = allocated(alice, certificate, second, 5)
    # The bound falls below what is covered: over-coverage must be taken back too.
    third = recorded(bob, supersedes=second.footprint_hash, low_ug=1, central_ug=1, high_ug=1, embodied_ug=0)
    assert ledger.attestation(third.digest).covered_ug == TONNE_UG + 5
    voided(certificate.token_id)
    credits.undo(certificate.token_id, chain_of([before]), [between], sender=alice)
    assert ledger.attestation(third.digest).covered_ug == TONNE_UG
    credits.undo(certificate.token_id, ZERO, [before], sender=alice)
    assert ledger.attestation(third.digest).covered_ug == 0
    assert (ledger.account(bob).covered_ug, ledger.account(bob).count) == (0, 1)


def test_undo__holder_allocates_just_before_the_void__is_taken_back_too(
    credits: Any,
    ledger: Any,
    three: Any,
    recorded: Callable[..., Signed],
    allocated: Callable[..., dict[str, Any]],
    voided: Callable[..., Any],
    alice: Any,
    bob: Any,
) -> None:
    certificate, allocations = three
    late = allocated(alice, certificate, recorded(alice), 1)
    voided(certificate.token_id)
    with ape.reverts(NOT_LAST):
        credits.undo(certificate.token_id, ZERO, allocations, sender=bob)
    credits.undo(certificate.token_id, ZERO, [*allocations, late], sender=bob)
    assert ledger.account(alice).covered_ug == 0


def test_undo__fifty_allocations_to_fifty_attestations__fit_into_one_transaction(
    credits: Any,
    ledger: Any,
    recorded: Callable[..., Signed],
    minted: Callable[..., Signed],
    allocated: Callable[..., dict[str, Any]],
    voided: Callable[..., Any],
    alice: Any,
    bob: Any,
) -> None:
    certificate = minted(alice)
    allocations = [allocated(alice, certificate, recorded(alice), at + 1) for at in range(50)]
    voided(certificate.token_id)
    receipt = credits.undo(certificate.token_id, ZERO, allocations, sender=bob)
    assert receipt.gas_used < MAX_GAS
    assert credits.certificate(certificate.token_id).allocated_ug == 0
    assert ledger.account(alice).covered_ug == 0
