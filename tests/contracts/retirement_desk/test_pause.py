"""`pause` and `unpause`: by the owner alone; what they stop, and what not, is tested beside each function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
from reports import Quote


def test_pause__by_the_owner_and_back__opens_again(
    desk: Any, owner: Any, opened: Callable[..., Quote]
) -> None:
    desk.pause(sender=owner)
    assert desk.paused()
    desk.unpause(sender=owner)
    assert desk.order_state(opened().id) == 1


def test_pause__by_anyone_else__reverts(desk: Any, owner: Any, seller: Any) -> None:
    with ape.reverts("ownable: caller is not the owner"):
        desk.pause(sender=seller)
    desk.pause(sender=owner)
    with ape.reverts("ownable: caller is not the owner"):
        desk.unpause(sender=seller)
