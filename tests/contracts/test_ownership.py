"""Ownership of the three governed contracts: offered, accepted, never given up."""

from __future__ import annotations

from typing import Any

import ape
import pytest

GOVERNED = ["council", "ledger", "credits"]


@pytest.fixture(params=GOVERNED)
def governed(request: pytest.FixtureRequest, council: Any, ledger: Any, credits: Any) -> Any:
    return {"council": council, "ledger": ledger, "credits": credits}[request.param]


def test_transfer_ownership__offered_and_accepted__moves(governed: Any, owner: Any, alice: Any) -> None:
    governed.transfer_ownership(alice, sender=owner)
    assert (governed.owner(), governed.pending_owner()) == (owner, alice)
    governed.accept_ownership(sender=alice)
    assert governed.owner() == alice


def test_transfer_ownership__by_anyone_else__reverts(governed: Any, alice: Any) -> None:
    with ape.reverts("ownable: caller is not the owner"):
        governed.transfer_ownership(alice, sender=alice)


def test_accept_ownership__not_offered__reverts(governed: Any, owner: Any, alice: Any, bob: Any) -> None:
    governed.transfer_ownership(alice, sender=owner)
    with ape.reverts("ownable_2step: caller is not the new owner"):
        governed.accept_ownership(sender=bob)


def test_renounce_ownership__any_contract__is_not_offered(governed: Any) -> None:
    names = {method.name for method in governed.contract_type.abi if method.type == "function"}
    assert "transfer_ownership" in names
    assert "renounce_ownership" not in names
