"""Calls of a market about one order, at two gateways at once and with a body that lies: hints, never news."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

from order_bench import OrderBench

from greenledger.offsets.webhooks import Webhooks
from greenledger.offsets.worker import OrderWorker

NO_HEADERS: Mapping[str, str] = {}


def called(worker: OrderWorker, reference: str, **lies: object) -> None:
    """A call that names the order of a reference, and states whatever it likes of it."""
    hooks = Webhooks({"carbonmark": lambda body: str(json.loads(body)["reference"])}, worker.wake_order)
    hooks.receive("carbonmark", NO_HEADERS, json.dumps({"reference": reference, **lies}).encode())


async def test_webhooks__at_two_gateways_at_once__advance_the_order_once(bench: OrderBench) -> None:
    order_id = await bench.place()
    placed = await bench.until(order_id, "placed")
    for _ in range(4):
        bench.clock.now += 1
        first, second = bench.worker, bench.worker
        for worker in (first, second):
            called(worker, placed.reference or "")
        await asyncio.gather(first.run_due(), second.run_due())
    order = await bench.stored(order_id)
    assert [step.state for step in order.steps] == ["paid", "placed", "retired", "cosigned"]
    assert len(order.reports) == 1 and bench.sandbox.retirements() == 1


async def test_webhook__that_claims_a_retirement_the_market_does_not_show__changes_nothing(
    bench: OrderBench,
) -> None:
    bench.sandbox.switch_faults({"kind": "order-fails"})
    order_id = await bench.place()
    placed = await bench.until(order_id, "placed")
    worker = bench.worker
    called(worker, placed.reference or "", status="RETIRED", amount_ug="999", retirement="0x1")
    await worker.run_due()
    order = await bench.until(order_id, "failed")
    assert order.error_code == "market_failed" and order.proof is None and order.reports == []
