"""What a key may do: the scopes it has, in its own account, and nothing by any other way of stating it."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest
from key_holders import ALL, bearer, made_key, new_holder, stored_key
from nodes import BLOOM, Running, fresh_nonce, new_person, problem, sign_in, signed, siwe_message, stated

from greenledger.usage.database import Database

NEEDED = [
    ("submit", "POST", "/v1/workloads", {"json": {"workload": BLOOM}}),
    ("submit", "GET", "/v1/workloads", {}),
    (
        "submit",
        "POST",
        "/v1/workloads/upload",
        {"content": b"[]", "headers": {"content-type": "application/json"}},
    ),
    ("record", "POST", "/v1/reports", {"json": {"workload_ids": ["0" * 32]}}),
    ("record", "GET", "/v1/reports", {}),
    ("record", "GET", f"/v1/reports/0x{'ab' * 32}/evidence", {}),
    ("estimate", "POST", "/v1/footprints/estimate", {"json": BLOOM}),
]
BY_WALLET_ONLY = ["/v1/keys", "/v1/audit", "/v1/orders", "/v1/auth/session"]


async def ask(
    client: httpx.AsyncClient, method: str, path: str, key: str, more: dict[str, Any]
) -> httpx.Response:
    headers = more.get("headers", {}) | bearer(key)
    return await client.request(method, path, **(more | {"headers": headers}))


@pytest.mark.parametrize(("scope", "method", "path", "more"), NEEDED)
async def test_key__with_every_scope_but_the_one_needed__is_refused_and_told_both(
    gateway: Running, scope: str, method: str, path: str, more: dict[str, Any]
) -> None:
    held = [name for name in ALL if name != scope]
    _, key = await new_holder(gateway.client, *held)
    response = await ask(gateway.client, method, path, key, more)
    assert problem(response) == (403, "wrong_scope", ["header Authorization"])
    reason = response.json()["errors"][0]
    assert reason["problem"] == f"is a key for {', '.join(held)}"
    assert reason["expected"] == f"a key for {scope}"
    challenge = response.headers["www-authenticate"]
    assert f'scope="{scope}"' in challenge and "insufficient_scope" in challenge


@pytest.mark.parametrize(("scope", "method", "path", "more"), NEEDED)
async def test_key__with_the_scope_alone__gets_in_without_origin_or_cookie(
    gateway: Running, scope: str, method: str, path: str, more: dict[str, Any]
) -> None:
    _, key = await new_holder(gateway.client, scope)
    del gateway.client.headers["origin"]
    response = await ask(gateway.client, method, path, key, more)
    assert response.status_code in (200, 201, 404)
    assert response.status_code != 404 or response.json()["code"].startswith("unknown_")


@pytest.mark.parametrize("path", BY_WALLET_ONLY)
async def test_key__where_only_a_wallet_may__is_refused(gateway: Running, path: str) -> None:
    _, key = await new_holder(gateway.client)
    response = await gateway.client.get(path, headers=bearer(key))
    assert problem(response) == (403, "session_needed", ["header Authorization"])


async def test_key__of_one_account__sees_and_reports_nothing_of_another(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    theirs = await stated(gateway.client)
    gateway.client.cookies.clear()
    _, key = await new_holder(gateway.client)
    assert (await gateway.client.get("/v1/workloads", headers=bearer(key))).json() == {"items": []}
    body = {"workload_ids": [theirs["id"]]}
    response = await gateway.client.post("/v1/reports", json=body, headers=bearer(key))
    assert problem(response) == (404, "unknown_workload", ["workload_ids[0]"])


async def test_key__beside_the_cookie_of_another_account__acts_for_its_own(gateway: Running) -> None:
    _, key = await new_holder(gateway.client)
    await sign_in(gateway.client, new_person())
    made = await gateway.client.post("/v1/workloads", json={"workload": BLOOM}, headers=bearer(key))
    assert made.status_code == 201
    assert (await gateway.client.get("/v1/workloads")).json() == {"items": []}
    assert (await gateway.client.get("/v1/workloads", headers=bearer(key))).json()["items"] == [made.json()]


async def test_key__that_is_bad_beside_a_good_cookie__does_not_fall_back_to_it(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    response = await gateway.client.get("/v1/workloads", headers=bearer("gl_" + "0" * 16 + "_" + "0" * 64))
    assert problem(response) == (401, "invalid_key", ["header Authorization"])


@pytest.mark.parametrize(
    "authorization",
    [
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer " + "x" * 10_000,
        "gl_" + "0" * 16 + "_" + "0" * 64,
        "Token gl_" + "0" * 16 + "_" + "0" * 64,
        "Bearer gl_" + "0" * 16 + "_" + "0" * 64,
        "Bearer gl_" + "0" * 16 + "_" + "0" * 64 + ", Bearer x",
        "Bearer gl_" + "0" * 5_000 + "_" + "0" * 5_000,
        "x" * 10_000,
    ],
)
@pytest.mark.parametrize("path", ["/v1/workloads", "/v1/footprints/estimate"])
async def test_authorization__that_is_no_key__is_refused_with_a_challenge(
    gateway: Running, authorization: str, path: str
) -> None:
    response = await gateway.client.post(path, json=BLOOM, headers={"authorization": authorization})
    assert problem(response) == (401, "invalid_key", ["header Authorization"])
    assert response.headers["www-authenticate"].startswith('Bearer realm="greenledger"')
    assert len(response.content) < 600 and "0" * 40 not in response.text


async def test_authorization__bytes_that_are_no_text__is_refused(gateway: Running) -> None:
    headers = [(b"authorization", b"Bearer \xff\xfe\x00gl_")]
    assert problem(await gateway.client.get("/v1/workloads", headers=headers))[:2] == (401, "invalid_key")


async def test_authorization__twice__is_refused(gateway: Running) -> None:
    _, key = await new_holder(gateway.client)
    headers = [("authorization", f"Bearer {key}"), ("authorization", f"Bearer {key}")]
    assert problem(await gateway.client.get("/v1/workloads", headers=headers))[:2] == (401, "invalid_key")


async def test_authorization__basic_of_a_proxy__leaves_the_session_as_it_is(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    response = await gateway.client.get("/v1/workloads", auth=("staging", "password"))
    assert response.status_code == 200


async def test_scheme__in_any_case__is_read(gateway: Running) -> None:
    _, key = await new_holder(gateway.client)
    response = await gateway.client.get("/v1/workloads", headers={"authorization": f"bEARER {key}"})
    assert response.status_code == 200


@pytest.mark.parametrize(
    "query", ["api_key={}", "access_token={}", "key={}", "limit={}", "{}=1", "token=anything"]
)
async def test_key__in_the_url__is_refused_also_beside_a_good_header(gateway: Running, query: str) -> None:
    _, key = await new_holder(gateway.client)
    for headers in ({}, bearer(key)):
        response = await gateway.client.get(f"/v1/workloads?{query.format(key)}", headers=headers)
        assert problem(response) == (400, "key_in_url", ["query"])
        assert key not in response.text


async def test_key__expired_or_used_by_a_clock_behind__is_told_when(
    gateway: Running, database: Database
) -> None:
    now = int(time.time())
    account = new_person().address
    over = await stored_key(database, account, now - 2 * 86_400, days=1)
    ahead = await stored_key(database, account, now + 3_600, days=1)
    response = await gateway.client.get("/v1/workloads", headers=bearer(over))
    assert problem(response) == (401, "invalid_key", ["header Authorization"])
    assert f"expired at {now - 86_400}" in response.json()["errors"][0]["problem"]
    # Made by a gateway whose clock is an hour ahead: it lives an hour longer, and works now.
    assert (await gateway.client.get("/v1/workloads", headers=bearer(ahead))).status_code == 200


async def test_estimate__without_a_key__stays_open(gateway: Running) -> None:
    del gateway.client.headers["origin"]
    assert (await gateway.client.post("/v1/footprints/estimate", json=BLOOM)).status_code == 200


async def test_openapi__operations_that_take_keys__show_the_scheme_and_the_scope(gateway: Running) -> None:
    document = (await gateway.client.get("/v1/openapi.json")).json()
    schemes = document["components"]["securitySchemes"]
    assert (schemes["key"]["type"], schemes["key"]["scheme"]) == ("http", "bearer")
    assert (schemes["session"]["in"], schemes["session"]["name"]) == ("cookie", "gl_session")
    for scope, method, path, _ in NEEDED:
        template = "/v1/reports/{report_id}/evidence" if path.endswith("evidence") else path
        security = document["paths"][template][method.lower()]["security"]
        assert {"key": [scope]} in security
    assert "security" not in document["paths"]["/v1/catalogue"]["get"]


async def test_openapi__operations_for_a_wallet_alone__show_no_key(gateway: Running) -> None:
    paths = (await gateway.client.get("/v1/openapi.json")).json()["paths"]
    for path in (*BY_WALLET_ONLY, "/v1/quotes", "/v1/keys/{key_id}", "/v1/auth/sign-out"):
        for operation in paths[path].values():
            assert operation["security"] == [{"session": []}]


async def test_openapi__every_operation_that_takes_a_key__names_one_scope(gateway: Running) -> None:
    paths = (await gateway.client.get("/v1/openapi.json")).json()["paths"]
    named = [
        scheme["key"]
        for path in paths.values()
        for operation in path.values()
        for scheme in operation.get("security", [])
        if "key" in scheme
    ]
    assert {tuple(scopes) for scopes in named} == {(scope,) for scope in ALL}


async def test_sign_in__with_a_key_beside_it__is_noted_as_the_wallets_act(gateway: Running) -> None:
    _, key = await new_holder(gateway.client)
    person = new_person()
    body = signed(person, siwe_message(person.address, await fresh_nonce(gateway.client)))
    assert (await gateway.client.post("/v1/auth/sign-in", json=body, headers=bearer(key))).status_code == 200
    (entry,) = (await gateway.client.get("/v1/audit")).json()["items"]
    assert entry["actor"] == "session"


async def test_key__made_for_one_scope__cannot_be_widened_by_naming_more(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    made = await made_key(gateway.client, "estimate")
    gateway.client.cookies.clear()
    headers = bearer(made["key"]) | {"x-scopes": "submit", "x-account": "0x" + "11" * 20}
    assert problem(await gateway.client.get("/v1/workloads", headers=headers))[:2] == (403, "wrong_scope")
