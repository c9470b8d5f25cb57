"""CNaught's adapter against the sandbox: prices, orders placed once, states, calls."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal

import httpx
import pytest
from buying import CNAUGHT_ORDERS as ORDERS
from buying import TONNE_UG, bought, finished, purchase
from market_clients import STOVES, WIND, cnaught_at
from order_bench import Clock
from sandbox_server import SandboxServer
from scripted_server import ScriptedServer, as_json

from greenledger.offsets.cnaught import adapter, parse
from greenledger.offsets.cnaught.adapter import CNaught
from greenledger.offsets.errors import (
    AmountNotOffered,
    MarketRefused,
    MarketUnavailable,
    ProofUnusable,
    UnknownSource,
)
from greenledger.offsets.market import Order, OrderState
from greenledger.offsets.terms import PLACEABLE_S, read_terms
from greenledger.offsets.webhooks import Webhooks

GRAM_UG = 10**6


async def test_projects__stated_portfolios__have_the_markets_price_and_say_what_it_does_not_tell(
    cnaught: CNaught,
) -> None:
    offers = await cnaught.projects()
    assert [offer.source_id for offer in offers][:2] == ["cnaught:sbxwind00001", "cnaught:sbxstoves001"]
    wind, stoves = offers[:2]
    assert (wind.price_usd_per_tonne, wind.market) == (Decimal("4.10"), "cnaught")
    assert (wind.minimum_ug, wind.step_ug) == (GRAM_UG, GRAM_UG)
    assert wind.not_told == ("available_ug",)
    assert (wind.removal, stoves.removal, stoves.kind, stoves.labels) == (False, None, None, None)


async def test_quote__one_gram__is_priced_and_its_reference_holds_the_terms(cnaught: CNaught) -> None:
    quote = await cnaught.quote(WIND.source_id, GRAM_UG)
    terms = read_terms(quote.reference)
    assert (terms.amount_ug, terms.cost_cents, terms.item) == (GRAM_UG, 1, WIND.id)
    assert len(quote.reference) <= 64


@pytest.mark.parametrize("amount_ug", [0, GRAM_UG - 1, GRAM_UG + 1, 10**18 + GRAM_UG])
async def test_quote__below_the_minimum_or_between_steps__says_what_is_offered(
    cnaught: CNaught, amount_ug: int
) -> None:
    with pytest.raises(AmountNotOffered) as caught:
        await cnaught.quote(WIND.source_id, amount_ug)
    assert (caught.value.minimum_ug, caught.value.step_ug) == (GRAM_UG, GRAM_UG)


async def test_quote__unknown_source__is_refused(cnaught: CNaught) -> None:
    with pytest.raises(UnknownSource):
        await cnaught.quote("cnaught:nothing", TONNE_UG)


async def test_quote__supply_gone__gives_the_markets_reason(cnaught: CNaught, sandbox: SandboxServer) -> None:
    await cnaught.projects()
    sandbox.switch_faults({"kind": "supply-gone", "on": "POST /cnaught/v1/quotes"})
    with pytest.raises(MarketRefused, match="more than the portfolio has"):
        await cnaught.quote(WIND.source_id, TONNE_UG)


async def test_place__three_times__retires_once(cnaught: CNaught, sandbox: SandboxServer) -> None:
    quote = await cnaught.quote(WIND.source_id, TONNE_UG)
    for _ in range(3):
        await cnaught.place(purchase(quote.reference))
    assert (await finished(cnaught, quote.reference)).state is OrderState.RETIRED
    assert sandbox.totals("cnaught") == {"retirements": 1, "tonnes": 1}


async def test_place__eight_at_once__retires_once(cnaught: CNaught, sandbox: SandboxServer) -> None:
    quote = await cnaught.quote(WIND.source_id, TONNE_UG)
    await asyncio.gather(*(cnaught.place(purchase(quote.reference)) for _ in range(8)))
    await finished(cnaught, quote.reference)
    assert sandbox.totals("cnaught")["retirements"] == 1


@pytest.mark.parametrize("kind", ["cut-after-accept", "500"])
async def test_place__reply_lost_or_refused_by_the_server__is_repeated_with_the_same_key(
    cnaught: CNaught, sandbox: SandboxServer, kind: str
) -> None:
    quote = await cnaught.quote(WIND.source_id, TONNE_UG)
    sandbox.switch_faults({"kind": kind, "on": ORDERS, "times": 2})
    await cnaught.place(purchase(quote.reference))
    await finished(cnaught, quote.reference)
    assert sandbox.totals("cnaught")["retirements"] == 1


async def test_place__after_a_restart__finds_the_order_by_its_metadata(
    cnaught: CNaught, sandbox: SandboxServer, client: httpx.AsyncClient
) -> None:
    quote = await cnaught.quote(WIND.source_id, TONNE_UG)
    await cnaught.place(purchase(quote.reference))
    for _ in range(3):
        await bought(cnaught, STOVES.source_id, TONNE_UG)
    restarted = cnaught_at(client, sandbox.url)
    order = await restarted.place(purchase(quote.reference))
    assert (order.quote_reference, order.state) == (quote.reference, OrderState.RETIRED)
    assert sandbox.totals("cnaught")["retirements"] == 4


async def test_place__told_to_wait__hands_the_wait_on(cnaught: CNaught, sandbox: SandboxServer) -> None:
    quote = await cnaught.quote(WIND.source_id, TONNE_UG)
    sandbox.switch_faults({"kind": "429", "on": ORDERS, "seconds": 40})
    with pytest.raises(MarketUnavailable) as caught:
        await cnaught.place(purchase(quote.reference))
    assert caught.value.retry_after_s == 40
    assert await cnaught.poll(quote.reference) is None


async def test_place__price_moved__is_refused_before_anything_is_bought(
    cnaught: CNaught, sandbox: SandboxServer
) -> None:
    quote = await cnaught.quote(WIND.source_id, TONNE_UG)
    sandbox.switch_faults({"kind": "price-moved", "on": "POST /cnaught/v1/quotes"})
    with pytest.raises(MarketRefused, match="moved from 410 to 512 US cents") as caught:
        await cnaught.place(purchase(quote.reference))
    assert caught.value.code == "price-moved"
    assert await cnaught.poll(quote.reference) is None


@pytest.mark.parametrize("kind", ["supply-gone", "quote-expired", "price-moved"])
async def test_place__refused_by_the_market__gives_its_reason_and_buys_nothing(
    cnaught: CNaught, sandbox: SandboxServer, kind: str
) -> None:
    quote = await cnaught.quote(WIND.source_id, TONNE_UG)
    sandbox.switch_faults({"kind": kind, "on": ORDERS})
    with pytest.raises(MarketRefused) as caught:
        await cnaught.place(purchase(quote.reference))
    assert (caught.value.status, caught.value.code) == (400, "invalid-parameters")
    assert await cnaught.poll(quote.reference) is None


async def test_place__quote_expired__is_refused_and_nothing_is_sent(
    client: httpx.AsyncClient, sandbox: SandboxServer
) -> None:
    clock = Clock(1_760_000_000.0)
    market = cnaught_at(client, sandbox.url, clock)
    quote = await market.quote(WIND.source_id, TONNE_UG)
    assert quote.expires_at == 1_760_000_000 + adapter.QUOTE_LIFETIME_S
    clock.now += PLACEABLE_S
    with pytest.raises(MarketRefused, match="expired"):
        await market.place(purchase(quote.reference))
    assert sandbox.get("/cnaught/v1/orders", with_key=True).json() == {"data": []}


@pytest.mark.parametrize("reference", ["", "0f3a9d3c-6f0b-4c57-9a57-5f0e2b1c7a11", "q1.2.3.4.x", "../orders"])
async def test_place__reference_that_is_no_quote_of_ours__is_refused(
    cnaught: CNaught, reference: str
) -> None:
    with pytest.raises(MarketRefused, match="no such quote"):
        await cnaught.place(purchase(reference))


async def test_place__same_quote_for_another_beneficiary__gives_the_first_order(
    cnaught: CNaught, client: httpx.AsyncClient, sandbox: SandboxServer
) -> None:
    quote = await cnaught.quote(WIND.source_id, TONNE_UG)
    await cnaught.place(purchase(quote.reference))
    other = await cnaught_at(client, sandbox.url).place(purchase(quote.reference, "Others"))
    order = await finished(cnaught, quote.reference)
    assert other.quote_reference == quote.reference and order.retirement is not None
    assert (await cnaught.proof(order.retirement)).beneficiary == "BLOOM team"
    assert sandbox.totals("cnaught")["retirements"] == 1


@pytest.mark.parametrize("refusal", ["supply-gone", "price-moved", "quote-expired"])
async def test_place__accepted_reply_lost_and_the_repetition_refused__is_the_order_that_was_made(
    cnaught: CNaught, sandbox: SandboxServer, refusal: str
) -> None:
    quote = await cnaught.quote(WIND.source_id, TONNE_UG)
    sandbox.switch_faults(
        {"kind": "cut-after-accept", "on": ORDERS}, {"kind": refusal, "on": ORDERS, "after": 1}
    )
    order = await cnaught.place(purchase(quote.reference))
    assert order.quote_reference == quote.reference
    await finished(cnaught, quote.reference)
    assert sandbox.totals("cnaught")["retirements"] == 1


async def test_poll__order_that_fails__is_failed_without_retirement(
    cnaught: CNaught, sandbox: SandboxServer
) -> None:
    sandbox.switch_faults({"kind": "order-fails", "on": ORDERS})
    order = await bought(cnaught, WIND.source_id)
    assert (order.state, order.status, order.retirement) == (OrderState.FAILED, "cancelled", None)


async def test_poll__shown_out_of_order__is_pending_again_and_then_retired(
    cnaught: CNaught, sandbox: SandboxServer
) -> None:
    order = await bought(cnaught, WIND.source_id)
    sandbox.switch_faults({"kind": "out-of-order", "on": "GET /cnaught/v1/orders"})
    again = await cnaught.poll(order.quote_reference)
    assert again is not None and again.state is OrderState.PENDING
    assert await cnaught.poll(order.quote_reference) == order


async def test_poll__retirement_taken_back_later__is_reverted_and_its_proof_unusable(
    cnaught: CNaught, sandbox: SandboxServer
) -> None:
    sandbox.switch_faults({"kind": "reverted", "on": ORDERS, "seconds": 500})
    order = await bought(cnaught, WIND.source_id)
    assert order.state is OrderState.RETIRED and order.retirement is not None
    sandbox.pass_time(501)
    assert (await finished(cnaught, order.quote_reference)).state is OrderState.REVERTED
    with pytest.raises(ProofUnusable, match="state: found cancelled, expected fulfilled"):
        await cnaught.proof(order.retirement)


async def test_calls__twice_out_of_order_and_at_once__lead_to_one_retirement_and_the_true_state(
    cnaught: CNaught, sandbox: SandboxServer, scripted: ScriptedServer, client: httpx.AsyncClient
) -> None:
    scripted.will("POST /hook", as_json({}))
    market = cnaught_at(client, sandbox.url, webhook_url=f"{scripted.url}/hook")
    quote = await market.quote(WIND.source_id, TONNE_UG)
    await market.place(purchase(quote.reference))
    await finished(market, quote.reference)
    sandbox.switch_faults(
        {"kind": "webhook-twice", "on": "WEBHOOK cnaught"},
        {"kind": "webhook-out-of-order", "on": "WEBHOOK cnaught"},
    )
    await asyncio.to_thread(sandbox.deliver_calls)
    bodies = [asked.body for asked in scripted.asked if asked.path == "/hook"]
    assert [json.loads(body)["state"] for body in bodies] == ["fulfilled", "fulfilled", "placed"]
    tasks: list[asyncio.Task[Order]] = []
    hooks = Webhooks(
        {"cnaught": parse.hint},
        lambda reference: tasks.append(asyncio.create_task(cnaught.place(purchase(reference)))),
    )
    for body in bodies:
        hooks.receive("cnaught", {}, body)
    orders = await asyncio.gather(*tasks)
    assert [order.state for order in orders] == [OrderState.RETIRED] * 3
    assert sandbox.totals("cnaught")["retirements"] == 1
