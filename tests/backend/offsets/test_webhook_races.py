"""Calls of a market about one order, at two gateways at once and with a body that lies: hints, never news."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

import pytest
from order_bench import OrderBench

from greenledger.offsets import worker as workers
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


@pytest.mark.parametrize("reference", ["\ud800", "a\0"])
async def test_call__whose_reference_the_database_refuses__hinders_no_other_and_not_the_turn(
    bench: OrderBench, reference: str
) -> None:
    order_id = await bench.place()
    await bench.until(order_id, "placed")
    worker = bench.worker
    await worker.run_due()
    placed = await bench.stored(order_id)
    assert await worker.run_due() == 0  # it waits for its time, or for a call
    worker.wake_order(reference)
    worker.wake_order(placed.reference or "")
    assert await worker.run_due() == 1
    assert (await bench.stored(order_id)).attempts == placed.attempts + 1


async def test_calls__very_many_between_two_turns__are_not_all_kept(
    bench: OrderBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[str] = []

    async def counting(session: object, reference: str, now: int) -> bool:
        woken.append(reference)
        return False

    monkeypatch.setattr(workers, "wake_reference", counting)
    worker = bench.worker
    for number in range(10 * workers.MOST_CALLED):
        worker.wake_order(f"r{number}")
    await worker.run_due()
    assert len(woken) == workers.MOST_CALLED
    worker.wake_order("r1")
    await worker.run_due()
    assert woken[workers.MOST_CALLED :] == ["r1"]
