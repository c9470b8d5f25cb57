"""Orders paid through the desk: how each ends, on a real chain, with the money counted."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from desk_bench import NAME, TONNE_UG, DeskBench
from nodes import new_person

from greenledger.evidence.typed_data import order_from_json
from greenledger.offsets.desk_sales import Payment
from greenledger.offsets.service import OrderRefused
from greenledger.offsets.words import ended, waits_for
from greenledger.usage.models.order import Order

DAY_S = 86_400


class Killed(BaseException):
    """Stands for SIGKILL: nothing after it is done."""


def price(order: Order) -> int:
    return order_from_json(order.desk_order).price


def states(order: Order) -> list[str]:
    return [step.state for step in order.steps]


async def refunded_whole(bench: DeskBench, order: Order, before: int) -> Order:
    """Follows an order to its refund; nobody gained or lost by it."""
    found = await bench.until(order.id, "refunded")
    assert bench.desk_state(found) == 3
    assert bench.balance(bench.buyer) == before
    assert ended(found) is not None and waits_for(found) is None
    return found


async def test_order__paid__is_minted_by_the_seller_who_is_paid_the_signed_price(bench: DeskBench) -> None:
    seller, buyer = bench.balance(bench.desk.seller), bench.balance(bench.buyer)
    order = await bench.until((await bench.paid()).id, "minted")
    assert states(order) == ["quoted", "paid", "placed", "retired", "cosigned", "minted"]
    # 2 t at 3.25 USD and 2.5 % of fee, in a token with six decimals.
    assert price(order) == 6_670_000
    assert bench.balance(bench.desk.seller) == seller + price(order)
    assert bench.balance(bench.buyer) == buyer - price(order)
    certificate = await bench.chain.certificate(int(order.certificate or "0", 16))
    assert certificate is not None
    assert (certificate.holder, certificate.amount_ug) == (bench.buyer.address, 2 * TONNE_UG)
    hashes = {step.state: step.transaction_hash for step in order.steps}
    assert hashes["paid"] is not None and hashes["minted"] is not None
    assert bench.sandbox.retirements(bench.buyer.address) == 1


async def test_order__as_a_gift__gives_the_certificate_to_the_other_account(bench: DeskBench) -> None:
    friend = new_person()
    order = await bench.until((await bench.paid(holder=friend.address)).id, "minted")
    certificate = await bench.chain.certificate(int(order.certificate or "0", 16))
    assert certificate is not None and certificate.holder == friend.address


@pytest.mark.parametrize(
    "place", ["place:taken", "place:noted", "place:bought", "place:acted", "placed:looked", "fulfil:acted"]
)
async def test_order__process_killed__is_continued_with_one_purchase_and_one_certificate(
    bench: DeskBench, place: str
) -> None:
    lives = 1

    def die(name: str) -> None:
        nonlocal lives
        if name == place and lives:
            lives -= 1
            raise Killed

    bench.mark = die
    order = await bench.paid()
    with pytest.raises(Killed):
        await bench.until(order.id, "minted")
    bench.let_leases_run_out()
    await bench.until(order.id, "minted")
    assert bench.sandbox.retirements(bench.buyer.address) == 1


async def test_order__purchase_cut_and_process_killed__is_bought_once(bench: DeskBench) -> None:
    bench.sandbox.switch_faults(
        {"kind": "cut-after-accept", "on": "POST /orders"}, {"kind": "500", "on": "GET /orders", "times": 4}
    )
    order = await bench.until((await bench.paid()).id, "minted")
    assert order.error_code is None
    assert bench.sandbox.retirements(bench.buyer.address) == 1


async def test_order__fails_at_the_market__is_declined_at_once(bench: DeskBench) -> None:
    before = bench.balance(bench.buyer)
    order = await bench.paid()
    bench.sandbox.switch_faults({"kind": "order-fails"})
    found = await refunded_whole(bench, order, before)
    assert (found.error_code, states(found)[-3:]) == ("market_failed", ["placed", "refunding", "refunded"])
    assert bench.sandbox.retirements(bench.buyer.address) == 0


async def test_order__part_retired_that_the_payer_accepts__is_paid_in_proportion(bench: DeskBench) -> None:
    seller, buyer = bench.balance(bench.desk.seller), bench.balance(bench.buyer)
    order = await bench.paid(min_share_ppm=500_000)
    bench.sandbox.switch_faults({"kind": "partial"})
    found = await bench.until(order.id, "minted")
    certificate = await bench.chain.certificate(int(found.certificate or "0", 16))
    assert certificate is not None and certificate.amount_ug == TONNE_UG
    assert bench.balance(bench.desk.seller) == seller + price(order) // 2
    assert bench.balance(bench.buyer) == buyer - price(order) // 2


async def test_order__less_retired_than_the_payer_accepts__is_refunded(bench: DeskBench) -> None:
    before = bench.balance(bench.buyer)
    order = await bench.paid(min_share_ppm=500_001)
    bench.sandbox.switch_faults({"kind": "partial"})
    assert (await refunded_whole(bench, order, before)).error_code == "too_little_retired"


async def test_order__retired_for_somebody_else__is_not_signed_and_refunded(bench: DeskBench) -> None:
    before = bench.balance(bench.buyer)
    order = await bench.paid()
    bench.sandbox.switch_faults({"kind": "wrong-beneficiary"})
    found = await refunded_whole(bench, order, before)
    assert found.error_code == "proof_differs" and found.reports == []
    assert found.error_detail is not None and f"beneficiary ({NAME} ordered" in found.error_detail


async def test_order__source_used_by_another_certificate__is_refunded(
    bench: DeskBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bench.balance(bench.buyer)
    order = await bench.paid()
    await bench.until(order.id, "retired")

    async def used(*_: object) -> bool:
        return False

    monkeypatch.setattr(bench.chain, "can_back", used)
    assert (await refunded_whole(bench, order, before)).error_code == "origin_already_used"


@pytest.mark.parametrize("fault", ["price-moved", "quote-expired"])
async def test_order__market_refuses_its_own_quote__is_bought_once_at_a_second_price(
    bench: DeskBench, fault: str
) -> None:
    order = await bench.paid()
    bench.sandbox.switch_faults({"kind": fault, "on": "POST /orders"})
    found = await bench.until(order.id, "minted")
    assert found.reference != found.quote.reference and found.requotes == 1
    assert bench.sandbox.retirements(bench.buyer.address) == 1


async def test_order__price_moved_beyond_the_tolerance__is_refunded(bench: DeskBench) -> None:
    before = bench.balance(bench.buyer)
    order = await bench.paid()
    bench.sandbox.switch_faults(
        {"kind": "quote-expired", "on": "POST /orders"}, {"kind": "price-moved", "on": "POST /quotes"}
    )
    found = await refunded_whole(bench, order, before)
    assert found.error_code == "price_moved"
    assert found.error_detail is not None and "from 650 to 813 US cents" in found.error_detail


async def test_order__supply_gone__is_refunded(bench: DeskBench) -> None:
    before = bench.balance(bench.buyer)
    order = await bench.paid()
    bench.sandbox.switch_faults({"kind": "supply-gone", "on": "POST *", "times": 5})
    assert (await refunded_whole(bench, order, before)).error_code == "market_refused"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"token": "0x" + "77" * 20}, "token_not_allowed", "payment_token"),
        ({"amount_ug": 1}, "amount_not_offered", "amount_ug"),
    ],
)
async def test_quote__that_cannot_be_sold__is_refused_by_name(
    bench: DeskBench, changes: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(OrderRefused) as caught:
        await bench.quote(**changes)
    assert (caught.value.code, caught.value.field) == (code, field)


async def test_quote__at_a_node_without_a_seller__is_refused(bench: DeskBench) -> None:
    without = dataclasses.replace(bench.offsets, desk=None)
    quote = await bench.quote()
    assert quote.desk_id is not None
    with pytest.raises(OrderRefused, match="seller's key"):
        payment = Payment(bench.desk.token.address, bench.buyer.address, NAME, "A reason")
        await without.request_desk_quote(bench.buyer.address, quote.quote.source_id, TONNE_UG, payment)
