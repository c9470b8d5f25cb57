"""Isometric's adapter against the sandbox registry: own stock retired once, and evidence anyone can read."""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
from decimal import Decimal

import httpx
import pytest
from market_clients import ACCOUNT, isometric_at
from order_bench import Clock
from sandbox_server import SandboxServer

from greenledger.offsets.errors import (
    AmountNotOffered,
    MarketRefused,
    MarketUnavailable,
    ProofNotFound,
    ProofUnusable,
    UnknownSource,
)
from greenledger.offsets.isometric.adapter import LISTED_AFTER_S, QUOTE_LIFETIME_S, Isometric
from greenledger.offsets.market import Label, Order, OrderState, Purchase
from greenledger.offsets.terms import PLACEABLE_S

KG_UG = 10**9
BUYER = "0x" + "ab" * 20
BIO_OIL, WEATHERING = "isometric:ctb_SANDBOX202400001", "isometric:ctb_SANDBOX202500501"
RETIRE = "POST /isometric/registry/v0/retirements"
LIST = "GET /isometric/registry/v0/retirements"


def purchase(reference: str, name: str = "Test team") -> Purchase:
    return Purchase(reference, name, BUYER, "Training of BLOOM-176B")


async def retired(market: Isometric, kg: int = 1250, source: str = BIO_OIL) -> Order:
    quote = await market.quote(source, kg * KG_UG)
    return await market.place(purchase(quote.reference))


def count(sandbox: SandboxServer) -> int:
    found: int = sandbox.totals("isometric")["retirements"]
    return found


async def test_projects__own_active_batches__have_the_accounts_price_and_labels_with_the_time_seen(
    client: httpx.AsyncClient, sandbox: SandboxServer
) -> None:
    market = isometric_at(client, sandbox.url, Clock(1_760_000_000.0))
    bio_oil, weathering = await market.projects()
    assert (bio_oil.source_id, weathering.source_id) == (BIO_OIL, WEATHERING)
    assert (bio_oil.project, bio_oil.vintage, bio_oil.country) == ("SBX1", 2024, "USA")
    assert (bio_oil.price_usd_per_tonne, bio_oil.available_ug) == (Decimal("310.5"), 40_000 * KG_UG)
    assert (bio_oil.minimum_ug, bio_oil.step_ug, bio_oil.removal) == (KG_UG, KG_UG, True)
    assert bio_oil.labels == (Label("CCP", 1_760_000_000),) and weathering.labels == ()
    assert (bio_oil.methodology, bio_oil.not_told) == (None, ("name",))


async def test_projects__without_an_account__are_none_but_evidence_is_read(
    isometric: Isometric, client: httpx.AsyncClient, sandbox: SandboxServer
) -> None:
    order = await retired(isometric)
    reader = isometric_at(client, sandbox.url, account=None)
    assert await reader.projects() == ()
    with pytest.raises(UnknownSource):
        await reader.quote(BIO_OIL, KG_UG)
    assert order.retirement is not None
    assert (await reader.proof(order.retirement)).amount_ug == 1250 * KG_UG


async def test_quote__price__is_rounded_up_to_a_cent_and_lives_ten_minutes(
    client: httpx.AsyncClient, sandbox: SandboxServer
) -> None:
    market = isometric_at(client, sandbox.url, Clock(1_760_000_000.0))
    quote = await market.quote(BIO_OIL, KG_UG)
    assert (quote.cost_cents, quote.expires_at) == (32, 1_760_000_000 + QUOTE_LIFETIME_S)
    assert len(quote.reference) <= 64


@pytest.mark.parametrize("amount_ug", [0, KG_UG - 1, KG_UG + 10**6, 40_001 * KG_UG])
async def test_quote__below_a_kilogram_or_between_two__says_what_is_offered(
    isometric: Isometric, amount_ug: int
) -> None:
    with pytest.raises(AmountNotOffered) as caught:
        await isometric.quote(BIO_OIL, amount_ug)
    assert (caught.value.minimum_ug, caught.value.step_ug) == (KG_UG, KG_UG)


async def test_place__three_times__retires_once(isometric: Isometric, sandbox: SandboxServer) -> None:
    quote = await isometric.quote(BIO_OIL, 1250 * KG_UG)
    orders = [await isometric.place(purchase(quote.reference)) for _ in range(3)]
    assert len({order.retirement for order in orders}) == 1
    assert orders[0].state is OrderState.RETIRED
    assert sandbox.totals("isometric") == {"retirements": 1, "tonnes": 1.25}


