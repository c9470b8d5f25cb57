"""`set_listing`: the owner alone says what a token stands for. The same module serves all adapters."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from reports import REGISTRY

from .conftest import PROJECT, VINTAGE, mock

LISTING = (REGISTRY, PROJECT, VINTAGE, True)
UNLISTED = (bytes(32), "", 0, False)


@pytest.fixture
def token(owner: Any) -> Any:
    return owner.deploy(mock("tco2"))


@pytest.mark.parametrize("name", ["toucan", "klima", "puro"])
def test_set_listing__every_adapter__keeps_and_logs_it(
    adapters: dict[str, Any], token: Any, owner: Any, name: str
) -> None:
    adapter = adapters[name]
    assert tuple(adapter.listing(token, 0)) == UNLISTED
    receipt = adapter.set_listing(token, 0, *LISTING, sender=owner)
    assert tuple(adapter.listing(token, 0)) == LISTING
    (event,) = receipt.decode_logs(adapter.ListingSet)
    assert (event.token, event.token_id, event.registry) == (token, 0, REGISTRY)
    assert (event.project, event.vintage, event.enabled) == (PROJECT, VINTAGE, True)


@pytest.mark.parametrize("name", ["toucan", "klima", "puro"])
def test_set_listing__not_the_owner__reverts(
    adapters: dict[str, Any], token: Any, alice: Any, name: str
) -> None:
    adapter = adapters[name]
    with ape.reverts("ownable: caller is not the owner"):
        adapter.set_listing(token, 0, *LISTING, sender=alice)


def test_set_listing__again__replaces_what_was_said(toucan: Any, token: Any, owner: Any) -> None:
    toucan.set_listing(token, 0, *LISTING, sender=owner)
    toucan.set_listing(token, 0, b"puro".ljust(32, b"\0"), "PURO-7", 2024, False, sender=owner)
    assert tuple(toucan.listing(token, 0)) == (b"puro".ljust(32, b"\0"), "PURO-7", 2024, False)


def test_set_listing__not_a_contract__reverts(toucan: Any, owner: Any, alice: Any) -> None:
    with ape.reverts("adapter: token is not a contract"):
        toucan.set_listing(alice, 0, *LISTING, sender=owner)


@pytest.mark.parametrize(
    ("at", "value", "reason"),
    [
        (0, bytes(32), "adapter: registry is empty"),
        (1, "", "adapter: project is empty"),
        (2, 0, "adapter: vintage is empty"),
    ],
)
def test_set_listing__something_missing__reverts(
    toucan: Any, token: Any, owner: Any, at: int, value: Any, reason: str
) -> None:
    listing: list[Any] = list(LISTING)
    listing[at] = value
    with ape.reverts(reason):
        toucan.set_listing(token, 0, *listing, sender=owner)


@pytest.mark.parametrize("decimals", [6, 17, 19])
def test_set_listing__other_decimals_than_18__reverts(toucan: Any, owner: Any, decimals: int) -> None:
    token = owner.deploy(mock("tco2_hostile"), decimals)
    with ape.reverts("adapter: token must have 18 decimals"):
        toucan.set_listing(token, 0, *LISTING, sender=owner)


def test_set_listing__an_id_of_a_token_of_many_kinds__is_apart_from_the_others(
    klima: Any, credits: Any, owner: Any
) -> None:
    # Stands for an ERC-1155 contract, which has no decimals.
    klima.set_listing(credits, 7, *LISTING, sender=owner)
    assert tuple(klima.listing(credits, 7)) == LISTING
    assert tuple(klima.listing(credits, 0)) == UNLISTED
