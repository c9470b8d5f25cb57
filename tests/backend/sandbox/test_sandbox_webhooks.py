"""The sandbox's calls about orders: made until they are taken, twice or out of order if a fault says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from sandbox_server import SandboxServer
from scripted_server import Answer, ScriptedServer

from greenledger.offsets.webhooks import check_signature
from marketplace_sandbox.webhooks import signed

HOOK = "POST /hook"


@pytest.fixture
def receiver() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        server.will(HOOK, Answer(b"{}"))
        yield server


@pytest.fixture
def market(tmp_path: Path) -> Iterator[SandboxServer]:
    with SandboxServer(tmp_path, completion_s=100) as server:
        yield server


def order(market: SandboxServer, receiver: ScriptedServer) -> str:
    body = {"amount_kg": 1, "notification_config": {"url": f"{receiver.url}/hook"}}
    return str(market.post("/cnaught/v1/orders", body).json()["id"])


def told(receiver: ScriptedServer) -> list[tuple[str, str]]:
    bodies: list[dict[str, Any]] = [httpx.Response(200, content=one.body).json() for one in receiver.asked]
    return [(body["id"], body["state"]) for body in bodies]


def test_call__when_the_state_changes__is_made_once_and_holds_the_order(
    market: SandboxServer, receiver: ScriptedServer
) -> None:
    identity = order(market, receiver)
    assert market.deliver_calls() == {"taken": 0, "waiting": 0}
    market.pass_time(101)
    assert market.deliver_calls() == {"taken": 1, "waiting": 0}
    assert market.deliver_calls() == {"taken": 0, "waiting": 0}
    assert told(receiver) == [(identity, "fulfilled")]


@pytest.mark.parametrize("status", [202, 302, 500])
def test_call__answered_by_anything_but_200__is_repeated(
    market: SandboxServer, receiver: ScriptedServer, status: int
) -> None:
    receiver.will(HOOK, Answer(b"", status), Answer(b"{}"))
    identity = order(market, receiver)
    market.pass_time(101)
    assert market.deliver_calls() == {"taken": 0, "waiting": 1}
    assert market.deliver_calls() == {"taken": 1, "waiting": 0}
    assert told(receiver) == [(identity, "fulfilled")] * 2


def test_call__nobody_listens_for_a_day__is_given_up(market: SandboxServer) -> None:
    body = {"amount_kg": 1, "notification_config": {"url": "http://127.0.0.1:1/hook"}}
    market.post("/cnaught/v1/orders", body)
    market.pass_time(101)
    assert market.deliver_calls() == {"taken": 0, "waiting": 1}
    market.pass_time(86_400)
    assert market.deliver_calls() == {"taken": 0, "waiting": 0}


def test_call__by_a_fault__is_made_twice(market: SandboxServer, receiver: ScriptedServer) -> None:
    identity = order(market, receiver)
    market.pass_time(101)
    market.switch_faults({"kind": "webhook-twice", "on": "WEBHOOK cnaught"})
    market.deliver_calls()
    assert told(receiver) == [(identity, "fulfilled")] * 2


def test_call__by_a_fault__tells_the_earlier_state_last(
    market: SandboxServer, receiver: ScriptedServer
) -> None:
    identity = order(market, receiver)
    market.pass_time(101)
    market.switch_faults({"kind": "webhook-out-of-order", "on": "WEBHOOK cnaught"})
    market.deliver_calls()
    assert told(receiver) == [(identity, "fulfilled"), (identity, "placed")]


def test_call__about_a_retirement_taken_back__is_made_again(
    market: SandboxServer, receiver: ScriptedServer
) -> None:
    market.switch_faults({"kind": "reverted", "seconds": 50})
    identity = order(market, receiver)
    for _ in range(2):
        market.pass_time(101)
        market.deliver_calls()
    assert told(receiver)[-1] == (identity, "cancelled")


def test_signed__headers__are_what_the_gateway_checks() -> None:
    secret = "whsec_c2FuZGJveA=="  # noqa: S105  (the base64 of "sandbox")
    check_signature(SecretStr(secret), signed(secret, b"{}", 1_786_957_300), b"{}", 1_786_957_300)
