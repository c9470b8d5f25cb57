"""Health, metrics, limits and headers: what operators and hostile clients meet."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from deployed import Deployed
from nodes import BLOOM, PEER_TOKEN, Running, new_person, node_settings, problem, running, sign_in

from greenledger.api.logs import configure_logs
from greenledger.api.middleware.last_resort import LastResort
from greenledger.api.middleware.rate_limit import client_key
from greenledger.api.middleware.time_limit import TimeLimit
from greenledger.api.token_buckets import MAX_CLIENTS, TokenBuckets


async def test_health__everything_up__is_ok(gateway: Running) -> None:
    response = await gateway.client.get("/health")
    body = response.json()
    assert response.status_code == 200
    assert body["status"] == "ok"
    assert {"database", "chain", "peers"} <= set(body["checks"])
    assert all(check["ok"] for check in body["checks"].values())


async def test_health__chain_down__names_it(deployed: Deployed, database_url: str) -> None:
    rpc_url = "http://127.0.0.1:9/key-in-the-url"
    async with running(node_settings(deployed, database_url, rpc_url=rpc_url)) as node:
        response = await node.client.get("/health")
    body = response.json()
    assert (response.status_code, body["status"]) == (503, "unavailable")
    assert [name for name, check in body["checks"].items() if not check["ok"]] == ["chain"]
    assert "key-in-the-url" not in response.text


async def test_health__chain_is_another_one__names_it(
    deployed: Deployed, database_url: str, tmp_path: Path
) -> None:
    content = json.loads(deployed.file.read_text()) | {"chain_id": 1337}
    file = tmp_path / "deployment.json"
    file.write_text(json.dumps(content))
    async with running(node_settings(deployed, database_url, deployment=file)) as node:
        response = await node.client.get("/health")
    assert response.status_code == 503
    assert response.json()["checks"]["chain"]["detail"] == "is chain 31337, expected 1337"


async def test_health__database_never_migrated__names_it(deployed: Deployed, tmp_path: Path) -> None:
    settings = node_settings(deployed, f"sqlite+aiosqlite:///{tmp_path}/empty.sqlite")
    async with running(settings) as node:
        response = await node.client.get("/health")
        nonce = await node.client.get("/v1/auth/nonce")
    assert response.status_code == 503
    assert not response.json()["checks"]["database"]["ok"]
    assert problem(nonce)[:2] == (503, "database_unavailable")


async def test_health__peer_away__is_degraded_and_names_it(deployed: Deployed, database_url: str) -> None:
    settings = node_settings(deployed, database_url, council_peers=("http://127.0.0.1:9",))
    async with running(settings) as node:
        response = await node.client.get("/health")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["checks"]["peers"]["detail"] == "no answer from http://127.0.0.1:9"


async def test_metrics__after_requests__count_by_route_template(gateway: Running) -> None:
    await gateway.client.get("/v1/catalogue")
    await gateway.client.get(f"/v1/reports/0x{'ab' * 32}/evidence")
    await gateway.client.get("/v1/made-up-by-a-client")
    text = (await gateway.client.get("/metrics")).text
    assert 'greenledger_requests_total{method="GET",route="/v1/catalogue",status="200"} 1.0' in text
    assert 'route="/v1/reports/{report_id}/evidence",status="401"} 1.0' in text
    assert "made-up" not in text and "abab" not in text


async def test_response__of_the_api__carries_its_headers(gateway: Running) -> None:
    headers = (await gateway.client.get("/v1/auth/nonce")).headers
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers


async def test_request_id__stated_by_the_client__is_kept_if_harmless(gateway: Running) -> None:
    kept = await gateway.client.get("/health", headers={"x-request-id": "ci-run-12345"})
    replaced = await gateway.client.get("/health", headers={"x-request-id": "a b\tc" * 20})
    assert kept.headers["x-request-id"] == "ci-run-12345"
    assert re.fullmatch("[0-9a-f]{32}", replaced.headers["x-request-id"])


async def test_rate__too_many_requests__are_refused_with_a_time(
    deployed: Deployed, database_url: str
) -> None:
    settings = node_settings(deployed, database_url, rate_per_minute=3, sign_in_rate_per_minute=2)
    async with running(settings) as node:
        for path, allowed in (("/v1/catalogue", 3), ("/v1/auth/nonce", 2)):
            answers = [await node.client.get(path) for _ in range(allowed + 1)]
            assert [answer.status_code for answer in answers] == [200] * allowed + [429]
            assert problem(answers[-1])[:2] == (429, "rate_limited")
            assert 1 <= int(answers[-1].headers["retry-after"]) <= 60


@pytest.mark.parametrize(
    "path", ["/badge/{}.svg", "/card/attestation/{}.png", "/attestation/{}", "/certificate/{}"]
)
async def test_rate__what_strangers_link_to_and_the_chain_answers__is_limited(
    deployed: Deployed, database_url: str, path: str
) -> None:
    async with running(node_settings(deployed, database_url, rate_per_minute=3)) as node:
        asked = [await node.client.get(path.format(f"0x{number:064x}")) for number in range(1, 5)]
    assert [answer.status_code == 429 for answer in asked] == [False, False, False, True]


def test_token_buckets__time_passes__fill_up_again() -> None:
    now = [0.0]
    buckets = TokenBuckets(60, clock=lambda: now[0])
    assert [buckets.wait_s("a") for _ in range(60)] == [0.0] * 60
    assert buckets.wait_s("a") == pytest.approx(1.0)
    assert buckets.wait_s("b") == 0.0
    now[0] += 1.0
    assert (buckets.wait_s("a"), buckets.wait_s("a") > 0) == (0.0, True)


def test_token_buckets__more_clients_than_fit__forget_the_oldest() -> None:
    buckets = TokenBuckets(1)
    for number in range(MAX_CLIENTS + 5):
        buckets.wait_s(str(number))
    assert len(buckets._buckets) == MAX_CLIENTS


def test_client_key__ipv6__is_its_network() -> None:
    same = {client_key({"client": (f"2001:db8::{host}", 1)}) for host in ("1", "ffff")}
    assert same == {"2001:db8::/64"}
    assert client_key({"client": ("192.0.2.1", 1)}) == "192.0.2.1"
    assert client_key({"client": None}) == "unknown"


async def ask(app: Any) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://x") as client:
        return await client.get("/")


async def test_time_limit__route_that_never_ends__is_ended() -> None:
    async def hangs(*_: Any) -> None:
        await asyncio.sleep(60)

    assert problem(await ask(TimeLimit(hangs, max_seconds=0.05)))[:2] == (503, "time_limit")


async def test_last_resort__failure_nobody_expected__tells_nothing_of_it() -> None:
    async def fails(*_: Any) -> None:
        raise RuntimeError("a secret detail")

    response = await ask(LastResort(fails))
    assert problem(response)[:2] == (500, "internal_error")
    assert "a secret detail" not in response.text


async def test_unknown_path_and_method__are_problems(gateway: Running) -> None:
    assert problem(await gateway.client.get("/v1/nothing"))[:2] == (404, "not_found")
    assert problem(await gateway.client.delete("/v1/catalogue"))[:2] == (405, "method_not_allowed")


async def test_openapi__every_operation__states_problem_documents(gateway: Running) -> None:
    document = (await gateway.client.get("/v1/openapi.json")).json()
    assert {"/v1/reports", "/v1/council/sign", "/v1/auth/sign-in"} <= set(document["paths"])
    for path, operations in document["paths"].items():
        # Telemetry is refused in the shapes of its own protocol.
        shape = "application/x-protobuf" if path.startswith("/v1/otlp/") else "application/problem+json"
        for operation in operations.values():
            assert shape in operation["responses"]["4XX"]["content"]
    assert set(document["components"]["schemas"]["ProblemView"]["required"]) >= {"code", "errors", "detail"}


async def test_logs__of_a_sign_in__hold_the_request_id_and_no_secret(
    gateway: Running, deployed: Deployed
) -> None:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        configure_logs(as_json=True)
        try:
            response = await sign_in(gateway.client, new_person())
            await gateway.client.post("/v1/workloads", json={"workload": BLOOM})
        finally:
            configure_logs(as_json=False)
    lines = [json.loads(line) for line in output.getvalue().splitlines()]
    assert response.headers["x-request-id"] in {line["request_id"] for line in lines}
    assert {line["path"] for line in lines} >= {"/v1/auth/sign-in", "/v1/workloads"}
    cookie = gateway.client.cookies["gl_session"]
    for secret in (cookie, PEER_TOKEN, *deployed.council_keys):
        assert secret not in output.getvalue()
