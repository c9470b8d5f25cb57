"""`set_token`: the owner says which tokens new orders may be paid in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from conftest import compile_mock
from reports import NOBODY, Quote


def test_set_token__by_the_owner__allows_and_stops(desk: Any, owner: Any) -> None:
    token = owner.deploy(compile_mock("token_usdt"))
    assert not desk.is_token_allowed(token)
    for allowed in (True, False):
        receipt = desk.set_token(token, allowed, sender=owner)
        assert desk.is_token_allowed(token) is allowed
        (was_set,) = receipt.decode_logs(desk.TokenSet)
        assert (was_set.token, was_set.allowed) == (token, allowed)


def test_set_token__by_anyone_else__reverts(desk: Any, usdc: Any, seller: Any, bob: Any) -> None:
    for stranger in (seller, bob):
        with ape.reverts("ownable: caller is not the owner"):
            desk.set_token(usdc, False, sender=stranger)


@pytest.mark.parametrize("token", [NOBODY, "0x" + "99" * 20])
def test_set_token__no_contract__cannot_be_allowed_but_stopped(desk: Any, owner: Any, token: str) -> None:
    with ape.reverts("desk: token is not a contract"):
        desk.set_token(token, True, sender=owner)
    desk.set_token(token, False, sender=owner)
    assert not desk.is_token_allowed(token)


def test_set_token__stopped__does_not_touch_open_orders(
    desk: Any, owner: Any, opened: Callable[..., Quote], usdc: Any, seller: Any
) -> None:
    quote = opened()
    desk.set_token(usdc, False, sender=owner)
    desk.decline(quote.order, sender=seller)
    assert desk.order_state(quote.id) == 3
