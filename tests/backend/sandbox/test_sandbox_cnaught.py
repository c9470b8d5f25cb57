"""The sandbox as CNaught: prices, orders with an idempotency key, states, serial numbers."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from sandbox_server import KEY, SandboxServer

BASE = "/cnaught/v1"


def placed(market: SandboxServer, key: str | None = None, **body: Any) -> httpx.Response:
    headers = {"authorization": f"Bearer {KEY}"} | ({"idempotency-key": key} if key else {})
    url = f"{market.url}{BASE}/orders"
    return httpx.post(url, json={"amount_kg": 1500} | body, headers=headers, trust_env=False)


def read(market: SandboxServer, identity: str) -> dict[str, Any]:
    found: dict[str, Any] = market.get(f"{BASE}/orders/{identity}", with_key=True).json()
    return found


def test_key__missing__is_refused_as_a_problem(market: SandboxServer) -> None:
    reply = market.get(f"{BASE}/orders")
    assert reply.status_code == 401 and reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"amount_kg": 1, "total_price_usd_cents": 5},
        {"amount_kg": 0},
        {"amount_kg": -1},
        {"amount_kg": 0.0001},
        {"amount_kg": "1"},
        {"amount_kg": 1, "portfolio_id": "nothing"},
        {"amount_kg": 10**9},
        {"amount_kg": 1, "notification_config": {"url": "https://elsewhere.example/hook"}},
        {"amount_kg": 1, "notification_config": {}},
    ],
    ids=str,
)
def test_order__bad_body__is_refused_and_no_order_is_made(
    market: SandboxServer, body: dict[str, Any]
) -> None:
    before = len(market.get(f"{BASE}/orders", with_key=True).json()["data"])
    reply = market.post(f"{BASE}/orders", body)
    assert reply.status_code == 400 and reply.json()["type"].endswith("/errors/invalid-parameters")
    assert len(market.get(f"{BASE}/orders", with_key=True).json()["data"]) == before


def test_order__same_key_and_body__is_replayed_and_another_body_is_refused(market: SandboxServer) -> None:
    first, again = placed(market, "key-1"), placed(market, "key-1")
    assert first.json()["id"] == again.json()["id"]
    assert "x-idempotent-replay" not in first.headers and again.headers["x-idempotent-replay"] == "true"
    other = placed(market, "key-1", description="On behalf of Others")
    assert other.status_code == 422 and other.json()["type"].endswith("idempotency-changed-payload")
    assert placed(market, "k" * 513).json()["type"].endswith("idempotency-key-too-long")


def test_order__state__goes_from_placed_to_fulfilled_with_serials_of_its_own(market: SandboxServer) -> None:
    orders = [placed(market, amount_kg=kg).json() for kg in (1500, 0.001, 2000)]
    assert [order["state"] for order in orders] == ["placed"] * 3
    assert "project_allocations" not in orders[0]
    market.pass_time(1001)
    done = [read(market, order["id"]) for order in orders]
    assert [order["state"] for order in done] == ["fulfilled"] * 3
    ranges = [order["project_allocations"][0]["retirements"][0]["serial_number_range"] for order in done]
    numbers = [tuple(map(int, text.split("-")[1:3])) for text in ranges]
    assert all(one[1] < other[0] for one, other in pairwise(numbers))
    assert [last - first + 1 for first, last in numbers] == [2, 1, 2]


def test_order__cancelled_in_time__leads_to_no_retirement(market: SandboxServer) -> None:
    order = placed(market).json()
    assert market.post(f"{BASE}/orders/{order['id']}/cancel", {}).json()["state"] == "cancelled"
    market.pass_time(1001)
    done = read(market, order["id"])
    assert done["state"] == "cancelled" and "project_allocations" not in done
    assert market.post(f"{BASE}/orders/{order['id']}/cancel", {}).status_code == 400


def test_orders__by_pages__are_newest_first_and_each_once(tmp_path: Path) -> None:
    with SandboxServer(tmp_path) as market:
        made = [placed(market).json()["id"] for _ in range(5)]
        listed, after = [], {}
        for _ in range(3):
            page = market.get(f"{BASE}/orders", with_key=True, limit="2", **after).json()["data"]
            listed += [order["id"] for order in page]
            after = {"starting_after": listed[-1]}
        assert listed == made[::-1]


def test_supply__of_a_portfolio__ends(tmp_path: Path) -> None:
    with SandboxServer(tmp_path) as market:
        assert placed(market, amount_kg=120_000, portfolio_id="sbxbiochar01").status_code == 201
        reply = placed(market, amount_kg=0.001, portfolio_id="sbxbiochar01")
        assert reply.status_code == 400 and "more than the portfolio has" in reply.json()["detail"]


def test_state__after_a_restart__is_still_there(tmp_path: Path) -> None:
    with SandboxServer(tmp_path) as market:
        order = placed(market, "key").json()
    with SandboxServer(tmp_path) as market:
        assert placed(market, "key").json()["id"] == order["id"]
