"""CNaught's replies with holes, oddities and lies: each is tolerated or refused with the field named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from eth_utils.address import to_checksum_address
from market_clients import CNAUGHT_PATH, STOVES
from recorded import recorded
from scripted_server import Answer, ScriptedServer, as_json

from greenledger.offsets.cnaught.adapter import CNaught
from greenledger.offsets.errors import MarketRefused, MarketUnavailable, ProofUnusable
from greenledger.offsets.market import OrderState, Purchase
from greenledger.offsets.retirement_report import retirement_report

QUOTE = "q1e8480.9f6.6a82cd90.0011223344ff.sbxstoves001"
QUOTED_AT = 1786957200
ORDER, ORDERS = f"GET {CNAUGHT_PATH}/orders/Gre28Fc35bt3", f"GET {CNAUGHT_PATH}/orders"
BUYER = "0x" + "ab" * 20
BODY = Purchase(QUOTE, "Team", BUYER, "A test")


def fulfilled(**changes: Any) -> dict[str, Any]:
    order: dict[str, Any] = recorded("cnaught", "order_fulfilled")
    return {name: value for name, value in (order | changes).items() if value is not None}


def with_project(**changes: Any) -> dict[str, Any]:
    order = fulfilled()
    order["project_allocations"][0]["project"] |= changes
    return order


def with_serials(*printed: str) -> dict[str, Any]:
    order = fulfilled()
    order["project_allocations"][0]["retirements"] = [{"serial_number_range": text} for text in printed]
    return order


async def test_order__with_fields_that_nobody_documented__is_understood(
    odd_cnaught: CNaught, scripted: ScriptedServer
) -> None:
    odd = fulfilled(beneficiary={"new": ["shape"]}, refunds=[], certificate_public_url=None)
    scripted.will(ORDERS, as_json({"data": ["nonsense", None, odd], "has_more": False}))
    found = await odd_cnaught.poll(QUOTE)
    assert found is not None and found.state is OrderState.RETIRED


@pytest.mark.parametrize("state", ["retired", "partially_fulfilled", "PLACED"])
async def test_order__in_a_state_not_known_here__is_unavailable_and_named(
    odd_cnaught: CNaught, scripted: ScriptedServer, state: str
) -> None:
    scripted.will(ORDERS, as_json({"data": [fulfilled(state=state)]}))
    with pytest.raises(MarketUnavailable, match=f"state {state} is not known here, expected placed"):
        await odd_cnaught.poll(QUOTE)


@pytest.mark.parametrize(
    "order",
    [
        fulfilled(project_allocations=None),
        fulfilled(project_allocations=[]),
        with_serials(),
        with_serials(" "),
    ],
    ids=["no parts", "empty", "no retirements", "no serials"],
)
async def test_order__fulfilled_without_serials__is_pending_until_they_are_told(
    odd_cnaught: CNaught, scripted: ScriptedServer, order: dict[str, Any]
) -> None:
    scripted.will(ORDERS, as_json({"data": [order]}))
    found = await odd_cnaught.poll(QUOTE)
    assert found is not None
    assert (found.state, found.status) == (OrderState.PENDING, "fulfilled, serial numbers not told yet")


@pytest.mark.parametrize("metadata", [None, "", "plain text", "[1]", '{"quote": 5}', "{", "x" * 9000])
async def test_orders__of_others__are_passed_over(
    odd_cnaught: CNaught, scripted: ScriptedServer, metadata: str | None
) -> None:
    scripted.will(ORDERS, as_json({"data": [fulfilled(metadata=metadata)]}))
    assert await odd_cnaught.poll(QUOTE) is None


async def test_orders__full_page_of_older_ones__ends_the_search(
    odd_cnaught: CNaught, scripted: ScriptedServer
) -> None:
    old = fulfilled(metadata=None, created_on="2026-08-16T00:00:00Z")
    scripted.will(ORDERS, as_json({"data": [old] * 100}))
    assert await odd_cnaught.poll(QUOTE) is None
    assert scripted.count(ORDERS) == 1


async def test_orders__that_never_end__are_unavailable_rather_than_absent(
    odd_cnaught: CNaught, scripted: ScriptedServer
) -> None:
    scripted.will(ORDERS, as_json({"data": [fulfilled(metadata=None)] * 100}))
    with pytest.raises(MarketUnavailable, match="not among the newest 2000"):
        await odd_cnaught.place(BODY)
    assert scripted.count(f"POST {CNAUGHT_PATH}/orders") == 0
    assert scripted.asked[1].query == "limit=100&starting_after=Gre28Fc35bt3"


async def test_place__same_key_at_the_same_moment__is_unavailable_for_a_moment(
    odd_cnaught: CNaught, scripted: ScriptedServer
) -> None:
    odd_cnaught._clock = lambda: QUOTED_AT
    kind = "https://api.cnaught.com/v1/errors/idempotency-concurrent-requests"
    scripted.will(ORDERS, as_json({"data": []}))
    scripted.will(f"POST {CNAUGHT_PATH}/quotes", as_json(recorded("cnaught", "quote")))
    scripted.will(f"POST {CNAUGHT_PATH}/orders", as_json({"type": kind, "title": "busy"}, 409))
    with pytest.raises(MarketUnavailable, match="being placed: busy") as caught:
        await odd_cnaught.place(BODY)
    assert caught.value.retry_after_s == 2


async def test_place__key_used_with_another_body__is_never_called_nothing_bought(
    odd_cnaught: CNaught, scripted: ScriptedServer
) -> None:
    odd_cnaught._clock = lambda: QUOTED_AT
    scripted.will(ORDERS, as_json({"data": []}))
    scripted.will(f"POST {CNAUGHT_PATH}/quotes", as_json(recorded("cnaught", "quote")))
    scripted.will(f"POST {CNAUGHT_PATH}/orders", as_json({"title": "changed payload"}, 422))
    with pytest.raises(MarketUnavailable, match="the key was used"):
        await odd_cnaught.place(BODY)
    scripted.will(ORDERS, as_json({"data": []}), as_json({"data": [fulfilled()]}))
    assert (await odd_cnaught.place(BODY)).state is OrderState.RETIRED


async def test_place__order_of_another_amount__is_not_believed(
    odd_cnaught: CNaught, scripted: ScriptedServer
) -> None:
    odd_cnaught._clock = lambda: QUOTED_AT
    scripted.will(ORDERS, as_json({"data": []}))
    scripted.will(f"POST {CNAUGHT_PATH}/quotes", as_json(recorded("cnaught", "quote")))
    scripted.will(f"POST {CNAUGHT_PATH}/orders", as_json(fulfilled(amount_kg=2001), 201))
    with pytest.raises(MarketUnavailable, match="amount_kg: expected 2000"):
        await odd_cnaught.place(BODY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount_kg": 999}, "amount_kg"),
        ({"price_usd_cents": -1}, "price_usd_cents"),
        ({"price_usd_cents": 10.5}, "price_usd_cents"),
        ({"price_usd_cents": None}, "price_usd_cents"),
        ({"price_usd_cents": 10**15}, "price_usd_cents"),
    ],
)
async def test_quote__that_is_not_what_was_asked_for__is_not_believed(
    odd_cnaught: CNaught, scripted: ScriptedServer, changes: dict[str, Any], field: str
) -> None:
    scripted.will(f"POST {CNAUGHT_PATH}/quotes", as_json({"amount_kg": 1000, "price_usd_cents": 1} | changes))
    with pytest.raises(MarketUnavailable, match=field):
        await odd_cnaught.projects()


@pytest.mark.parametrize(
    ("order", "says"),
    [
        (fulfilled(state="placed"), "state: found placed"),
        (fulfilled(state="cancelled"), "state: found cancelled"),
        (fulfilled(metadata="somebody else's"), "metadata"),
        (fulfilled(description="On behalf of Others"), "description"),
        (fulfilled(description=None), "description"),
        (fulfilled(project_allocations=None), "project_allocations: found 0"),
        (with_project(registry_name="A registry"), "registry_name: found 'A registry'"),
        (with_project(registry_name=None), "registry_name"),
        (with_project(registry_name="Verra"), "not of Verra"),
        (with_project(registry_id="GS1234"), "registry_id: found 1234, expected 7495"),
        (with_serials("GS1-1-KE-GS7495-16-2025-30645-9-3"), "serial_number_range"),
        (with_serials("certificate on request"), "serial_number_range"),
        (
            with_serials("GS1-1-KE-GS7495-16-2025-30645-1-2", "GS1-1-KE-GS7495-16-2024-30645-1-2"),
            "several projects or vintages",
        ),
    ],
    ids=str,
)
async def test_proof__that_a_certificate_cannot_be_made_of__names_the_field(
    odd_cnaught: CNaught, scripted: ScriptedServer, order: dict[str, Any], says: str
) -> None:
    scripted.will(ORDER, as_json(order))
    with pytest.raises(ProofUnusable, match=says):
        await odd_cnaught.proof("Gre28Fc35bt3/0")


@pytest.mark.parametrize("registry_id", ["GS7495", "7495", "", None])
async def test_proof__registry_id_in_any_spelling_or_not_told__is_checked_by_its_number(
    odd_cnaught: CNaught, scripted: ScriptedServer, registry_id: str | None
) -> None:
    scripted.will(ORDER, as_json(with_project(registry_id=registry_id)))
    assert (await odd_cnaught.proof("Gre28Fc35bt3/0")).project == "GS7495"


@pytest.mark.parametrize("turned", [False, True])
async def test_proof__serials_printed_in_pieces__are_one_range_that_a_certificate_holds(
    odd_cnaught: CNaught, scripted: ScriptedServer, turned: bool
) -> None:
    numbers = ["115597313-115597313", "115597314-115597314"]
    pieces = [f"9660-{number}-VCS-VCU-261-VER-US-14-1060-01012019-31122019-0" for number in numbers]
    order = with_serials(*(reversed(pieces) if turned else pieces))
    order["project_allocations"][0]["project"] |= {"registry_name": "Verra", "registry_id": "1060"}
    scripted.will(ORDER, as_json(order))
    proof = await odd_cnaught.proof("Gre28Fc35bt3/0")
    assert proof.serials == "9660-115597313-115597314-VCS-VCU-261-VER-US-14-1060-01012019-31122019-0"
    report = retirement_report(proof, to_checksum_address(BUYER), 1_900_000_000)
    assert (report.source.kind, report.source.first, report.source.last) == (1, 115597313, 115597314)


async def test_proof__part_that_is_not_there__is_unusable(
    odd_cnaught: CNaught, scripted: ScriptedServer
) -> None:
    scripted.will(ORDER, as_json(fulfilled()))
    with pytest.raises(ProofUnusable, match="found 1, expected more than 1"):
        await odd_cnaught.proof("Gre28Fc35bt3/1")


async def test_proof__market_down__is_unavailable(odd_cnaught: CNaught, scripted: ScriptedServer) -> None:
    scripted.will(ORDER, Answer(b"", 503, {"retry-after": "0"}))
    with pytest.raises(MarketUnavailable):
        await odd_cnaught.proof("Gre28Fc35bt3/0")


@pytest.mark.parametrize("identity", ["../quotes", "a", "", 5, "x" * 61])
async def test_order__with_an_id_that_does_not_belong_in_a_path__is_not_believed(
    odd_cnaught: CNaught, scripted: ScriptedServer, identity: object
) -> None:
    scripted.will(ORDERS, as_json({"data": [fulfilled(id=identity)]}))
    with pytest.raises(MarketUnavailable, match="id: expected"):
        await odd_cnaught.poll(QUOTE)


async def test_place__name_with_quotes_and_letters_of_any_script__arrives_unchanged(
    odd_cnaught: CNaught, scripted: ScriptedServer
) -> None:
    odd_cnaught._clock = lambda: QUOTED_AT
    scripted.will(ORDERS, as_json({"data": []}))
    scripted.will(f"POST {CNAUGHT_PATH}/quotes", as_json(recorded("cnaught", "quote")))
    scripted.will(f"POST {CNAUGHT_PATH}/orders", as_json({"detail": "stop here"}, 400))
    name = 'Équipe "BLOOM" 気候'
    with pytest.raises(MarketRefused, match="stop here"):
        await odd_cnaught.place(Purchase(QUOTE, name, BUYER, "\\ and }"))
    # A refusal is looked into, in case an order of an earlier request stands: the order is not asked last.
    (posted,) = [
        asked for asked in scripted.asked if (asked.method, asked.path) == ("POST", f"{CNAUGHT_PATH}/orders")
    ]
    sent = json.loads(posted.body)
    assert sent["description"] == f"On behalf of {name}" and sent["portfolio_id"] == STOVES.id
    assert json.loads(sent["metadata"]) == {
        "quote": QUOTE,
        "beneficiary": name,
        "address": BUYER,
        "message": "\\ and }",
    }
