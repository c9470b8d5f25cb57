"""`refuse_rebind`: the holder, and nobody else, says that the wallet is not lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
from reports import NOBODY, Signed

NOT_HOLDER = "corrections: caller does not hold the certificate"
NOTHING = "corrections: no rebind is announced"


def test_refuse_rebind__by_the_holder__ends_the_announcement(
    credits: Any,
    corrections: Any,
    announced: Callable[..., Signed],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
) -> None:
    token_id = minted(alice).token_id
    announced(token_id, alice, bob)
    receipt = corrections.refuse_rebind(token_id, sender=alice)
    (event,) = receipt.decode_logs(corrections.RebindRefused)
    assert event.certificate == token_id
    assert tuple(corrections.rebinding(token_id)) == (NOBODY, 0, 0)
    with ape.reverts(NOTHING):
        corrections.refuse_rebind(token_id, sender=alice)


def test_refuse_rebind__by_anyone_else__reverts(
    corrections: Any,
    announced: Callable[..., Signed],
    minted: Callable[..., Signed],
    owner: Any,
    guardian: Any,
    alice: Any,
    bob: Any,
) -> None:
    token_id = minted(alice).token_id
    announced(token_id, alice, bob)
    for account in (owner, guardian, bob):
        with ape.reverts(NOT_HOLDER):
            corrections.refuse_rebind(token_id, sender=account)
    assert corrections.rebinding(token_id).to == bob


def test_refuse_rebind__nothing_announced__reverts(
    corrections: Any, minted: Callable[..., Signed], alice: Any
) -> None:
    with ape.reverts(NOTHING):
        corrections.refuse_rebind(minted(alice).token_id, sender=alice)
    with ape.reverts("credits: no such certificate"):
        corrections.refuse_rebind(1, sender=alice)


def test_refuse_rebind__refused_report_sent_again__reverts_and_a_new_one_does_not(
    corrections: Any,
    announced: Callable[..., Signed],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
) -> None:
    token_id = minted(alice).token_id
    signed = announced(token_id, alice, bob)
    corrections.refuse_rebind(token_id, sender=alice)
    with ape.reverts("corrections: report was already announced"):
        corrections.rebind(signed.report, signed.signatures, sender=bob)
    announced(token_id, alice, bob, evidence=b"\x67" * 32)
    assert corrections.rebinding(token_id).to == bob


def test_refuse_rebind__after_the_move__is_the_new_holders_right(
    credits: Any,
    corrections: Any,
    announced: Callable[..., Signed],
    complete: Callable[..., Any],
    minted: Callable[..., Signed],
    owner: Any,
    alice: Any,
    bob: Any,
) -> None:
    token_id = minted(alice).token_id
    announced(token_id, alice, bob)
    complete(token_id)
    announced(token_id, bob, owner)
    with ape.reverts(NOT_HOLDER):
        corrections.refuse_rebind(token_id, sender=alice)
    corrections.refuse_rebind(token_id, sender=bob)
    assert credits.ownerOf(token_id) == bob


def test_refuse_rebind__paused__is_not_stopped(
    credits: Any,
    corrections: Any,
    owner: Any,
    announced: Callable[..., Signed],
    minted: Callable[..., Signed],
    alice: Any,
    bob: Any,
) -> None:
    token_id = minted(alice).token_id
    announced(token_id, alice, bob)
    credits.pause(sender=owner)
    corrections.refuse_rebind(token_id, sender=alice)
    assert corrections.rebinding(token_id).to == NOBODY
