"""Orders as the market may report them: what its guide leaves open, and what nobody should believe."""

from __future__ import annotations

import pytest
from replies import BUYER, HASH, QUOTE, RETIREMENT, order, retirement
from scripted_server import Answer, ScriptedServer, as_json

from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.errors import MarketUnavailable, ProofUnusable
from greenledger.offsets.market import OrderState, Purchase


@pytest.mark.parametrize("shape", ["object", "array"])
async def test_order__as_object_or_array__is_understood(
    odd_market: Carbonmark, scripted: ScriptedServer, shape: str
) -> None:
    scripted.will("GET /orders", as_json(order() if shape == "object" else [order()]))
    scripted.will("GET /retirements", as_json([retirement()]))
    found = await odd_market.poll(QUOTE)
    assert found is not None and (found.state, found.retirement) == (OrderState.RETIRED, RETIREMENT)


async def test_place__order_exists_already__is_not_sent_again(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    scripted.will("GET /orders", as_json(order(status="SUBMITTED")))
    found = await odd_market.place(Purchase(QUOTE, "Team", BUYER, "A test"))
    assert found.state is OrderState.PENDING
    assert scripted.count("POST /orders") == 0


async def test_place__market_cannot_say_whether_it_exists__is_not_sent(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    scripted.will("GET /orders", Answer(b"", 503, {"retry-after": "0"}))
    with pytest.raises(MarketUnavailable):
        await odd_market.place(Purchase(QUOTE, "Team", BUYER, "A test"))
    assert scripted.count("POST /orders") == 0


@pytest.mark.parametrize("nothing", [[], None])
async def test_order__none_yet__is_none(
    odd_market: Carbonmark, scripted: ScriptedServer, nothing: object
) -> None:
    scripted.will("GET /orders", as_json(nothing))
    assert await odd_market.poll(QUOTE) is None


async def test_order__answered_404__is_none(odd_market: Carbonmark, scripted: ScriptedServer) -> None:
    scripted.will("GET /orders", as_json({"message": "not found"}, 404))
    assert await odd_market.poll(QUOTE) is None


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("SUBMITTED", OrderState.PENDING),
        ("AWAITING_REGISTRY", OrderState.PENDING),
        ("failed", OrderState.FAILED),
        ("CANCELLED", OrderState.FAILED),
    ],
)
async def test_order__status__is_mapped_and_an_unknown_one_waits(
    odd_market: Carbonmark, scripted: ScriptedServer, status: str, state: OrderState
) -> None:
    scripted.will("GET /orders", as_json(order(status=status, transaction_hash=None)))
    found = await odd_market.poll(QUOTE)
    assert found is not None and found.state is state


async def test_order__completed_but_not_indexed__is_still_pending(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    scripted.will("GET /orders", as_json(order()))
    scripted.will("GET /retirements", as_json([]))
    found = await odd_market.poll(QUOTE)
    assert found is not None and found.state is OrderState.PENDING


async def test_order__view_url_with_the_unified_id__needs_no_search(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    scripted.will("GET /orders", as_json(order(view_retirement_url=f"https://market.test/r/{RETIREMENT}")))
    found = await odd_market.poll(QUOTE)
    assert found is not None and found.retirement == RETIREMENT
    assert scripted.count("GET /retirements") == 0


async def test_order__view_url_of_another_transaction__is_not_believed(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    foreign = "https://market.test/r/8453-0x" + "2f" * 32 + "-0"
    scripted.will("GET /orders", as_json(order(view_retirement_url=foreign)))
    scripted.will("GET /retirements", as_json([retirement()]))
    found = await odd_market.poll(QUOTE)
    assert found is not None and found.retirement == RETIREMENT


async def test_order__batched_with_others__takes_the_one_that_fits(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    others = [
        retirement(id=f"8453-{HASH}-0", amount=1.6),
        retirement(id=f"8453-{HASH}-1", beneficiaryAddress="0x" + "cd" * 20),
        retirement(id=f"8453-{HASH}-3", beneficiaryName="Others"),
    ]
    scripted.will("GET /orders", as_json(order()))
    scripted.will("GET /retirements", as_json([*others, retirement()]))
    found = await odd_market.poll(QUOTE)
    assert found is not None and found.retirement == RETIREMENT


@pytest.mark.parametrize(
    "listed",
    [[retirement(), retirement(id=f"8453-{HASH}-5")], [retirement(id=f"137-{BUYER}-4")]],
    ids=["two fit alike", "an id that names no transaction"],
)
async def test_order__retirement_that_cannot_be_told__is_bought_and_its_proof_unusable_rather_than_guessed(
    odd_market: Carbonmark, scripted: ScriptedServer, listed: list[object]
) -> None:
    scripted.will("GET /orders", as_json(order()))
    scripted.will("GET /retirements", as_json(listed))
    placed = await odd_market.place(Purchase(QUOTE, "Team", BUYER, "A test"))
    assert placed == await odd_market.poll(QUOTE)
    assert (placed.state, placed.retirement) == (OrderState.RETIRED, HASH)
    with pytest.raises(ProofUnusable, match=f"not exactly one of transaction {HASH} fits the order"):
        await odd_market.proof(HASH)


@pytest.mark.parametrize(
    ("reply", "field"),
    [
        (order(quote={"uuid": "another", "quantity_tonnes": 1}), "quote.uuid"),
        (order(quote=None), "quote.uuid"),
        (order(status=None), "status"),
        (order(quote={"uuid": QUOTE, "quantity_tonnes": "x"}), "quantity_tonnes"),
        ([order(), order()], "one order for one quote"),
        ("COMPLETED", "order"),
    ],
)
async def test_order__not_ours_or_not_an_order__is_not_believed(
    odd_market: Carbonmark, scripted: ScriptedServer, reply: object, field: str
) -> None:
    scripted.will("GET /orders", as_json(reply))
    with pytest.raises(MarketUnavailable, match=field):
        await odd_market.poll(QUOTE)
