"""What is refused before any money moves."""

from __future__ import annotations

import dataclasses

import httpx
import pytest
from order_bench import MESSAGE, NAME, TONNE_UG, OrderBench
from pydantic import SecretStr
from scripted_server import ScriptedServer, as_json

from greenledger.chain.client import ChainClient
from greenledger.chain.errors import ChainUnavailable
from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.carbonmark.http import CarbonmarkHttp
from greenledger.offsets.errors import MarketUnavailable
from greenledger.offsets.service import Offsets, OrderRefused


async def refused(offsets: Offsets, account: str, quote_id: str, name: str = NAME) -> tuple[str, str]:
    with pytest.raises(OrderRefused) as caught:
        await offsets.place_order(account, quote_id, name, MESSAGE)
    return caught.value.code, caught.value.field


async def test_order__on_a_chain_with_real_value__is_refused_because_nobody_pays(bench: OrderBench) -> None:
    quote = await bench.offsets.request_quote(bench.account, bench.sandbox.source_id(), TONNE_UG)
    elsewhere = dataclasses.replace(bench.offsets, local_chain=False)
    assert await refused(elsewhere, bench.account, quote.id) == ("payment_not_available", "quote_id")
    assert await bench.offsets.orders(bench.account) == []


async def test_order__of_an_expired_quote__is_refused_and_nothing_is_stored(bench: OrderBench) -> None:
    quote = await bench.offsets.request_quote(bench.account, bench.sandbox.source_id(), TONNE_UG)
    bench.clock.now = quote.expires_at
    assert await refused(bench.offsets, bench.account, quote.id) == ("quote_expired", "quote_id")
    assert await bench.offsets.orders(bench.account) == []


async def test_order__repeated_after_its_quote_expired__is_still_the_same_order(bench: OrderBench) -> None:
    quote = await bench.offsets.request_quote(bench.account, bench.sandbox.source_id(), TONNE_UG)
    first, is_new = await bench.offsets.place_order(bench.account, quote.id, NAME, MESSAGE)
    bench.clock.now = quote.expires_at + 1
    again, is_new_again = await bench.offsets.place_order(bench.account, quote.id, NAME, MESSAGE)
    assert (first.id, is_new, is_new_again) == (again.id, True, False)


async def test_order__unknown_quote__is_refused(bench: OrderBench) -> None:
    assert await refused(bench.offsets, bench.account, "0" * 32) == ("unknown_quote", "quote_id")


async def test_offsets__node_without_a_marketplace__says_so(bench: OrderBench) -> None:
    without = dataclasses.replace(bench.offsets, market=None)
    with pytest.raises(MarketUnavailable, match="without a marketplace"):
        await without.projects()
    with pytest.raises(MarketUnavailable, match="without a marketplace"):
        await without.place_order(bench.account, "0" * 32, NAME, MESSAGE)


async def test_quote__registry_that_is_not_switched_on__is_refused_and_named(
    bench: OrderBench, scripted: ScriptedServer, client: httpx.AsyncClient
) -> None:
    credit = {"creditId": {"vintage": 2021, "projectId": "ABC-7"}}
    price = {"sourceId": "s", "purchasePrice": 3, "supply": 10, "minFillAmount": 0.001, "listing": credit}
    reply = {"uuid": "u", "asset_price_source_id": "s", "quantity_tonnes": 1, "cost_usdc": 3, "consumed": 0}
    scripted.will("GET /prices", as_json([price]))
    scripted.will("GET /carbonProjects", as_json({"items": []}))
    scripted.will("POST /quotes", as_json(reply))
    bench.market = Carbonmark(CarbonmarkHttp(client, scripted.url, SecretStr("key")))
    with pytest.raises(OrderRefused, match="registry abc") as caught:
        await bench.offsets.request_quote(bench.account, "s", TONNE_UG)
    assert caught.value.code == "registry_not_accepted"


async def test_quote__chain_down__is_refused_before_it_is_stored(bench: OrderBench) -> None:
    async with ChainClient("http://127.0.0.1:1", bench.deployed.deployment) as down:
        bench.chain = down
        with pytest.raises(ChainUnavailable):
            await bench.offsets.request_quote(bench.account, bench.sandbox.source_id(), TONNE_UG)


async def test_order__chain_down__is_read_only_while_it_is_not_signed(bench: OrderBench) -> None:
    order_id = await bench.place()
    await bench.until(order_id, "cosigned")
    placed_id = await bench.place()
    async with ChainClient("http://127.0.0.1:1", bench.deployed.deployment) as down:
        bench.chain = down
        assert (await bench.offsets.order(bench.account, placed_id)).state == "paid"
        with pytest.raises(ChainUnavailable):
            await bench.offsets.order(bench.account, order_id)
