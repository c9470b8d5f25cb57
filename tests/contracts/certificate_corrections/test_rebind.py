"""`rebind`: a move to another wallet of the beneficiary is announced and nothing moves yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from eth_account.signers.local import LocalAccount
from reports import DAY_S, NOBODY, ZERO, Corrections, Signed
from signing import make_keys, sign

WEEK_S = 7 * DAY_S
ANNOUNCED = "corrections: report was already announced"


def test_rebind__signed_by_the_council__is_announced_for_a_week_later(
    credits: Any,
    corrections: Any,
    correcting: Corrections,
    minted: Callable[..., Signed],
    owner: Any,
    alice: Any,
    bob: Any,
    now: int,
) -> None:
    token_id = minted(alice).token_id
    signed = correcting.rebind(token_id, alice, bob, now, evidence=b"\x66" * 32)
    receipt = corrections.rebind(signed.report, signed.signatures, sender=owner)
    effective_at = receipt.timestamp + WEEK_S
    (event,) = receipt.decode_logs(corrections.RebindAnnounced)
    assert (event.certificate, event.to, event.effective_at) == (token_id, bob, effective_at)
    assert event.evidence == b"\x66" * 32
    assert tuple(corrections.rebinding(token_id)) == (bob, 1, effective_at)
    assert not list(receipt.decode_logs(credits.Transfer))
    assert credits.ownerOf(token_id) == alice


def test_rebinding__nothing_announced__is_all_zero(
    corrections: Any, minted: Callable[..., Signed], alice: Any
) -> None:
    for token_id in (1, minted(alice).token_id):
        assert tuple(corrections.rebinding(token_id)) == (NOBODY, 0, 0)


def test_rebind__holder_keeps_the_certificate_meanwhile__can_allocate(
    credits: Any,
    announced: Callable[..., Signed],
    recorded: Callable[..., Signed],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
) -> None:
    token_id, footprint = minted(alice).token_id, recorded(alice).footprint_hash
    announced(token_id, alice, bob)
    credits.allocate(token_id, alice, footprint, 1, sender=alice)
    with ape.reverts("credits: caller does not hold the certificate"):
        credits.allocate(token_id, alice, footprint, 1, sender=bob)


def test_rebind__another_account_named_as_holder__reverts(
    corrections: Any,
    correcting: Corrections,
    minted: Callable[..., Signed],
    owner: Any,
    alice: Any,
    bob: Any,
    now: int,
) -> None:
    token_id = minted(alice).token_id
    for holder, to in [(bob, owner), (bob, alice), (NOBODY, bob)]:
        signed = correcting.rebind(token_id, holder, to, now)
        with ape.reverts("corrections: the report names another holder"):
            corrections.rebind(signed.report, signed.signatures, sender=owner)


def test_rebind__to_nobody_or_to_the_holder__reverts(
    corrections: Any, correcting: Corrections, minted: Callable[..., Signed], alice: Any, now: int
) -> None:
    token_id = minted(alice).token_id
    for to, reason in [
        (NOBODY, "corrections: new holder is empty"),
        (alice, "corrections: new holder is the old one"),
    ]:
        signed = correcting.rebind(token_id, alice, to, now)
        with ape.reverts(reason):
            corrections.rebind(signed.report, signed.signatures, sender=alice)


def test_rebind__no_such_certificate__reverts(
    corrections: Any, correcting: Corrections, alice: Any, bob: Any, now: int
) -> None:
    signed = correcting.rebind(1, alice, bob, now)
    with ape.reverts("credits: no such certificate"):
        corrections.rebind(signed.report, signed.signatures, sender=alice)


def test_rebind__no_evidence__reverts(
    corrections: Any, correcting: Corrections, minted: Callable[..., Signed], alice: Any, bob: Any, now: int
) -> None:
    signed = correcting.rebind(minted(alice).token_id, alice, bob, now, evidence=ZERO)
    with ape.reverts("credits: evidence is empty"):
        corrections.rebind(signed.report, signed.signatures, sender=alice)


@pytest.mark.parametrize(
    ("offset_s", "reason"),
    [(0, "credits: report has expired"), (WEEK_S + 1, "credits: report is valid for more than 7 days")],
)
def test_rebind__outside_its_time__reverts(
    corrections: Any,
    correcting: Corrections,
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
    chain: Any,
    head: Callable[[], int],
    offset_s: int,
    reason: str,
) -> None:
    token_id = minted(alice).token_id
    at = chain.pending_timestamp = head() + DAY_S
    signed = correcting.rebind(token_id, alice, bob, at, valid_until=at + offset_s)
    with ape.reverts(reason):
        corrections.rebind(signed.report, signed.signatures, sender=alice, gas=1_000_000)


@pytest.mark.parametrize("offset_s", [1, WEEK_S])
def test_rebind__at_the_edge_of_its_time__is_announced(
    corrections: Any,
    correcting: Corrections,
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
    chain: Any,
    head: Callable[[], int],
    offset_s: int,
) -> None:
    token_id = minted(alice).token_id
    at = chain.pending_timestamp = head() + DAY_S
    signed = correcting.rebind(token_id, alice, bob, at, valid_until=at + offset_s)
    corrections.rebind(signed.report, signed.signatures, sender=alice)
    assert corrections.rebinding(token_id).to == bob


def test_rebind__same_report_again__reverts_and_does_not_restart_the_week(
    corrections: Any,
    announced: Callable[..., Signed],
    minted: Callable[..., Signed],
    chain: Any,
    alice: Any,
    bob: Any,
) -> None:
    token_id = minted(alice).token_id
    signed = announced(token_id, alice, bob)
    before = tuple(corrections.rebinding(token_id))
    chain.mine(deltatime=60)
    with ape.reverts(ANNOUNCED):
        corrections.rebind(signed.report, signed.signatures, sender=bob)
    assert tuple(corrections.rebinding(token_id)) == before


def test_rebind__another_report__takes_the_place_of_the_earlier_for_good(
    corrections: Any,
    announced: Callable[..., Signed],
    minted: Callable[..., Signed],
    chain: Any,
    owner: Any,
    alice: Any,
    bob: Any,
) -> None:
    token_id = minted(alice).token_id
    first = announced(token_id, alice, bob)
    earliest = corrections.rebinding(token_id).effective_at
    chain.mine(deltatime=60)
    announced(token_id, alice, owner)
    after = corrections.rebinding(token_id)
    assert after.to == owner and after.effective_at >= earliest + 60
    with ape.reverts(ANNOUNCED):
        corrections.rebind(first.report, first.signatures, sender=bob)


def test_rebind__earlier_report_held_back_by_a_relayer__takes_the_place_until_the_holder_refuses(
    corrections: Any,
    correcting: Corrections,
    announced: Callable[..., Signed],
    minted: Callable[..., Signed],
    owner: Any,
    alice: Any,
    bob: Any,
    now: int,
) -> None:
    token_id = minted(alice).token_id
    held_back = correcting.rebind(token_id, alice, bob, now, valid_until=now + 1800)
    announced(token_id, alice, owner)
    corrections.rebind(held_back.report, held_back.signatures, sender=bob)
    assert corrections.rebinding(token_id).to == bob
    corrections.refuse_rebind(token_id, sender=alice)
    assert corrections.rebinding(token_id).to == NOBODY


@pytest.mark.parametrize("field", ["certificate", "to", "evidence"])
def test_rebind__changed_after_signing__reverts(
    corrections: Any,
    correcting: Corrections,
    minted: Callable[..., Signed],
    owner: Any,
    alice: Any,
    bob: Any,
    now: int,
    field: str,
) -> None:
    first, second = minted(alice), minted(alice)
    signed = correcting.rebind(first.token_id, alice, bob, now)
    other = correcting.rebind(second.token_id, alice, owner, now, evidence=b"\x67" * 32)
    with pytest.raises(ape.exceptions.ContractLogicError, match="council: "):
        corrections.rebind(signed.report | {field: other.report[field]}, signed.signatures, sender=bob)


def test_rebind__minority_strangers_or_a_removed_signer__reverts(
    corrections: Any,
    correcting: Corrections,
    council: Any,
    guardian: Any,
    keys: list[LocalAccount],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
    now: int,
) -> None:
    token_id = minted(alice).token_id
    signed = correcting.rebind(token_id, alice, bob, now)
    with ape.reverts("council: too few signatures"):
        corrections.rebind(signed.report, signed.signatures[:1], sender=bob)
    with ape.reverts("council: not a signer of this epoch"):
        corrections.rebind(signed.report, sign(signed.digest, make_keys(2, "stranger")), sender=bob)
    council.remove(keys[0].address, sender=guardian)
    with ape.reverts("council: not a signer of this epoch"):
        corrections.rebind(signed.report, signed.signatures, sender=bob)
    corrections.rebind(signed.report, sign(signed.digest, keys[1:]), sender=bob)
    assert corrections.rebinding(token_id).epoch == 2
