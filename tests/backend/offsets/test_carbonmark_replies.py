"""Replies that the market's guide leaves open, and replies that nobody should believe."""

from __future__ import annotations

from typing import Any

import pytest
from scripted_server import Answer, ScriptedServer, as_json

from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.errors import MarketUnavailable, ProofUnusable
from greenledger.offsets.market import OrderState

QUOTE = "0f3a9d3c-6f0b-4c57-9a57-5f0e2b1c7a11"
HASH = "0x" + "1e" * 32
RETIREMENT = f"8453-{HASH}-2"
BUYER = "0x" + "ab" * 20


def order(**changes: Any) -> dict[str, Any]:
    usual = {
        "status": "COMPLETED",
        "quote": {"uuid": QUOTE, "quantity_tonnes": 1.5, "cost_usdc": 4.9, "consumed": 1},
        "transaction_hash": HASH,
        "view_retirement_url": None,
        "beneficiary_name": "Team",
        "beneficiary_address": BUYER,
    }
    return usual | changes


def retirement(**changes: Any) -> dict[str, Any]:
    usual = {
        "id": RETIREMENT,
        "amount": 1.5,
        "hash": HASH,
        "timestamp": 1760000000,
        "beneficiaryAddress": BUYER,
        "beneficiaryName": "Team",
        "creditId": {"projectId": "ICR-112", "vintage": 2021},
    }
    return usual | changes


def price(**changes: Any) -> dict[str, Any]:
    usual = {
        "sourceId": "listing-8453-0x01",
        "type": "listing",
        "purchasePrice": 3,
        "supply": 10,
        "minFillAmount": 0.001,
        "listing": {"creditId": {"vintage": 2021, "projectId": "ICR-112"}},
    }
    return usual | changes


@pytest.mark.parametrize("shape", ["object", "array"])
async def test_order__as_object_or_array__is_understood(
    odd_market: Carbonmark, scripted: ScriptedServer, shape: str
) -> None:
    scripted.will("GET /orders", as_json(order() if shape == "object" else [order()]))
    scripted.will("GET /retirements", as_json([retirement()]))
    found = await odd_market.poll(QUOTE)
    assert found is not None and (found.state, found.retirement) == (OrderState.RETIRED, RETIREMENT)


@pytest.mark.parametrize("nothing", [[], None])
async def test_order__none_yet__is_none(
    odd_market: Carbonmark, scripted: ScriptedServer, nothing: object
) -> None:
    scripted.will("GET /orders", as_json(nothing))
    assert await odd_market.poll(QUOTE) is None


async def test_order__answered_404__is_none(odd_market: Carbonmark, scripted: ScriptedServer) -> None:
    scripted.will("GET /orders", as_json({"message": "not found"}, 404))
    assert await odd_market.poll(QUOTE) is None


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("SUBMITTED", OrderState.PENDING),
        ("AWAITING_REGISTRY", OrderState.PENDING),
        ("failed", OrderState.FAILED),
        ("CANCELLED", OrderState.FAILED),
    ],
)
async def test_order__status__is_mapped_and_an_unknown_one_waits(
    odd_market: Carbonmark, scripted: ScriptedServer, status: str, state: OrderState
) -> None:
    scripted.will("GET /orders", as_json(order(status=status, transaction_hash=None)))
    found = await odd_market.poll(QUOTE)
    assert found is not None and found.state is state


async def test_order__completed_but_not_indexed__is_still_pending(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    scripted.will("GET /orders", as_json(order()))
    scripted.will("GET /retirements", as_json([]))
    found = await odd_market.poll(QUOTE)
    assert found is not None and found.state is OrderState.PENDING


async def test_order__view_url_with_the_unified_id__needs_no_search(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    scripted.will("GET /orders", as_json(order(view_retirement_url=f"https://market.test/r/{RETIREMENT}")))
    found = await odd_market.poll(QUOTE)
    assert found is not None and found.retirement == RETIREMENT
    assert scripted.count("GET /retirements") == 0


async def test_order__view_url_of_another_transaction__is_not_believed(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    foreign = "https://market.test/r/8453-0x" + "2f" * 32 + "-0"
    scripted.will("GET /orders", as_json(order(view_retirement_url=foreign)))
    scripted.will("GET /retirements", as_json([retirement()]))
    found = await odd_market.poll(QUOTE)
    assert found is not None and found.retirement == RETIREMENT


async def test_order__batched_with_others__takes_the_one_that_fits(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    others = [
        retirement(id=f"8453-{HASH}-0", amount=1.6),
        retirement(id=f"8453-{HASH}-1", beneficiaryAddress="0x" + "cd" * 20),
        retirement(id=f"8453-{HASH}-3", beneficiaryName="Others"),
    ]
    scripted.will("GET /orders", as_json(order()))
    scripted.will("GET /retirements", as_json([*others, retirement()]))
    found = await odd_market.poll(QUOTE)
    assert found is not None and found.retirement == RETIREMENT


async def test_order__two_fit_alike__is_refused_rather_than_guessed(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    scripted.will("GET /orders", as_json(order()))
    scripted.will("GET /retirements", as_json([retirement(), retirement(id=f"8453-{HASH}-5")]))
    with pytest.raises(ProofUnusable, match="2 in one transaction"):
        await odd_market.poll(QUOTE)


async def test_order__id_by_beneficiary__is_unusable_because_it_names_no_transaction(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    scripted.will("GET /orders", as_json(order()))
    scripted.will("GET /retirements", as_json([retirement(id=f"137-{BUYER}-4")]))
    with pytest.raises(ProofUnusable, match=r"retirements\[\].id"):
        await odd_market.poll(QUOTE)


@pytest.mark.parametrize(
    ("reply", "field"),
    [
        (order(quote={"uuid": "another", "quantity_tonnes": 1}), "quote.uuid"),
        (order(quote=None), "quote.uuid"),
        (order(status=None), "status"),
        (order(quote={"uuid": QUOTE, "quantity_tonnes": "x"}), "quantity_tonnes"),
        ([order(), order()], "one order for one quote"),
        ("COMPLETED", "order"),
    ],
)
async def test_order__not_ours_or_not_an_order__is_not_believed(
    odd_market: Carbonmark, scripted: ScriptedServer, reply: object, field: str
) -> None:
    scripted.will("GET /orders", as_json(reply))
    with pytest.raises(MarketUnavailable, match=field):
        await odd_market.poll(QUOTE)


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
