"""`complete_rebind`: an announced move is made after a week, within a month, by the epoch that signed it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from eth_account.signers.local import LocalAccount
from reports import DAY_S, NOBODY, TONNE_UG, Corrections, Signed

MONTH_S = 30 * DAY_S
NOTHING = "corrections: no rebind is announced"
TOO_EARLY = "corrections: too early to rebind"
TOO_LATE = "corrections: too late to rebind, announce again"
EARLIER_EPOCH = "corrections: rebind was signed by an earlier epoch"


@pytest.mark.parametrize("after_s", [0, 1, MONTH_S - 1, MONTH_S])
def test_complete_rebind__from_a_week_to_a_month_after_it__moves_the_certificate(
    credits: Any,
    corrections: Any,
    announced: Callable[..., Signed],
    complete: Callable[..., Any],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
    after_s: int,
) -> None:
    token_id = minted(alice).token_id
    announced(token_id, alice, bob)
    receipt = complete(token_id, after_s)
    (transfer,) = receipt.decode_logs(credits.Transfer)
    assert (transfer.sender, transfer.receiver, transfer.token_id) == (alice, bob, token_id)
    (changed,) = receipt.decode_logs(credits.MetadataUpdate)
    assert changed._tokenId == token_id
    assert credits.ownerOf(token_id) == bob
    assert (credits.balanceOf(alice), credits.balanceOf(bob)) == (0, 1)
    assert credits.locked(token_id)
    assert tuple(corrections.rebinding(token_id)) == (NOBODY, 0, 0)


@pytest.mark.parametrize(("after_s", "reason"), [(-1, TOO_EARLY), (MONTH_S + 1, TOO_LATE)])
def test_complete_rebind__a_second_before_or_after__reverts(
    credits: Any,
    announced: Callable[..., Signed],
    complete: Callable[..., Any],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
    after_s: int,
    reason: str,
) -> None:
    token_id = minted(alice).token_id
    announced(token_id, alice, bob)
    with ape.reverts(reason):
        complete(token_id, after_s)
    assert credits.ownerOf(token_id) == alice


def test_complete_rebind__too_late__can_be_announced_again(
    credits: Any,
    announced: Callable[..., Signed],
    complete: Callable[..., Any],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
) -> None:
    token_id = minted(alice).token_id
    announced(token_id, alice, bob)
    with ape.reverts(TOO_LATE):
        complete(token_id, MONTH_S + 1)
    announced(token_id, alice, bob)
    complete(token_id)
    assert credits.ownerOf(token_id) == bob


def test_complete_rebind__certificate_partly_allocated__keeps_all_but_its_holder(
    credits: Any,
    announced: Callable[..., Signed],
    complete: Callable[..., Any],
    recorded: Callable[..., Signed],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
) -> None:
    token_id, footprint = minted(alice).token_id, recorded(alice)
    credits.allocate(token_id, alice, footprint.footprint_hash, TONNE_UG, sender=alice)
    before, chain = dict(credits.certificate(token_id).items()), credits.allocation_chain(token_id)
    announced(token_id, alice, bob)
    complete(token_id)
    assert dict(credits.certificate(token_id).items()) == before | {"holder": bob}
    assert credits.allocation_chain(token_id) == chain
    with ape.reverts("credits: caller does not hold the certificate"):
        credits.allocate(token_id, alice, footprint.footprint_hash, 1, sender=alice)
    credits.allocate(token_id, alice, footprint.footprint_hash, 4 * TONNE_UG, sender=bob)


def test_complete_rebind__nothing_announced_or_made_already__reverts(
    corrections: Any,
    announced: Callable[..., Signed],
    complete: Callable[..., Any],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
) -> None:
    token_id = minted(alice).token_id
    for certificate in (1, token_id):
        with ape.reverts(NOTHING):
            corrections.complete_rebind(certificate, sender=bob)
    announced(token_id, alice, bob)
    complete(token_id)
    with ape.reverts(NOTHING):
        corrections.complete_rebind(token_id, sender=bob)


def test_complete_rebind__refused_by_the_holder__reverts(
    credits: Any,
    corrections: Any,
    announced: Callable[..., Signed],
    minted: Callable[..., Signed],
    chain: Any,
    alice: Any,
    bob: Any,
) -> None:
    token_id = minted(alice).token_id
    announced(token_id, alice, bob)
    chain.mine(deltatime=7 * DAY_S)
    corrections.refuse_rebind(token_id, sender=alice)
    with ape.reverts(NOTHING):
        corrections.complete_rebind(token_id, sender=bob)
    assert credits.ownerOf(token_id) == alice


def test_complete_rebind__replaced_by_a_later_report__moves_to_the_later_wallet_a_week_after_it(
    credits: Any,
    corrections: Any,
    announced: Callable[..., Signed],
    complete: Callable[..., Any],
    minted: Callable[..., Signed],
    chain: Any,
    owner: Any,
    alice: Any,
    bob: Any,
) -> None:
    token_id = minted(alice).token_id
    announced(token_id, alice, bob)
    chain.mine(deltatime=7 * DAY_S)
    announced(token_id, alice, owner)
    with ape.reverts(TOO_EARLY):
        corrections.complete_rebind(token_id, sender=bob)
    complete(token_id)
    assert credits.ownerOf(token_id) == owner


def test_complete_rebind__signer_removed_in_between__reverts_until_it_is_signed_again(
    credits: Any,
    corrections: Any,
    correcting: Corrections,
    council: Any,
    guardian: Any,
    keys: list[LocalAccount],
    announced: Callable[..., Signed],
    complete: Callable[..., Any],
    minted: Callable[..., Signed],
    head: Callable[[], int],
    owner: Any,
    alice: Any,
    bob: Any,
) -> None:
    token_id = minted(alice).token_id
    announced(token_id, alice, bob)
    council.remove(keys[0].address, sender=guardian)
    with ape.reverts(EARLIER_EPOCH):
        complete(token_id)
    again = Corrections(correcting.domain, keys[1:]).rebind(token_id, alice, bob, head())
    corrections.rebind(again.report, again.signatures, sender=owner)
    complete(token_id)
    assert credits.ownerOf(token_id) == bob


def test_complete_rebind__void_in_between__reverts(
    credits: Any,
    corrections: Any,
    correcting: Corrections,
    announced: Callable[..., Signed],
    complete: Callable[..., Any],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
    now: int,
) -> None:
    token_id = minted(alice).token_id
    announced(token_id, alice, bob)
    signed = correcting.void(token_id, now)
    corrections.void(signed.report, signed.signatures, sender=bob)
    with ape.reverts("credits: certificate is void"):
        complete(token_id)
    assert (credits.ownerOf(token_id), credits.balanceOf(alice)) == (alice, 1)


def test_complete_rebind__moved_in_between__leaves_reports_of_the_old_holder_worthless(
    credits: Any,
    corrections: Any,
    correcting: Corrections,
    announced: Callable[..., Signed],
    complete: Callable[..., Any],
    minted: Callable[..., Signed],
    head: Callable[[], int],
    owner: Any,
    alice: Any,
    bob: Any,
) -> None:
    token_id = minted(alice).token_id
    announced(token_id, alice, bob)
    complete(token_id)
    late = correcting.rebind(token_id, alice, owner, head())
    with ape.reverts("corrections: the report names another holder"):
        corrections.rebind(late.report, late.signatures, sender=alice)
    announced(token_id, bob, owner)
    complete(token_id)
    assert credits.ownerOf(token_id) == owner


def test_complete_rebind__there_and_back__leaves_the_balances_as_they_were(
    credits: Any,
    announced: Callable[..., Signed],
    complete: Callable[..., Any],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
) -> None:
    token_id = minted(alice, amount_ug=2**72 - 1).token_id
    minted(bob)
    before = credits.certificate(token_id)
    for holder, to in [(alice, bob), (bob, alice)]:
        announced(token_id, holder, to)
        complete(token_id)
    assert credits.certificate(token_id) == before
    assert (credits.balanceOf(alice), credits.balanceOf(bob)) == (1, 1)


def test_complete_rebind__paused__reverts_and_can_be_made_after_the_pause(
    credits: Any,
    owner: Any,
    announced: Callable[..., Signed],
    complete: Callable[..., Any],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
) -> None:
    token_id = minted(alice).token_id
    announced(token_id, alice, bob)
    credits.pause(sender=owner)
    with ape.reverts("credits: moves are paused"):
        complete(token_id, 10)
    credits.unpause(sender=owner)
    complete(token_id, 100)
    assert credits.ownerOf(token_id) == bob


def test_complete_rebind__one_of_two_certificates__leaves_the_other(
    credits: Any,
    corrections: Any,
    announced: Callable[..., Signed],
    complete: Callable[..., Any],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
) -> None:
    first, second = minted(alice).token_id, minted(alice).token_id
    announced(first, alice, bob)
    complete(first)
    with ape.reverts(NOTHING):
        corrections.complete_rebind(second, sender=bob)
    assert (credits.ownerOf(first), credits.ownerOf(second)) == (bob, alice)
