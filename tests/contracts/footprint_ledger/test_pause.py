"""`pause` and `unpause`: by the owner alone; what they stop is tested beside each write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
from reports import Signed


def test_pause__by_the_owner_and_back__records_again(
    ledger: Any, owner: Any, recorded: Callable[..., Signed], alice: Any
) -> None:
    ledger.pause(sender=owner)
    assert ledger.paused()
    ledger.unpause(sender=owner)
    assert not ledger.paused()
    assert ledger.is_recorded(recorded(alice).digest)


def test_pause__by_anyone_else__reverts(ledger: Any, owner: Any, alice: Any) -> None:
    with ape.reverts("ownable: caller is not the owner"):
        ledger.pause(sender=alice)
    ledger.pause(sender=owner)
    with ape.reverts("ownable: caller is not the owner"):
        ledger.unpause(sender=alice)


def test_pause__twice__reverts(ledger: Any, owner: Any) -> None:
    with ape.reverts("pausable: contract is not paused"):
        ledger.unpause(sender=owner)
    ledger.pause(sender=owner)
    with ape.reverts("pausable: contract is paused"):
        ledger.pause(sender=owner)
