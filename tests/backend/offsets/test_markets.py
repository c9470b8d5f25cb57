"""Several markets behind one counter: one that is away takes nothing from the others."""

from __future__ import annotations

import dataclasses

import httpx
import pytest
from market_clients import WIND, cnaught_at
from sandbox_server import SandboxServer

from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.cnaught.adapter import CNaught
from greenledger.offsets.errors import AmountNotOffered, MarketUnavailable, UnknownSource
from greenledger.offsets.isometric.adapter import Isometric
from greenledger.offsets.markets import Markets

TONNE_UG = 10**12
NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
def counter(market: Carbonmark, cnaught: CNaught, isometric: Isometric) -> Markets:
    return Markets({"carbonmark": market, "cnaught": cnaught, "isometric": isometric})


async def test_listing__of_three_markets__is_merged_cheapest_first_and_names_the_market(
    counter: Markets,
) -> None:
    listing = await counter.listing()
    prices = [offer.price_usd_per_tonne for offer in listing.projects]
    assert prices == sorted(prices) and listing.warnings == ()
    assert [offer.market for offer in listing.projects].count("carbonmark") == 4
    assert {offer.market for offer in listing.projects} == {"carbonmark", "cnaught", "isometric"}
    assert len({offer.source_id for offer in listing.projects}) == len(listing.projects)


async def test_listing__one_market_away__has_the_others_and_a_warning(
    market: Carbonmark, client: httpx.AsyncClient
) -> None:
    counter = Markets({"carbonmark": market, "cnaught": cnaught_at(client, NOWHERE)})
    listing = await counter.listing()
    assert {offer.market for offer in listing.projects} == {"carbonmark"}
    (warning,) = listing.warnings
    assert warning.startswith("cnaught: ") and "ConnectError" in warning


async def test_listing__all_markets_away__is_unavailable_and_names_each(client: httpx.AsyncClient) -> None:
    away = {name: cnaught_at(client, NOWHERE) for name in ("one", "two")}
    with pytest.raises(MarketUnavailable, match=r"one: .*; two: "):
        await Markets(away).listing()


async def test_listing__market_asks_to_wait__hands_the_shortest_wait_on(
    market: Carbonmark, cnaught: CNaught, sandbox: SandboxServer
) -> None:
    sandbox.switch_faults(
        {"kind": "429", "on": "GET /prices", "times": 9, "seconds": 50},
        {"kind": "429", "on": "POST /cnaught/v1/quotes", "times": 9, "seconds": 20},
    )
    with pytest.raises(MarketUnavailable) as caught:
        await Markets({"carbonmark": market, "cnaught": cnaught}).listing()
    assert caught.value.retry_after_s == 20


async def test_quote__goes_to_the_market_that_has_the_offer(counter: Markets, sandbox: SandboxServer) -> None:
    sources = (sandbox.source_id(), WIND.source_id, "isometric:ctb_SANDBOX202400001")
    quotes = [await counter.quote(source, TONNE_UG) for source in sources]
    assert [quote.offer.market for quote in quotes] == ["carbonmark", "cnaught", "isometric"]


async def test_quote__amount_outside_the_offer__is_the_markets_own_refusal(counter: Markets) -> None:
    with pytest.raises(AmountNotOffered):
        await counter.quote("isometric:ctb_SANDBOX202400001", 1)


async def test_quote__unknown_source__is_unknown_only_if_every_market_answered(
    market: Carbonmark, client: httpx.AsyncClient
) -> None:
    with pytest.raises(UnknownSource):
        await Markets({"carbonmark": market}).quote("nothing", TONNE_UG)
    partly = Markets({"carbonmark": market, "cnaught": cnaught_at(client, NOWHERE)})
    with pytest.raises(MarketUnavailable, match="cnaught"):
        await partly.quote("nothing", TONNE_UG)


async def test_quote__of_a_market_that_works__does_not_mind_another_that_is_away(
    market: Carbonmark, client: httpx.AsyncClient, sandbox: SandboxServer
) -> None:
    partly = Markets({"carbonmark": market, "cnaught": cnaught_at(client, NOWHERE)})
    quote = await partly.quote(sandbox.source_id(), TONNE_UG)
    assert quote.offer.market == "carbonmark"


async def test_offers__of_every_market__say_none_where_nothing_is_told(counter: Markets) -> None:
    fields = {field.name for field in dataclasses.fields((await counter.projects())[0])}
    by_market = {offer.market: offer for offer in await counter.projects()}
    assert {"kind", "methodology", "removal", "labels", "not_told"} <= fields
    assert by_market["carbonmark"].removal is None and by_market["carbonmark"].labels is None
    assert by_market["cnaught"].labels is None
    assert by_market["isometric"].kind is None
