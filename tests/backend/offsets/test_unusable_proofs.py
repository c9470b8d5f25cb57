"""Evidence that no certificate can be made of: read again a few times, and then the order ends."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from order_world import OPEN, World, at_once

from greenledger.offsets import happenings as h
from greenledger.offsets.errors import ProofUnusable
from greenledger.offsets.machine import Progress
from greenledger.offsets.market import Proof
from greenledger.offsets.steps import next_happening


@pytest.fixture
def world() -> World:
    """An order that the market says it has retired."""
    world = World()
    world.emit("opened", OPEN)
    world.follow()
    world.work()
    world.finish("retired")
    assert world.order.state == Progress.PLACED
    return world


def look(world: World) -> Any:
    return at_once(next_happening(world.order, world.parts, world.now))


def end_of(world: World) -> h.Spoiled:
    """What comes of the order after as many tries as the rules allow, each of which says what is wrong."""
    for _ in range(world.parts.rules.proof_tries):
        with pytest.raises(ProofUnusable):
            look(world)
        world.order.attempts += 1
    found = look(world)
    assert isinstance(found, h.Spoiled)
    return found


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"serials": "1" * 97}, "serials: expected printable text of 1 to 96 bytes"),
        ({"retired_at": 0}, "time"),
    ],
    ids=["serials too long", "no time"],
)
def test_proof__that_does_not_fit_into_a_certificate__ends_the_order_before_it_is_signed(
    world: World, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], says: str
) -> None:
    honest = world.proof

    async def unfit(reference: str) -> Proof:
        return dataclasses.replace(await honest(reference), **changes)

    monkeypatch.setattr(world, "proof", unfit)
    found = end_of(world)
    assert found.code == "proof_unusable" and says in found.detail
    world.tell(found)
    assert world.order.state == Progress.REFUNDING


@pytest.mark.parametrize("method", ["poll", "proof"])
def test_market__whose_list_or_proof_stays_unusable__ends_the_order(
    world: World, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    async def unusable(reference: str) -> Any:
        raise ProofUnusable("serial_number: is not understood")

    monkeypatch.setattr(world, method, unusable)
    found = end_of(world)
    assert (found.code, found.detail) == (
        "proof_unusable",
        "The marketplace's proof cannot be certified: serial_number: is not understood.",
    )


def test_proof__that_fits_after_all__is_taken(world: World) -> None:
    world.order.attempts = world.parts.rules.proof_tries - 1
    assert isinstance(look(world), h.Retired)
