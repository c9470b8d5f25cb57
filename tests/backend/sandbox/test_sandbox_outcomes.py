"""Faults that decide about an order: how much is retired, for whom, by which serials, for how long."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sandbox_server import SandboxServer


@pytest.fixture
def market(tmp_path: Path) -> Any:
    with SandboxServer(tmp_path, completion_s=0) as server:
        yield server


def ordered(market: SandboxServer, *faults: dict[str, Any], tonnes: float = 3) -> dict[str, Any]:
    """An order at Carbonmark's shape, as it is right after it was placed."""
    quote = market.quote(tonnes)["uuid"]
    market.switch_faults(*faults)
    market.order(quote, beneficiary_address="0x" + "ab" * 20)
    (order,) = market.get("/orders", with_key=True, quote_uuid=quote).json()
    return dict(order)


def retirement(market: SandboxServer, order: dict[str, Any]) -> dict[str, Any]:
    (found,) = market.get("/retirements", hash=order["transaction_hash"]).json()
    return dict(found)


def serials(market: SandboxServer, order: dict[str, Any]) -> str:
    path = f"/retirements/84532-{order['transaction_hash']}-0/provenance"
    return str(market.get(path).json()[0]["registrySerialNumbers"][0])


def test_partial__retires_half_and_says_so(market: SandboxServer) -> None:
    order = ordered(market, {"kind": "partial"})
    assert retirement(market, order)["amount"] == 1.5
    assert market.get("/_sandbox/totals", with_key=True).json()["tonnes"] == 1.5


def test_wrong_serials__has_one_number_too_many_and_used_serials_those_of_before(
    market: SandboxServer,
) -> None:
    first = serials(market, ordered(market))
    assert first.endswith("-1-3000")
    assert serials(market, ordered(market, {"kind": "used-serials"})) == first
    assert serials(market, ordered(market, {"kind": "wrong-serials"})).endswith("-3001-6001")
    assert serials(market, ordered(market)).endswith("-6001-9000")


def test_wrong_beneficiary__names_somebody_else(market: SandboxServer) -> None:
    found = retirement(market, ordered(market, {"kind": "wrong-beneficiary"}))
    assert (found["beneficiaryName"], found["beneficiaryAddress"]) == ("Somebody else", "0x" + "99" * 20)


def test_reverted__is_completed_first_and_taken_back_later(market: SandboxServer) -> None:
    order = ordered(market, {"kind": "reverted", "seconds": 100})
    assert order["status"] == "COMPLETED" and market.retirements() == 1
    market.pass_time(101)
    quote = order["quote"]["uuid"]
    (later,) = market.get("/orders", with_key=True, quote_uuid=quote).json()
    assert later["status"] == "CANCELLED" and later["completed_at"] == order["completed_at"]
    assert market.retirements() == 0
    assert market.get(f"/retirements/84532-{order['transaction_hash']}-0").status_code == 404


def test_out_of_order__shows_an_earlier_state_once(tmp_path: Path) -> None:
    with SandboxServer(tmp_path / "slow", completion_s=50) as market:
        order = ordered(market)
        market.pass_time(51)
        market.switch_faults({"kind": "out-of-order", "on": "GET /orders"})
        statuses = [
            market.get("/orders", with_key=True, quote_uuid=order["quote"]["uuid"]).json()[0]["status"]
            for _ in range(2)
        ]
        assert statuses == ["SUBMITTED", "COMPLETED"]


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("price-moved", "the price has moved"),
        ("supply-gone", "exceeds the available supply"),
        ("quote-expired", "quote expired"),
    ],
)
def test_refusals__at_the_order__have_the_markets_words_and_leave_the_quote(
    market: SandboxServer, kind: str, says: str
) -> None:
    quote = market.quote(3)["uuid"]
    market.switch_faults({"kind": kind, "on": "POST /orders"})
    refused = market.order(quote)
    assert refused.status_code == 400 and says in refused.json()["message"]
    assert market.order(quote).status_code == 200


def test_price_moved__at_the_quote__is_a_quarter_dearer_than_listed(market: SandboxServer) -> None:
    market.switch_faults({"kind": "price-moved", "on": "POST /quotes"})
    assert [market.quote(4)["cost_usdc"] for _ in range(2)] == [16.25, 13]


def test_after__lets_so_many_requests_pass_and_times_limits_those_hit(market: SandboxServer) -> None:
    market.switch_faults({"kind": "500", "on": "GET /carbon*", "after": 2, "times": 2})
    statuses = [market.get("/carbonProjects").status_code for _ in range(6)]
    assert statuses == [200, 200, 500, 500, 200, 200]


def test_on__with_a_star__hits_one_market_only(market: SandboxServer) -> None:
    market.switch_faults({"kind": "500", "on": "* /cnaught/*", "times": 2})
    assert market.get("/prices").status_code == 200
    reply = market.get("/cnaught/v1/orders", with_key=True)
    assert reply.status_code == 500 and reply.json()["type"].endswith("internal-server-error")


def test_sunset__is_announced_with_any_reply(market: SandboxServer) -> None:
    market.switch_faults({"kind": "sunset", "seconds": 86_400})
    announced, silent = market.get("/prices"), market.get("/prices")
    assert announced.headers["deprecation"].startswith("@") and "GMT" in announced.headers["sunset"]
    assert "sunset" not in silent.headers
