"""The adapter against the sandbox server: offers, quotes, orders placed once, and proofs."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from decimal import Decimal

import pytest
from sandbox_server import SandboxServer

from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.errors import (
    AmountNotOffered,
    MarketRefused,
    MarketUnavailable,
    ProofNotFound,
    ProofUnusable,
    UnknownSource,
)
from greenledger.offsets.market import Order, OrderState, Purchase

TONNE_UG = 10**12
BUYER = "0x" + "ab" * 20


def purchase(reference: str) -> Purchase:
    return Purchase(reference, "BLOOM team", BUYER, "Training of BLOOM-176B")


async def bought(market: Carbonmark, sandbox: SandboxServer, amount_ug: int = TONNE_UG) -> Order:
    """A finished order."""
    quote = await market.quote(sandbox.source_id(), amount_ug)
    await market.place(purchase(quote.reference))
    return await finished(market, quote.reference)


async def finished(market: Carbonmark, reference: str) -> Order:
    for _ in range(200):
        order = await market.poll(reference)
        assert order is not None
        if order.state is not OrderState.PENDING:
            return order
        await asyncio.sleep(0.02)
    raise AssertionError("the order never ended")


async def test_projects__over_all_pages__are_joined_with_prices_cheapest_first(market: Carbonmark) -> None:
    offers = await market.projects()
    assert [offer.project for offer in offers] == ["ICR-9001", "ICR-9004", "ICR-9002", "ICR-9003"]
    cheapest, forward, mangroves, biochar = offers
    assert cheapest.name.startswith("Hilltop wind") and biochar.name.startswith("Rice-husk biochar")
    assert (cheapest.registry, cheapest.country, cheapest.vintage) == ("icr", "Chile", 2022)
    assert (cheapest.price_usd_per_tonne, cheapest.available_ug) == (Decimal("3.25"), 4000 * TONNE_UG)
    assert (cheapest.minimum_ug, biochar.minimum_ug) == (10**9, TONNE_UG)
    assert mangroves.available_ug == 1_250_500_000_000_000
    assert [offer.ex_ante for offer in offers] == [False, True, False, False] and forward.ex_ante


async def test_quote__with_twelve_decimals__is_exact(market: Carbonmark, sandbox: SandboxServer) -> None:
    quote = await market.quote(sandbox.source_id(), 10 * TONNE_UG + 1)
    assert quote.amount_ug == 10_000_000_000_001
    assert quote.cost_cents == 3251  # 32.50000000000325 USD, rounded up


async def test_quote__unknown_source__is_refused(market: Carbonmark) -> None:
    with pytest.raises(UnknownSource):
        await market.quote("listing-84532-0x00", TONNE_UG)


@pytest.mark.parametrize("amount_ug", [0, 10**9 - 1, 4000 * TONNE_UG + 1])
async def test_quote__outside_the_offer__says_what_is_offered(
    market: Carbonmark, sandbox: SandboxServer, amount_ug: int
) -> None:
    with pytest.raises(AmountNotOffered) as caught:
        await market.quote(sandbox.source_id(), amount_ug)
    assert (caught.value.minimum_ug, caught.value.available_ug) == (10**9, 4000 * TONNE_UG)


async def test_place__three_times__retires_once(market: Carbonmark, sandbox: SandboxServer) -> None:
    quote = await market.quote(sandbox.source_id(), TONNE_UG)
    for _ in range(3):
        await market.place(purchase(quote.reference))
    assert (await finished(market, quote.reference)).state is OrderState.RETIRED
    assert sandbox.retirements() == 1


async def test_place__connection_cut_after_it_was_accepted__finds_its_order(
    market: Carbonmark, sandbox: SandboxServer
) -> None:
    quote = await market.quote(sandbox.source_id(), TONNE_UG)
    sandbox.switch_faults({"kind": "cut-after-accept", "on": "POST /orders"})
    order = await market.place(purchase(quote.reference))
    assert order.quote_reference == quote.reference
    await finished(market, quote.reference)
    assert sandbox.retirements() == 1


@pytest.mark.parametrize("kind", ["500", "429"])
async def test_place__market_fails_before_it_accepts__can_be_repeated(
    market: Carbonmark, sandbox: SandboxServer, kind: str
) -> None:
    quote = await market.quote(sandbox.source_id(), TONNE_UG)
    sandbox.switch_faults({"kind": kind, "on": "POST /orders", "seconds": 9})
    with pytest.raises(MarketUnavailable) as caught:
        await market.place(purchase(quote.reference))
    assert caught.value.retry_after_s == (9 if kind == "429" else None)
    assert await market.poll(quote.reference) is None
    await market.place(purchase(quote.reference))
    await finished(market, quote.reference)
    assert sandbox.retirements() == 1


async def test_place__order_fails__ends_as_failed(market: Carbonmark, sandbox: SandboxServer) -> None:
    quote = await market.quote(sandbox.source_id(), TONNE_UG)
    sandbox.switch_faults({"kind": "order-fails"})
    await market.place(purchase(quote.reference))
    assert (await finished(market, quote.reference)).state is OrderState.FAILED
    assert sandbox.retirements() == 0


async def test_place__unknown_quote__gives_the_markets_reason(market: Carbonmark) -> None:
    with pytest.raises(MarketRefused, match="no such quote"):
        await market.place(purchase("5f0c6c1e-0000-4000-8000-000000000000"))


async def test_proof__of_a_retirement__has_every_field(market: Carbonmark, sandbox: SandboxServer) -> None:
    order = await bought(market, sandbox, 2_500_000_000_001)
    assert order.retirement is not None
    proof = await market.proof(order.retirement)
    raw = sandbox.get(f"/retirements/{order.retirement}")
    assert proof.evidence == hashlib.sha256(raw.content).digest()
    assert (proof.registry, proof.project, proof.vintage) == ("icr", "ICR-9001", 2022)
    assert proof.amount_ug == 2_500_000_000_001
    assert (proof.beneficiary, proof.beneficiary_address) == ("BLOOM team", BUYER)
    assert proof.message == "Training of BLOOM-176B"
    assert proof.serials == "ICR-9001-2022-SANDBOX-1-2501"
    assert proof.retired_at == raw.json()["timestamp"]
    assert (proof.origin.chain_id, proof.origin.index) == (84532, 0)
    assert "0x" + proof.origin.transaction.hex() == raw.json()["hash"]
    assert type(proof).from_json(proof.as_json()) == proof


async def test_proof__of_an_unknown_retirement__is_not_found(market: Carbonmark) -> None:
    with pytest.raises(ProofNotFound):
        await market.proof(f"84532-0x{secrets.token_hex(32)}-0")


@pytest.mark.parametrize("reference", ["137-0x" + "ab" * 20 + "-1", "../orders", "", "84532-0x12-0"])
async def test_proof__by_something_else_than_a_unified_id__is_unusable(
    market: Carbonmark, reference: str
) -> None:
    with pytest.raises(ProofUnusable, match="reference"):
        await market.proof(reference)
