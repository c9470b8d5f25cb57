"""POST /v1/webhooks/{market}: bounded, signed where agreed, and a hint at most."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from deployed import Deployed
from market_clients import WIND
from nodes import Running, node_settings, problem, running
from sandbox_server import KEY

from greenledger.offsets.worker import OrderWorker
from marketplace_sandbox.webhooks import signed

AWAY: dict[str, Any] = {
    "cnaught_url": "http://127.0.0.1:1/cnaught/v1",
    "cnaught_key": KEY,
    "cnaught_portfolios": (WIND,),
}
SECRET = "whsec_" + base64.b64encode(b"a secret agreed upon").decode()
HINT = {"id": "Gre28Fc35bt3", "metadata": json.dumps({"quote": "q1.2.3.4.x"})}


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The quote references that the worker was told to look at while the test runs."""
    references: list[str] = []
    monkeypatch.setattr(OrderWorker, "wake_order", lambda _worker, reference: references.append(reference))
    return references


@pytest.fixture
async def node(deployed: Deployed, database_url: str, woken: list[str]) -> AsyncIterator[Running]:
    async with running(node_settings(deployed, database_url, **AWAY)) as started:
        yield started


@pytest.fixture
async def signing_node(deployed: Deployed, database_url: str, woken: list[str]) -> AsyncIterator[Running]:
    settings = node_settings(deployed, database_url, cnaught_webhook_secret=SECRET, **AWAY)
    async with running(settings) as started:
        yield started


async def test_webhook__about_an_order__wakes_the_worker_and_is_answered_200(
    node: Running, woken: list[str]
) -> None:
    response = await node.client.post("/v1/webhooks/cnaught", json=HINT)
    assert (response.status_code, response.json()) == (200, {"status": "noted"})
    assert woken == ["q1.2.3.4.x"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 50_000, b'{"metadata": {"quote": "x"}}'])
async def test_webhook__forged_or_unreadable_body__is_noted_without_effect(
    node: Running, woken: list[str], content: bytes
) -> None:
    response = await node.client.post("/v1/webhooks/cnaught", content=content)
    assert response.status_code == 200 and woken == []


@pytest.mark.parametrize("market", ["carbonmark", "isometric", "nobody"])
async def test_webhook__of_a_market_that_does_not_call_here__is_404(
    node: Running, woken: list[str], market: str
) -> None:
    response = await node.client.post(f"/v1/webhooks/{market}", json=HINT)
    assert problem(response) == (404, "unknown_market", ["market"])
    assert woken == []


async def test_webhook__larger_than_64_kib__is_413(node: Running, woken: list[str]) -> None:
    response = await node.client.post("/v1/webhooks/cnaught", content=b" " * 65_537)
    assert problem(response) == (413, "body_too_large", ["body"])
    assert woken == []


async def test_webhook__read_by_get__is_not_allowed(node: Running) -> None:
    assert (await node.client.get("/v1/webhooks/cnaught")).status_code == 405


async def test_webhook__secret_agreed__is_taken_signed_only(signing_node: Running, woken: list[str]) -> None:
    body = json.dumps(HINT).encode()
    unsigned = await signing_node.client.post("/v1/webhooks/cnaught", content=body)
    assert problem(unsigned) == (401, "bad_signature", ["header webhook-signature"])
    changed = await signing_node.client.post(
        "/v1/webhooks/cnaught", content=body + b" ", headers=signed(SECRET, body, int(time.time()))
    )
    assert problem(changed)[:2] == (401, "bad_signature")
    assert woken == [] and SECRET not in unsigned.text + changed.text
    taken = await signing_node.client.post(
        "/v1/webhooks/cnaught", content=body, headers=signed(SECRET, body, int(time.time()))
    )
    assert taken.status_code == 200 and woken == ["q1.2.3.4.x"]


async def test_health__version_that_ends__is_named_and_the_node_still_serves(
    deployed: Deployed, database_url: str
) -> None:
    ends = {"market_ends": {"cnaught": "2020-01-31"}}
    async with running(node_settings(deployed, database_url, **AWAY, **ends)) as started:
        response = await started.client.get("/health")
    checks = response.json()["checks"]
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert "has switched it off on 2020-01-31" in checks["market versions"]["detail"]
    assert "cnaught: POST /quotes: ConnectError" in checks["marketplace"]["detail"]