async def test_place__six_at_once__retires_once(isometric: Isometric, sandbox: SandboxServer) -> None:
    quote = await isometric.quote(BIO_OIL, KG_UG)
    await asyncio.gather(*(isometric.place(purchase(quote.reference)) for _ in range(6)))
    assert count(sandbox) == 1


async def test_place__connection_cut_after_it_was_retired__finds_the_retirement_by_its_notes(
    isometric: Isometric, sandbox: SandboxServer
) -> None:
    quote = await isometric.quote(BIO_OIL, KG_UG)
    sandbox.switch_faults({"kind": "cut-after-accept", "on": RETIRE})
    order = await isometric.place(purchase(quote.reference))
    assert (order.quote_reference, order.state) == (quote.reference, OrderState.RETIRED)
    assert count(sandbox) == 1


async def test_place__reply_lost_and_list_lagging__is_not_sent_again_until_the_list_had_time(
    client: httpx.AsyncClient, sandbox: SandboxServer
) -> None:
    clock = Clock(sandbox._app.state.store.now())
    market = isometric_at(client, sandbox.url, clock)
    quote = await market.quote(BIO_OIL, KG_UG)
    sandbox.switch_faults(
        {"kind": "cut-after-accept", "on": RETIRE}, {"kind": "out-of-order", "on": LIST, "times": 2}
    )
    with pytest.raises(MarketUnavailable, match="RemoteProtocolError"):
        await market.place(purchase(quote.reference))
    with pytest.raises(MarketUnavailable, match="list it late") as caught:
        await market.place(purchase(quote.reference))
    assert caught.value.retry_after_s == LISTED_AFTER_S
    assert (await market.place(purchase(quote.reference))).state is OrderState.RETIRED
    assert count(sandbox) == 1


async def test_place__server_failed_before_it_retired__can_be_repeated_after_a_while(
    client: httpx.AsyncClient, sandbox: SandboxServer
) -> None:
    clock = Clock(sandbox._app.state.store.now())
    market = isometric_at(client, sandbox.url, clock)
    quote = await market.quote(BIO_OIL, KG_UG)
    sandbox.switch_faults({"kind": "500", "on": RETIRE})
    with pytest.raises(MarketUnavailable, match="500"):
        await market.place(purchase(quote.reference))
    clock.now += LISTED_AFTER_S
    await market.place(purchase(quote.reference))
    assert count(sandbox) == 1


async def test_place__held_up_until_somebody_else_may_ask__sends_nothing(
    client: httpx.AsyncClient, sandbox: SandboxServer
) -> None:
    clock = Clock(sandbox._app.state.store.now())
    market = isometric_at(client, sandbox.url, clock)
    quote = await market.quote(BIO_OIL, KG_UG)
    late = dataclasses.replace(purchase(quote.reference), send_before=int(clock.now))
    with pytest.raises(MarketUnavailable, match="nothing was sent"):
        await market.place(late)
    assert count(sandbox) == 0
    await market.place(dataclasses.replace(late, send_before=int(clock.now) + 1))
    assert count(sandbox) == 1


@pytest.mark.parametrize("kind", ["supply-gone", "order-fails"])
async def test_place__refused_by_the_registry__gives_its_reason(
    isometric: Isometric, sandbox: SandboxServer, kind: str
) -> None:
    quote = await isometric.quote(BIO_OIL, KG_UG)
    sandbox.switch_faults({"kind": kind, "on": RETIRE})
    with pytest.raises(MarketRefused, match=r"not active any more|was not made") as caught:
        await isometric.place(purchase(quote.reference))
    assert caught.value.status == 422
    assert await isometric.poll(quote.reference) is None


async def test_place__batch_split_by_another_order_meanwhile__is_refused_and_nothing_retired(
    isometric: Isometric, sandbox: SandboxServer
) -> None:
    quote = await isometric.quote(BIO_OIL, KG_UG)
    await retired(isometric)
    with pytest.raises(MarketRefused, match="is not active"):
        await isometric.place(purchase(quote.reference))
    assert count(sandbox) == 1


async def test_place__batch_gone_after_a_restart__is_refused(
    isometric: Isometric, client: httpx.AsyncClient, sandbox: SandboxServer
) -> None:
    quote = await isometric.quote(BIO_OIL, KG_UG)
    await retired(isometric)
    with pytest.raises(MarketRefused, match="not active any more") as caught:
        await isometric_at(client, sandbox.url).place(purchase(quote.reference))
    assert caught.value.code == "supply-gone"


async def test_place__beneficiary_that_the_registry_does_not_know__is_refused_before_anything_is_retired(
    isometric: Isometric, sandbox: SandboxServer
) -> None:
    quote = await isometric.quote(BIO_OIL, KG_UG)
    with pytest.raises(MarketRefused, match="expected one of BLOOM team, Test team") as caught:
        await isometric.place(purchase(quote.reference, "Strangers"))
    assert caught.value.code == "unknown-beneficiary"
    assert count(sandbox) == 0


