"""An order from placing to minting, and what can go wrong. Each turn uses a fresh worker."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Any

import pytest
from deployed import Deployed
from nodes import new_person
from order_bench import MESSAGE, NAME, TONNE_UG, OrderBench
from retirements import certificate_id, signatures
from web3.exceptions import ContractLogicError

from greenledger.chain.calldata import encode_mint
from greenledger.chain.client import ChainClient
from greenledger.evidence.typed_data import RetirementReport, retirement_report_from_json
from greenledger.offsets import parts
from greenledger.offsets.worker import LEASE_S
from greenledger.usage.models.order import Order


def newest_report(order: Order) -> RetirementReport:
    return retirement_report_from_json(order.reports[-1]["report"])


def mint(deployed: Deployed, report: RetirementReport) -> None:
    """Anyone may send it; here a stranger does."""
    stranger = new_person()
    deployed.chain.fund(stranger.address)
    data = encode_mint(report, signatures(report, deployed), hint=0)
    deployed.chain.send(stranger, deployed.deployment.credits, f"0x{data.hex()}")


def states(order: Order) -> list[str]:
    return [step.state for step in order.steps]


async def test_order__placed__is_retired_cosigned_and_minted_with_times(
    bench: OrderBench, deployed: Deployed
) -> None:
    order_id = await bench.place(2_500_000_000_001)
    order = await bench.until(order_id, "cosigned")
    report = newest_report(order)
    assert (report.holder, report.retirement.amount_ug) == (bench.account, 2_500_000_000_001)
    assert (report.retirement.beneficiary, report.retirement.project) == (NAME, "ICR-9001")
    assert int(order.reports[-1]["certificate"], 16) == certificate_id(report, deployed)

    mint(deployed, report)
    minted = await bench.offsets.order(bench.account, order_id)
    assert states(minted) == ["paid", "placed", "retired", "cosigned", "minted"]
    assert [step.at for step in minted.steps] == sorted(step.at for step in minted.steps)
    certificate = await bench.chain.certificate(certificate_id(report, deployed))
    assert certificate is not None and certificate.holder == bench.account
    assert certificate.amount_ug == 2_500_000_000_001
    assert bench.sandbox.retirements() == 1


async def test_order__minted__is_found_by_the_worker_alone(bench: OrderBench, deployed: Deployed) -> None:
    order_id = await bench.place()
    mint(deployed, newest_report(await bench.until(order_id, "cosigned")))
    assert (await bench.until(order_id, "minted")).due_at is None


@pytest.mark.parametrize(
    "faults",
    [
        [{"kind": "500", "on": "POST /orders", "times": 2}],
        [{"kind": "429", "on": "POST /orders", "times": 2, "seconds": 1}],
        [{"kind": "cut-after-accept", "on": "POST /orders", "times": 1}],
        [
            {"kind": "cut-after-accept", "on": "POST /orders"},
            {"kind": "500", "on": "GET /orders", "times": 3},
        ],
        [{"kind": "500", "on": "*", "times": 12}],
    ],
    ids=["500", "429", "cut after accept", "cut after accept and then down", "down for long"],
)
async def test_order__market_in_trouble__ends_cosigned_with_exactly_one_retirement(
    bench: OrderBench, faults: list[dict[str, Any]]
) -> None:
    order_id = await bench.place()
    bench.sandbox.switch_faults(*faults)
    order = await bench.until(order_id, "cosigned")
    assert bench.sandbox.retirements() == 1
    assert order.error_code is None


async def test_order__market_down__says_so_and_waits_longer_each_time(bench: OrderBench) -> None:
    order_id = await bench.place()
    bench.sandbox.switch_faults({"kind": "500", "on": "*", "times": 1000})
    waits = []
    for _ in range(3):
        await bench.turn(20)
        order = await bench.stored(order_id)
        assert (order.state, order.error_code) == ("paid", "market_unavailable")
        assert order.error_detail is not None and "HTTP 500" in order.error_detail
        effect = await bench.effect(order_id, "place")
        assert effect.due_at is not None
        waits.append(effect.due_at - bench.clock.now)
    assert waits == sorted(waits) and waits[0] < waits[-1]


async def test_order__market_asks_to_wait__is_not_asked_before(bench: OrderBench) -> None:
    order_id = await bench.place()
    bench.sandbox.switch_faults({"kind": "429", "on": "POST /orders", "seconds": 50})
    await bench.turn()
    effect = await bench.effect(order_id, "place")
    assert effect.due_at is not None and effect.due_at >= bench.clock.now + 49


async def test_order__that_fails_at_the_market__is_failed_with_a_reason(bench: OrderBench) -> None:
    order_id = await bench.place()
    bench.sandbox.switch_faults({"kind": "order-fails"})
    order = await bench.until(order_id, "failed")
    assert (order.error_code, states(order)) == ("market_failed", ["paid", "placed", "failed"])
    assert order.error_detail is not None and "FAILED" in order.error_detail
    assert order.due_at is None and bench.sandbox.retirements() == 0


async def test_order__quote_expired_at_the_market_meanwhile__is_failed_with_its_reason(
    bench: OrderBench,
) -> None:
    order_id = await bench.place()
    bench.clock.now += 1000
    order = await bench.until(order_id, "failed")
    assert order.error_code == "market_refused"
    assert order.error_detail is not None and "quote expired" in order.error_detail


async def test_worker__stopped_while_the_market_works__is_continued_by_the_next(bench: OrderBench) -> None:
    order_id = await bench.place()
    bench.sandbox.switch_faults({"kind": "slow", "on": "POST /orders", "seconds": 5})
    running = asyncio.create_task(bench.worker.run())
    await asyncio.sleep(0.5)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await bench.stored(order_id)).state == "paid"
    bench.clock.now += LEASE_S  # nobody gave back what it had taken
    await bench.until(order_id, "cosigned")
    assert bench.sandbox.retirements() == 1


async def test_workers__two_at_once__place_and_sign_as_one(bench: OrderBench) -> None:
    order_id = await bench.place()
    for _ in range(6):
        bench.clock.now += 1
        await asyncio.gather(bench.worker.run_due(), bench.worker.run_due())
    order = await bench.stored(order_id)
    assert states(order) == ["paid", "placed", "retired", "cosigned"]
    assert len(order.reports) == 1 and bench.sandbox.retirements() == 1


async def test_order__council_does_not_sign__waits_and_says_why(bench: OrderBench) -> None:
    bench.council_signs = False
    order_id = await bench.place()
    await bench.until(order_id, "retired")
    await bench.turn(5)
    order = await bench.stored(order_id)
    assert (order.state, order.error_code) == ("retired", "not_enough_signatures")
    assert order.error_detail is not None and "http://peer: not reachable" in order.error_detail
    bench.council_signs = True
    assert (await bench.until(order_id, "cosigned")).error_code is None


async def test_order__origin_used_by_another_certificate__is_failed_and_says_so(
    bench: OrderBench, deployed: Deployed
) -> None:
    bench.council_signs = False
    order_id = await bench.place()
    await bench.until(order_id, "retired")
    await bench.turn()
    report = bench.asked_to_sign[-1]
    foreign = dataclasses.replace(report, holder=new_person().address)
    mint(deployed, foreign)
    bench.council_signs = True
    order = await bench.until(order_id, "failed")
    assert order.error_code == "origin_already_used"
    assert order.error_detail is not None
    assert f"84532-0x{report.source.book.hex()}-0" in order.error_detail
    assert order.reports == []


async def test_order__origin_used_after_cosigning__is_failed_too(
    bench: OrderBench, deployed: Deployed
) -> None:
    order_id = await bench.place()
    report = newest_report(await bench.until(order_id, "cosigned"))
    mint(deployed, dataclasses.replace(report, holder=new_person().address))
    order = await bench.offsets.order(bench.account, order_id)
    assert (order.state, order.error_code) == ("failed", "origin_already_used")


async def test_order__not_minted_in_time__is_signed_again_and_mints_once(
    bench: OrderBench, deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "VALIDITY_S", 60)
    order_id = await bench.place()
    first = newest_report(await bench.until(order_id, "cosigned"))
    bench.clock.now = first.retirement.valid_until
    monkeypatch.undo()
    assert (await bench.offsets.order(bench.account, order_id)).state == "retired"
    order = await bench.until(order_id, "cosigned")
    second = newest_report(order)
    assert states(order) == ["paid", "placed", "retired", "cosigned", "retired", "cosigned"]
    assert second.source == first.source
    assert second.retirement.valid_until > first.retirement.valid_until + 86_400

    mint(deployed, second)
    with pytest.raises(ContractLogicError, match="origin is already used"):
        deployed.credits.functions.mint(dataclasses.astuple(first), signatures(first, deployed), 0).call()
    assert (await bench.offsets.order(bench.account, order_id)).state == "minted"


async def test_order__earlier_report_minted_at_the_last_moment__is_minted_by_that_one(
    bench: OrderBench, deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "VALIDITY_S", 3600)
    order_id = await bench.place()
    first = newest_report(await bench.until(order_id, "cosigned"))
    bench.clock.now = first.retirement.valid_until
    monkeypatch.undo()
    await bench.offsets.order(bench.account, order_id)
    await bench.until(order_id, "cosigned")
    mint(deployed, first)
    order = await bench.offsets.order(bench.account, order_id)
    assert (order.state, len(order.reports)) == ("minted", 2)
    assert int(order.reports[-1]["certificate"], 16) == certificate_id(first, deployed)


async def test_order__minted_block_lost_to_a_reorganisation__is_cosigned_again(
    bench: OrderBench, deployed: Deployed
) -> None:
    order_id = await bench.place()
    report = newest_report(await bench.until(order_id, "cosigned"))
    rpc = deployed.chain.web3.provider.make_request
    snapshot = rpc("evm_snapshot", [])["result"]
    mint(deployed, report)
    assert (await bench.offsets.order(bench.account, order_id)).state == "minted"
    assert rpc("evm_revert", [snapshot])["result"]
    order = await bench.offsets.order(bench.account, order_id)
    assert (order.state, len(order.reports)) == ("cosigned", 1)
    mint(deployed, report)
    assert (await bench.offsets.order(bench.account, order_id)).state == "minted"


async def test_order__rpc_down_after_the_purchase__waits_and_says_so(
    bench: OrderBench, deployed: Deployed
) -> None:
    order_id = await bench.place()
    await bench.turn()
    assert await bench.market.poll((await bench.stored(order_id)).quote.reference) is not None
    live = bench.chain
    async with ChainClient("http://127.0.0.1:1", deployed.deployment) as down:
        bench.chain = down
        await bench.until(order_id, "retired")
        await bench.turn(5)
        order = await bench.stored(order_id)
        assert (order.state, order.error_code) == ("retired", "chain_unavailable")
    bench.chain = live
    await bench.until(order_id, "cosigned")


async def test_order__proof_of_something_else__is_failed_and_names_the_fields(
    bench: OrderBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = bench.market.proof

    async def lying(reference: str) -> Any:
        return dataclasses.replace(await honest(reference), amount_ug=TONNE_UG - 1, beneficiary="Others")

    monkeypatch.setattr(bench.market, "proof", lying)
    order = await bench.until(await bench.place(), "failed")
    assert order.error_code == "proof_differs"
    assert order.error_detail is not None
    assert "amount_ug (1000000000000 ordered, 999999999999 retired)" in order.error_detail
    assert f"beneficiary ({NAME} ordered, Others retired)" in order.error_detail
    assert MESSAGE not in order.error_detail
