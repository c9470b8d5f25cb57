"""Buying at any market of the tests, to the end of the order."""

from __future__ import annotations

import asyncio

from greenledger.offsets.market import Market, Order, OrderState, Purchase

BUYER = "0x" + "ab" * 20
TONNE_UG = 10**12
CNAUGHT_ORDERS = "POST /cnaught/v1/orders"


def purchase(reference: str, name: str = "BLOOM team") -> Purchase:
    return Purchase(reference, name, BUYER, "Training of BLOOM-176B")


async def finished(market: Market, reference: str) -> Order:
    """The order, once it is not pending any more."""
    for _ in range(200):
        order = await market.poll(reference)
        assert order is not None
        if order.state is not OrderState.PENDING:
            return order
        await asyncio.sleep(0.02)
    raise AssertionError("the order never ended")


async def bought(market: Market, source_id: str, amount_ug: int = 2 * TONNE_UG) -> Order:
    """A finished order."""
    quote = await market.quote(source_id, amount_ug)
    await market.place(purchase(quote.reference))
    return await finished(market, quote.reference)
