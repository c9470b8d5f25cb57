"""What the sandbox accepts and refuses, and that a quote retires once."""

from __future__ import annotations

import threading
from pathlib import Path

import httpx
import pytest
from sandbox_server import KEY, SandboxServer


def test_key__missing_or_wrong__is_refused(market: SandboxServer) -> None:
    body = {"asset_price_source_id": market.source_id(), "quantity_tonnes": 1}
    assert market.post("/quotes", body, with_key=False).status_code == 401
    wrong = httpx.post(
        market.url + "/quotes", json=body, headers={"authorization": f"Bearer {KEY}x"}, trust_env=False
    )
    assert wrong.status_code == 401
    assert market.get("/orders", quote_uuid="x").status_code == 401
    assert market.post("/_sandbox/faults", {"faults": []}, with_key=False).status_code == 401


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"quantity_tonnes": 1}, "asset_price_source_id"),
        ({"asset_price_source_id": "S", "quantity_tonnes": 1, "currency": "EUR"}, "currency"),
        ({"asset_price_source_id": "listing-1-0x00", "quantity_tonnes": 1}, "unknown source"),
        ({"asset_price_source_id": "S", "quantity_tonnes": 0.0009}, "below the minimum"),
        ({"asset_price_source_id": "S", "quantity_tonnes": 4000.5}, "supply"),
        ({"asset_price_source_id": "S", "quantity_tonnes": 1e-13}, "decimals"),
        ({"asset_price_source_id": "S", "quantity_tonnes": "1"}, "expected a number"),
        ({"asset_price_source_id": "S", "quantity_tonnes": True}, "expected a number"),
    ],
)
def test_quote__bad_body__is_refused_and_names_the_field(
    market: SandboxServer, body: dict[str, object], says: str
) -> None:
    if body.get("asset_price_source_id") == "S":
        body = body | {"asset_price_source_id": market.source_id()}
    reply = market.post("/quotes", body)
    assert reply.status_code == 400
    assert says in reply.json()["message"]


def test_quote__cost__is_quantity_times_price_rounded_up_to_a_millionth(market: SandboxServer) -> None:
    assert market.quote(10.000000000001)["cost_usdc"] == 32.500001


@pytest.mark.parametrize("field", ["beneficiary_name", "retirement_message", "beneficiary_address"])
def test_order__bad_field__is_refused_and_names_it(market: SandboxServer, field: str) -> None:
    long = {"beneficiary_name": "x" * 256, "retirement_message": "x" * 501, "beneficiary_address": "0x12"}
    reply = market.order(market.quote()["uuid"], **{field: long[field]})
    assert reply.status_code == 400
    assert reply.json()["message"].startswith(field)


def test_order__same_quote_twice__second_is_refused_and_one_retirement_happens(tmp_path: Path) -> None:
    with SandboxServer(tmp_path, completion_s=0) as market:
        quote = market.quote()["uuid"]
        assert market.order(quote).status_code == 200
        second = market.order(quote)
        assert second.status_code == 400 and "already consumed" in second.json()["message"]
        assert market.retirements() == 1


def test_order__same_quote_from_eight_clients_at_once__one_wins(market: SandboxServer) -> None:
    quote = market.quote()["uuid"]
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(market.order(quote).status_code)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [400] * 7


def test_order__of_an_expired_quote__is_refused(tmp_path: Path) -> None:
    with SandboxServer(tmp_path, quote_lifetime_s=60) as market:
        quote = market.quote()["uuid"]
        market.pass_time(61)
        reply = market.order(quote)
        assert reply.status_code == 400 and "expired" in reply.json()["message"]
        assert market.retirements() == 0


def test_supply__after_orders__shrinks_by_what_was_retired(tmp_path: Path) -> None:
    with SandboxServer(tmp_path) as market:
        market.order(market.quote(100.5, "ICR-9002")["uuid"])
        (price,) = market.get("/prices", projectIds=["ICR-9002"]).json()
        assert price["supply"] == 1150
        assert market.order(market.quote(1150, "ICR-9002")["uuid"]).status_code == 200
        assert market.get("/prices", projectIds=["ICR-9002"]).json() == []


def test_state__after_a_restart__is_still_there(tmp_path: Path) -> None:
    with SandboxServer(tmp_path) as market:
        quote = market.quote()["uuid"]
        market.order(quote)
    with SandboxServer(tmp_path) as market:
        (order,) = market.get("/orders", with_key=True, quote_uuid=quote).json()
        assert order["quote"]["uuid"] == quote


def test_serial_numbers__of_two_retirements__do_not_overlap(tmp_path: Path) -> None:
    with SandboxServer(tmp_path, completion_s=0) as market:
        ranges = []
        for tonnes in (1.5, 2.0004):
            order = market.order(market.quote(tonnes)["uuid"]).json()
            path = f"/retirements/84532-{order['transaction_hash']}-0/provenance"
            first, last = market.get(path).json()[0]["registrySerialNumbers"][0].split("-")[-2:]
            ranges.append((int(first), int(last)))
        assert ranges == [(1, 1500), (1501, 3501)]