async def test_place__quote_expired__is_refused_and_nothing_is_retired(
    client: httpx.AsyncClient, sandbox: SandboxServer
) -> None:
    clock = Clock(1_760_000_000.0)
    market = isometric_at(client, sandbox.url, clock)
    quote = await market.quote(BIO_OIL, KG_UG)
    clock.now += PLACEABLE_S
    with pytest.raises(MarketRefused, match="expired"):
        await market.place(purchase(quote.reference))
    assert count(sandbox) == 0


async def test_place__price_of_the_account_moved__keeps_the_quoted_cost(
    client: httpx.AsyncClient, sandbox: SandboxServer
) -> None:
    quote = await isometric_at(client, sandbox.url).quote(BIO_OIL, 1000 * KG_UG)
    dearer = dataclasses.replace(ACCOUNT, usd_per_tonne=Decimal("400"))
    order = await isometric_at(client, sandbox.url, account=dearer).place(purchase(quote.reference))
    assert (quote.cost_cents, order.state) == (31_050, OrderState.RETIRED)


async def test_proof__of_a_retirement__has_every_field(isometric: Isometric, sandbox: SandboxServer) -> None:
    order = await retired(isometric)
    assert order.retirement is not None
    proof = await isometric.proof(order.retirement)
    assert (proof.registry, proof.project, proof.vintage) == ("isometric", "SBX1", 2024)
    assert proof.serials == "ISO-1-BIOOIL-USA-SBX1-2024-1-1250"
    assert (proof.amount_ug, proof.origin) == (1250 * KG_UG, None)
    assert (proof.beneficiary, proof.beneficiary_address) == ("Test team", BUYER)
    assert proof.message == "Training of BLOOM-176B"
    path = f"/isometric/registry/v0/retirements/{order.retirement}"
    replies = [sandbox.get(path + end, with_key=True).content for end in ("", "/credit_batches")]
    assert proof.evidence == hashlib.sha256(b"".join(replies)).digest()
    assert type(proof).from_json(proof.as_json()) == proof


async def test_proof__of_two_retirements__has_serials_that_do_not_meet(isometric: Isometric) -> None:
    await retired(isometric, 1250)
    (rest,) = [offer.source_id for offer in await isometric.projects() if offer.project == "SBX1"]
    order = await retired(isometric, 100, rest)
    assert order.retirement is not None
    assert (await isometric.proof(order.retirement)).serials == "ISO-1-BIOOIL-USA-SBX1-2024-1251-1350"


async def test_proof__partial_retirement__states_what_was_really_retired(
    isometric: Isometric, sandbox: SandboxServer
) -> None:
    sandbox.switch_faults({"kind": "partial", "on": RETIRE})
    order = await retired(isometric)
    assert order.retirement is not None
    assert (await isometric.proof(order.retirement)).amount_ug == 625 * KG_UG


async def test_proof__wrong_beneficiary__states_who_is_named(
    isometric: Isometric, sandbox: SandboxServer
) -> None:
    sandbox.switch_faults({"kind": "wrong-beneficiary", "on": RETIRE})
    order = await retired(isometric)
    assert order.retirement is not None
    assert (await isometric.proof(order.retirement)).beneficiary == "Somebody else"


async def test_proof__retirement_taken_back_later__is_reverted_and_unusable(
    isometric: Isometric, sandbox: SandboxServer
) -> None:
    sandbox.switch_faults({"kind": "reverted", "on": RETIRE, "seconds": 500})
    order = await retired(isometric)
    assert order.state is OrderState.RETIRED and order.retirement is not None
    sandbox.pass_time(501)
    again = await isometric.poll(order.quote_reference)
    assert again is not None and again.state is OrderState.REVERTED
    assert again.status.endswith("is active")
    with pytest.raises(ProofUnusable, match="is active, expected retired"):
        await isometric.proof(order.retirement)


@pytest.mark.parametrize("reference", ["", "../x", "ret_", "ctb_SANDBOX202400001", "ret_" + "A" * 40])
async def test_proof__by_something_else_than_an_id__is_unusable(isometric: Isometric, reference: str) -> None:
    with pytest.raises(ProofUnusable, match="reference"):
        await isometric.proof(reference)


async def test_proof__of_an_unknown_retirement__is_not_found(isometric: Isometric) -> None:
    with pytest.raises(ProofNotFound):
        await isometric.proof("ret_1FYBH4QDT1S0SVKF")
