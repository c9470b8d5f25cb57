"""`pause` and `unpause`: by the owner alone; what they stop is tested beside each write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
from reports import Signed


def test_pause__by_the_owner_and_back__mints_again(
    credits: Any, owner: Any, minted: Callable[..., Signed], alice: Any
) -> None:
    credits.pause(sender=owner)
    assert credits.paused()
    credits.unpause(sender=owner)
    assert credits.ownerOf(minted(alice).token_id) == alice


def test_pause__by_anyone_else__reverts(credits: Any, owner: Any, alice: Any) -> None:
    with ape.reverts("ownable: caller is not the owner"):
        credits.pause(sender=alice)
    credits.pause(sender=owner)
    with ape.reverts("ownable: caller is not the owner"):
        credits.unpause(sender=alice)
