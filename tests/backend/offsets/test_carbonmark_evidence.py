"""Offers, quotes and proofs with holes, oddities and lies in them."""

from __future__ import annotations

from typing import Any

import pytest
from replies import HASH, QUOTE, RETIREMENT, price, retirement
from scripted_server import Answer, ScriptedServer, as_json

from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.errors import MarketUnavailable, ProofUnusable


@pytest.mark.parametrize(
    "changes",
    [
        {"supply": None},
        {"supply": "1e400"},
        {"purchasePrice": -1},
        {"purchasePrice": True},
        {"minFillAmount": 1e-15},
        {"listing": None},
        {"listing": {"creditId": {"vintage": 20210, "projectId": "ICR-112"}}},
        {"listing": {"creditId": {"vintage": 2021, "projectId": "no registry"}}},
        {"listing": {"creditId": {"vintage": 2021, "projectId": "ICR-" + "1" * 40}}},
        {"sourceId": 5},
    ],
)
async def test_offers__one_unusable_entry__does_not_hide_the_others(
    odd_market: Carbonmark, scripted: ScriptedServer, changes: dict[str, Any]
) -> None:
    scripted.will("GET /prices", as_json([price(**changes), price(), "nonsense", None]))
    scripted.will("GET /carbonProjects", as_json({"items": []}))
    (offer,) = await odd_market.projects()
    assert (offer.source_id, offer.name, offer.registry) == ("listing-8453-0x01", "ICR-112", "icr")


async def test_offers__project_pages_that_never_end__are_read_up_to_the_first_repetition(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    scripted.will("GET /prices", as_json([price()]))
    scripted.will("GET /carbonProjects", as_json({"items": [{"key": "ICR-112", "name": "Real name"}]}))
    (offer,) = await odd_market.projects()
    assert offer.name == "Real name"
    assert scripted.count("GET /carbonProjects") == 2


async def test_offers__asked_twice_at_once__are_read_once(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    scripted.will("GET /prices", as_json([price()]))
    scripted.will("GET /carbonProjects", as_json({"items": []}))
    await odd_market.projects()
    await odd_market.projects()
    assert scripted.count("GET /prices") == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"quantity_tonnes": 1.6}, "quantity_tonnes"),
        ({"asset_price_source_id": "listing-8453-0x02"}, "asset_price_source_id"),
        ({"uuid": None}, "uuid"),
        ({"cost_usdc": "free"}, "cost_usdc"),
        ({"cost_usdc": -4.9}, "cost_usdc"),
    ],
)
async def test_quote__that_is_not_what_was_asked_for__is_not_believed(
    odd_market: Carbonmark, scripted: ScriptedServer, changes: dict[str, Any], field: str
) -> None:
    good = {
        "uuid": QUOTE,
        "asset_price_source_id": "listing-8453-0x01",
        "quantity_tonnes": 1.5,
        "cost_usdc": 4.9,
        "consumed": 0,
    }
    scripted.will("GET /prices", as_json([price()]))
    scripted.will("GET /carbonProjects", as_json({"items": []}))
    scripted.will("POST /quotes", as_json(good | changes))
    with pytest.raises(MarketUnavailable, match=field):
        await odd_market.quote("listing-8453-0x01", 1_500_000_000_000)
    (asked,) = [asked for asked in scripted.asked if asked.path == "/quotes"]
    assert asked.body == b'{"asset_price_source_id":"listing-8453-0x01","quantity_tonnes":1.5}'


@pytest.mark.parametrize(
    ("provenance", "serials"),
    [
        ([{"registrySerialNumbers": ["A-1-9", "A-1-9"]}, {"registrySerialNumbers": ["B-2"]}], "A-1-9, B-2"),
        ([], RETIREMENT),
        ([{"registrySerialNumbers": ["x" * 97]}], RETIREMENT),
        ([{"registrySerialNumbers": ["A-1\n9"]}], RETIREMENT),
        ([{"registrySerialNumbers": None}, {"registrySerialNumbers": [5, " "]}], RETIREMENT),
        (None, RETIREMENT),
    ],
)
async def test_serials__are_the_registrys__or_else_the_retirements_id(
    odd_market: Carbonmark, scripted: ScriptedServer, provenance: object, serials: str
) -> None:
    scripted.will(f"GET /retirements/{RETIREMENT}", as_json(retirement()))
    status = 404 if provenance is None else 200
    scripted.will(f"GET /retirements/{RETIREMENT}/provenance", as_json(provenance, status))
    assert (await odd_market.proof(RETIREMENT)).serials == serials


async def test_serials__provenance_down__makes_the_proof_wait_instead_of_guessing(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    scripted.will(f"GET /retirements/{RETIREMENT}", as_json(retirement()))
    scripted.will(f"GET /retirements/{RETIREMENT}/provenance", Answer(b"", 503, {"retry-after": "0"}))
    with pytest.raises(MarketUnavailable):
        await odd_market.proof(RETIREMENT)


@pytest.mark.parametrize(
    "changes", [{"id": f"8453-{HASH}-3"}, {"hash": "0x" + "2f" * 32}, {"hash": None}, {"id": None}]
)
async def test_proof__of_something_else__is_unusable(
    odd_market: Carbonmark, scripted: ScriptedServer, changes: dict[str, Any]
) -> None:
    scripted.will(f"GET /retirements/{RETIREMENT}", as_json(retirement(**changes)))
    with pytest.raises(ProofUnusable, match="id and hash"):
        await odd_market.proof(RETIREMENT)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": None}, "amount"),
        ({"amount": -1}, "amount"),
        ({"timestamp": 1.5}, "timestamp"),
        ({"creditId": None}, "creditId"),
        ({"creditId": {"projectId": "ICR-112"}}, "vintage"),
        ({"beneficiaryName": ""}, "beneficiaryName"),
        ({"beneficiaryAddress": None}, "beneficiaryAddress"),
    ],
)
async def test_proof__with_a_hole__names_the_field(
    odd_market: Carbonmark, scripted: ScriptedServer, changes: dict[str, Any], field: str
) -> None:
    scripted.will(f"GET /retirements/{RETIREMENT}", as_json(retirement(**changes)))
    with pytest.raises(MarketUnavailable, match=field):
        await odd_market.proof(RETIREMENT)
