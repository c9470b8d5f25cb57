"""What the chain does to orders of the desk: time, strangers, allocations, reorganisations."""

from __future__ import annotations

import dataclasses
from typing import Any

from desk_bench import TONNE_UG, DeskBench
from nodes import new_person

from greenledger.chain.calldata import encode_fulfil
from greenledger.chain.events import Event
from greenledger.chain.node import Block
from greenledger.evidence.typed_data import order_from_json, retirement_report_from_json
from greenledger.offsets.desk_events import FinalEvents
from greenledger.offsets.words import ended, waits_for
from greenledger.usage.chain_events import record_event, remove_events_above
from greenledger.usage.models.order import Order

DAY_S = 86_400


def allocation(bench: DeskBench, order: Order, log_index: int, amount_ug: int) -> Event:
    return Event(
        block=Block(1, "0x" + "aa" * 32),
        log_index=log_index,
        transaction_hash="0x" + "bb" * 32,
        contract="RetiredCredits",
        name="Allocated",
        subject=order.certificate or "",
        arguments={"amount_ug": str(amount_ug)},
    )


def stored_form(bench: DeskBench, event: Event) -> dict[str, Any]:
    fields = {name: value for name, value in dataclasses.asdict(event).items() if name != "block"}
    place = {"chain_id": bench.chain.node.chain_id, "contracts": "test", "found_at": 1, "removed_at": None}
    return {**fields, **place, "block": event.block.number, "block_hash": event.block.hash}


async def refunded_whole(bench: DeskBench, order: Order, before: int) -> Order:
    """Follows an order to its refund; nobody gained or lost by it."""
    found = await bench.until(order.id, "refunded")
    assert bench.desk_state(found) == 3
    assert bench.balance(bench.buyer) == before
    assert ended(found) is not None and waits_for(found) is None
    return found


async def test_order__certificate_allocated_whole__says_so(bench: DeskBench) -> None:
    order = await bench.until((await bench.paid()).id, "minted")
    handler = FinalEvents(bench.chain.node.chain_id, bench.clock)
    found = []
    for log_index, amount_ug in enumerate((TONNE_UG, TONNE_UG)):
        event = allocation(bench, order, log_index, amount_ug)
        async with bench.database.transaction() as session:
            await record_event(session, **stored_form(bench, event))
            await handler.apply(session, event)
        found.append((await bench.stored(order.id)).state)
    assert found == ["minted", "allocated"]
    async with bench.database.transaction() as session:
        await remove_events_above(session, bench.chain.node.chain_id, "test", 0, 1)
        await handler.revert(session, event)
    assert (await bench.stored(order.id)).state == "minted"


async def test_order__never_paid__fails_when_its_quote_has_run_out(bench: DeskBench) -> None:
    order = await bench.quote()
    await bench.turn(601 + bench.rules.open_grace_s)
    found = await bench.stored(order.id)
    assert (found.state, found.error_code, found.due_at) == ("failed", "quote_expired", None)


async def test_order__paid_though_it_was_given_up__goes_on(bench: DeskBench) -> None:
    order = await bench.quote()
    bench.pay(order)
    bench.clock.now += 601 + bench.rules.open_grace_s
    await bench.worker.run_due()  # before the event is known here
    assert (await bench.stored(order.id)).state == "failed"
    await bench.until(order.id, "minted")


async def test_order__refunded_by_anyone_after_the_deadline__ends_refunded(bench: DeskBench) -> None:
    before = bench.balance(bench.buyer)
    order = await bench.paid()
    bench.council_signs = False
    await bench.until(order.id, "retired")
    bench.clock.now += 7 * DAY_S + 60
    bench.bring_chain_up()
    stranger = new_person()
    bench.desk.chain.fund(stranger.address)
    bench.desk.chain.transact(bench.desk.desk, "refund", bench.struct(order), sender=stranger)
    found = await refunded_whole(bench, order, before)
    assert found.error_code == "refunded_after_purchase"


async def test_order__fulfilled_by_a_stranger__is_minted_all_the_same(bench: DeskBench) -> None:
    order = await bench.paid()
    await bench.until(order.id, "retired")
    cosigned = None
    while cosigned is None:
        await bench.worker.run_due()
        found = await bench.stored(order.id)
        cosigned = found if found.state == "cosigned" else None
        bench.clock.now += 1
    entry = cosigned.reports[-1]
    data = encode_fulfil(
        order_from_json(order.desk_order),
        retirement_report_from_json(entry["report"]),
        [bytes.fromhex(one[2:]) for one in entry["signatures"]],
        0,
    )
    stranger = new_person()
    bench.desk.chain.fund(stranger.address)
    if bench.desk_state(order) == 1:
        bench.desk.chain.send(stranger, bench.desk.desk.address, f"0x{data.hex()}")
    assert (await bench.until(order.id, "minted")).certificate == entry["certificate"]


async def test_order__payment_lost_to_a_reorganisation_before_the_purchase__is_quoted_again(
    bench: DeskBench,
) -> None:
    bench.rpc("anvil_mine", "0x1")
    await bench.follow()
    snapshot = bench.rpc("evm_snapshot")
    order = await bench.paid()
    assert order.state == "paid"
    bench.rpc("evm_revert", snapshot)
    bench.rpc("anvil_mine", "0x3")
    await bench.follow()
    assert (await bench.stored(order.id)).state == "quoted"
    await bench.turn()
    assert await bench.market.poll(order.quote.reference) is None
    bench.pay(order)
    await bench.until(order.id, "minted")
    assert bench.sandbox.retirements(bench.buyer.address) == 1


async def test_order__payment_lost_after_the_purchase__is_stranded_and_resumes_if_it_comes_back(
    bench: DeskBench,
) -> None:
    bench.rpc("anvil_mine", "0x1")
    await bench.follow()
    snapshot = bench.rpc("evm_snapshot")
    bench.council_signs = False
    order = await bench.until((await bench.paid()).id, "retired")
    bench.rpc("evm_revert", snapshot)
    bench.rpc("anvil_mine", "0x3")
    await bench.turn()
    stranded = await bench.stored(order.id)
    assert (stranded.state, stranded.error_code) == ("stranded", "payment_gone")
    await bench.turn(120)
    assert (await bench.stored(order.id)).state == "stranded"
    bench.council_signs = True
    bench.pay(order)
    await bench.until(order.id, "minted")
    assert bench.sandbox.retirements(bench.buyer.address) == 1
