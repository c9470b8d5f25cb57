"""`set_operator`: an account lets another one record its reports, and can stop it."""

from __future__ import annotations

from typing import Any

import ape
from reports import Footprints


def test_set_operator__approved__is_logged_and_readable(ledger: Any, alice: Any, bob: Any) -> None:
    assert not ledger.is_operator(alice, bob)
    receipt = ledger.set_operator(bob, True, sender=alice)
    assert ledger.is_operator(alice, bob)
    assert not ledger.is_operator(bob, alice)
    (event,) = receipt.decode_logs(ledger.OperatorSet)
    assert (event.account, event.operator, event.approved) == (alice, bob, True)


def test_set_operator__withdrawn__can_no_longer_record(
    ledger: Any, footprints: Footprints, alice: Any, bob: Any, now: int
) -> None:
    ledger.set_operator(bob, True, sender=alice)
    ledger.set_operator(bob, False, sender=alice)
    signed = footprints.make(alice, now)
    with ape.reverts("ledger: caller is not the account or its operator"):
        ledger.record(signed.report, signed.signatures, sender=bob)
