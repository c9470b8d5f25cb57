"""`set_corrections`: named once and for good, by the owner."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from reports import NOBODY


@pytest.fixture
def unconnected(project: Any, owner: Any, council: Any, ledger: Any, art: Any) -> Any:
    """Certificates whose owner has set nothing yet."""
    return owner.deploy(project.RetiredCredits, owner, council, ledger, art)


def test_set_corrections__by_the_owner__is_kept_for_good(
    project: Any, owner: Any, unconnected: Any, corrections: Any
) -> None:
    assert unconnected.corrections() == NOBODY
    own = owner.deploy(project.CertificateCorrections, unconnected)
    unconnected.set_corrections(own, sender=owner)
    assert unconnected.corrections() == own
    for again in (corrections, own):
        with ape.reverts("credits: corrections are already set"):
            unconnected.set_corrections(again, sender=owner)


def test_set_corrections__by_anyone_else__reverts(
    unconnected: Any, owner: Any, alice: Any, corrections: Any
) -> None:
    with ape.reverts("ownable: caller is not the owner"):
        unconnected.set_corrections(corrections, sender=alice)
    assert unconnected.corrections() == NOBODY


def test_set_corrections__no_contract__reverts(unconnected: Any, owner: Any, bob: Any) -> None:
    for account in (bob, NOBODY):
        with ape.reverts("credits: corrections are not a contract"):
            unconnected.set_corrections(account, sender=owner)
    assert unconnected.corrections() == NOBODY


def test_set_corrections__of_other_certificates__reverts(
    unconnected: Any, owner: Any, credits: Any, corrections: Any
) -> None:
    assert corrections.CREDITS() == credits
    with ape.reverts("credits: corrections are for another contract"):
        unconnected.set_corrections(corrections, sender=owner)
    assert unconnected.corrections() == NOBODY
