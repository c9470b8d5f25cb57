"""The chain is asked again right before money moves: nothing is bought that could not be certified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pytest
from deployed import Deployed
from order_bench import MESSAGE, NAME, TONNE_UG, OrderBench

from greenledger.chain.client import ChainClient
from greenledger.chain.errors import ChainUnavailable
from greenledger.offsets.service import OrderRefused

DOWN = "http://127.0.0.1:1"


@dataclass(frozen=True)
class SwitchedOff:
    """A chain on which no registry is switched on."""

    enabled: bool = False

    async def registry(self, key: str) -> SwitchedOff:
        return self


def switched_off() -> ChainClient:
    return cast(ChainClient, SwitchedOff())


async def test_order__chain_down_since_the_quote__is_refused_and_nothing_is_stored_or_bought(
    bench: OrderBench, deployed: Deployed
) -> None:
    quote = await bench.offsets.request_quote(bench.account, bench.sandbox.source_id(), TONNE_UG)
    async with ChainClient(DOWN, deployed.deployment) as down:
        bench.chain = down
        with pytest.raises(ChainUnavailable):
            await bench.offsets.place_order(bench.account, quote.id, NAME, MESSAGE)
        await bench.turn()
    assert await bench.offsets.orders(bench.account) == []
    assert await bench.market.poll(quote.reference) is None


async def test_order__repeated_with_the_chain_down__is_still_the_same_order(
    bench: OrderBench, deployed: Deployed
) -> None:
    quote = await bench.offsets.request_quote(bench.account, bench.sandbox.source_id(), TONNE_UG)
    first, _ = await bench.offsets.place_order(bench.account, quote.id, NAME, MESSAGE)
    async with ChainClient(DOWN, deployed.deployment) as down:
        bench.chain = down
        again, is_new = await bench.offsets.place_order(bench.account, quote.id, NAME, MESSAGE)
    assert (again.id, is_new) == (first.id, False)


async def test_order__registry_switched_off_since_the_quote__is_refused_and_not_stored(
    bench: OrderBench,
) -> None:
    quote = await bench.offsets.request_quote(bench.account, bench.sandbox.source_id(), TONNE_UG)
    bench.chain = switched_off()
    with pytest.raises(OrderRefused, match="registry icr") as caught:
        await bench.offsets.place_order(bench.account, quote.id, NAME, MESSAGE)
    assert (caught.value.code, caught.value.field) == ("registry_not_accepted", "quote_id")
    assert await bench.offsets.orders(bench.account) == []


async def test_order__chain_down_before_the_purchase__waits_unbought_and_goes_on_when_it_is_back(
    bench: OrderBench, deployed: Deployed
) -> None:
    order_id = await bench.place()
    live = bench.chain
    async with ChainClient(DOWN, deployed.deployment) as down:
        bench.chain = down
        for _ in range(3):
            await bench.turn(20)
            order = await bench.stored(order_id)
            assert (order.state, order.error_code) == ("paid", "chain_unavailable")
            assert await bench.market.poll(order.quote.reference) is None
    bench.chain = live
    assert (await bench.until(order_id, "cosigned")).error_code is None
    assert bench.sandbox.retirements() == 1


async def test_order__registry_switched_off_before_the_purchase__is_failed_and_nothing_is_bought(
    bench: OrderBench,
) -> None:
    order_id = await bench.place()
    bench.chain = switched_off()
    await bench.turn()
    order = await bench.stored(order_id)
    assert (order.state, order.error_code) == ("failed", "registry_not_accepted")
    assert order.error_detail is not None and "icr" in order.error_detail
    assert await bench.market.poll(order.quote.reference) is None
