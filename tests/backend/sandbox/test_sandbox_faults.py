"""Each fault that can be switched on does what its name says, as often as asked."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from sandbox_server import KEY, SandboxServer


def test_fault_429__twice__says_when_to_come_back_and_then_works(market: SandboxServer) -> None:
    market.switch_faults({"kind": "429", "on": "GET /prices", "times": 2, "seconds": 7})
    for _ in range(2):
        reply = market.get("/prices")
        assert (reply.status_code, reply.headers["retry-after"]) == (429, "7")
    assert market.get("/prices").status_code == 200


def test_fault_500__on_one_path__leaves_others_alone(market: SandboxServer) -> None:
    market.switch_faults({"kind": "500", "on": "GET /prices"})
    assert market.get("/carbonProjects").status_code == 200
    assert market.get("/prices").status_code == 500
    assert market.get("/prices").status_code == 200


def test_fault_slow__delays_the_reply__but_the_work_is_done(market: SandboxServer) -> None:
    quote = market.quote()["uuid"]
    market.switch_faults({"kind": "slow", "on": "POST /orders", "seconds": 0.5})
    body = {"quote_uuid": quote, "beneficiary_name": "a", "retirement_message": "b"}
    with pytest.raises(httpx.ReadTimeout):
        headers = {"authorization": f"Bearer {KEY}"}
        httpx.post(market.url + "/orders", json=body, headers=headers, timeout=0.2, trust_env=False)
    assert len(market.get("/orders", with_key=True, quote_uuid=quote).json()) == 1


def test_fault_cut_after_accept__loses_the_reply__but_the_order_exists(market: SandboxServer) -> None:
    quote = market.quote()["uuid"]
    market.switch_faults({"kind": "cut-after-accept", "on": "POST /orders"})
    with pytest.raises(httpx.RemoteProtocolError):
        market.order(quote)
    assert len(market.get("/orders", with_key=True, quote_uuid=quote).json()) == 1


def test_fault_order_fails__ends_as_failed_without_retirement(tmp_path: Path) -> None:
    with SandboxServer(tmp_path, completion_s=1000) as market:
        quote = market.quote()["uuid"]
        market.switch_faults({"kind": "order-fails"})
        assert market.order(quote).json()["status"] == "SUBMITTED"
        market.pass_time(1000)
        (order,) = market.get("/orders", with_key=True, quote_uuid=quote).json()
        assert (order["status"], order["transaction_hash"]) == ("FAILED", None)
        assert market.retirements() == 0


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "earthquake"},
        {"kind": "500", "times": 0},
        {"kind": "500", "times": True},
        {"kind": "slow", "seconds": 61},
        {"kind": "slow", "seconds": "1"},
        {"kind": "500", "on": 5},
        "500",
    ],
)
def test_fault__malformed__is_refused(market: SandboxServer, fault: object) -> None:
    reply = market.post("/_sandbox/faults", {"faults": [fault]})
    assert reply.status_code == 400 and "faults[]" in reply.json()["message"]
