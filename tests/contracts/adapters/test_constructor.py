"""What each adapter is deployed with."""

from __future__ import annotations

from typing import Any

import ape
import pytest

NOBODY = "0x" + "00" * 20


def test_constructor__every_adapter__keeps_its_neighbours(
    toucan: Any, klima: Any, puro: Any, credits: Any, aggregator: Any, escrow: Any, owner: Any
) -> None:
    for adapter in (toucan, klima, puro):
        assert (adapter.owner(), adapter.CREDITS(), adapter.reference_count()) == (owner, credits, 0)
    assert (klima.AGGREGATOR(), puro.ESCROW()) == (aggregator, escrow)


@pytest.mark.parametrize(
    ("contract", "neighbours"),
    [("ToucanAdapter", 0), ("KlimaAdapter", 1), ("RequestAdapter", 2)],
)
def test_constructor__no_owner_or_no_credits__reverts(
    project: Any, credits: Any, owner: Any, bob: Any, contract: str, neighbours: int
) -> None:
    factory = getattr(project, contract)
    more = [credits] * neighbours
    with ape.reverts("adapter: owner is empty"):
        owner.deploy(factory, NOBODY, credits, *more)
    with ape.reverts("adapter: credits is not a contract"):
        owner.deploy(factory, owner, bob, *more)


def test_constructor__neighbour_without_code__reverts(
    project: Any, credits: Any, escrow: Any, owner: Any, bob: Any
) -> None:
    with ape.reverts("adapter: aggregator is not a contract"):
        owner.deploy(project.KlimaAdapter, owner, credits, bob)
    with ape.reverts("adapter: escrow is not a contract"):
        owner.deploy(project.RequestAdapter, owner, credits, bob, escrow)
    with ape.reverts("adapter: holder is not a contract"):
        owner.deploy(project.RequestAdapter, owner, credits, escrow, bob)


@pytest.mark.parametrize("name", ["toucan", "klima", "puro"])
def test_ownership__offered_and_accepted__changes_who_lists(
    adapters: dict[str, Any], credits: Any, owner: Any, bob: Any, name: str
) -> None:
    adapter = adapters[name]
    adapter.transfer_ownership(bob, sender=owner)
    assert (adapter.owner(), adapter.pending_owner()) == (owner, bob)
    adapter.accept_ownership(sender=bob)
    adapter.set_listing(credits, 1, b"icr".ljust(32, b"\0"), "P", 2021, True, sender=bob)
    with ape.reverts("ownable: caller is not the owner"):
        adapter.set_listing(credits, 1, b"icr".ljust(32, b"\0"), "P", 2021, True, sender=owner)
