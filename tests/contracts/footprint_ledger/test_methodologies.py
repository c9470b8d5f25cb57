"""`approve_methodology` and `withdraw_methodology`: what new reports may be made with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
from reports import METHODOLOGY, ZERO, Footprints, Signed

OTHER = b"\x13" * 32
URI = "https://example.org/factors-2027"


def test_approve_methodology__by_the_owner__admits_its_reports(
    ledger: Any, owner: Any, recorded: Callable[..., Signed], alice: Any
) -> None:
    receipt = ledger.approve_methodology(OTHER, URI, sender=owner)
    (event,) = receipt.decode_logs(ledger.MethodologySet)
    assert (event.methodology, event.approved, event.uri) == (OTHER, True, URI)
    assert ledger.is_methodology_approved(OTHER)
    assert ledger.is_recorded(recorded(alice, methodology=OTHER).digest)


def test_approve_methodology__by_anyone_else__reverts(ledger: Any, alice: Any) -> None:
    with ape.reverts("ownable: caller is not the owner"):
        ledger.approve_methodology(OTHER, URI, sender=alice)


def test_approve_methodology__empty__reverts(ledger: Any, owner: Any) -> None:
    with ape.reverts("ledger: methodology is empty"):
        ledger.approve_methodology(ZERO, URI, sender=owner)


def test_withdraw_methodology__by_the_owner__keeps_records_and_admits_no_more(
    ledger: Any,
    owner: Any,
    recorded: Callable[..., Signed],
    footprints: Footprints,
    alice: Any,
    now: int,
) -> None:
    earlier = recorded(alice)
    receipt = ledger.withdraw_methodology(METHODOLOGY, sender=owner)
    (event,) = receipt.decode_logs(ledger.MethodologySet)
    assert (event.methodology, event.approved, event.uri) == (METHODOLOGY, False, "")
    assert ledger.is_recorded(earlier.digest)
    signed = footprints.make(alice, now)
    with ape.reverts("ledger: methodology is not approved"):
        ledger.record(signed.report, signed.signatures, sender=alice)


def test_withdraw_methodology__by_anyone_else__reverts(ledger: Any, alice: Any) -> None:
    with ape.reverts("ownable: caller is not the owner"):
        ledger.withdraw_methodology(METHODOLOGY, sender=alice)


def test_withdraw_methodology__not_approved__reverts(ledger: Any, owner: Any) -> None:
    with ape.reverts("ledger: methodology is not approved"):
        ledger.withdraw_methodology(OTHER, sender=owner)
