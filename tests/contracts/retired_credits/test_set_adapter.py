"""`set_adapter`: the owner alone decides which contracts mint without the council."""

from __future__ import annotations

from typing import Any

import ape


def test_set_adapter__by_the_owner_and_back__is_logged_and_kept(
    credits: Any, council: Any, owner: Any
) -> None:
    assert not credits.is_adapter(council)
    for approved in (True, False):
        receipt = credits.set_adapter(council, approved, sender=owner)
        (event,) = receipt.decode_logs(credits.AdapterSet)
        assert (event.adapter, event.approved) == (council, approved)
        assert credits.is_adapter(council) is approved


def test_set_adapter__by_anyone_else__reverts(
    credits: Any, council: Any, guardian: Any, adapter: Any
) -> None:
    for approved in (True, False):
        with ape.reverts("ownable: caller is not the owner"):
            credits.set_adapter(adapter, approved, sender=guardian)
    assert credits.is_adapter(adapter)


def test_set_adapter__account_without_code__reverts_unless_it_is_withdrawn(
    credits: Any, owner: Any, bob: Any
) -> None:
    with ape.reverts("credits: adapter is not a contract"):
        credits.set_adapter(bob, True, sender=owner)
    credits.set_adapter(bob, False, sender=owner)
    assert not credits.is_adapter(bob)
