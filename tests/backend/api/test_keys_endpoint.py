"""/v1/keys over HTTP: made, listed and ended by the wallet's session, and by nothing else."""

from __future__ import annotations

import asyncio
import sqlite3
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from deployed import Deployed
from key_holders import bearer, made_key, new_holder
from nodes import BLOOM, Running, new_person, node_settings, problem, running, sign_in
from postgres import Postgres
from sqlalchemy import text

from greenledger.api.middleware.body_limit import MAX_BODY_BYTES
from greenledger.api.middleware.time_limit import TimeLimit
from greenledger.usage.api_keys import MAX_LIVING
from greenledger.usage.database import Database

URL = "/v1/keys"
BODY: dict[str, Any] = {"name": "CI of the shop", "scopes": ["submit", "record"], "expires_in_days": 30}


async def test_make__signed_in__shows_the_key_once(gateway: Running, database_file: Path) -> None:
    await sign_in(gateway.client, new_person())
    made = await made_key(gateway.client, "submit", name="CI of the shop", expires_in_days=30)
    key, stored = made["key"], made["stored"]
    assert stored["id"] == key[3:19] and stored["scopes"] == ["submit"]
    assert stored["expires_at"] == stored["created_at"] + 30 * 86_400
    assert (stored["last_used_at"], stored["revoked_at"]) == (None, None)
    listed = await gateway.client.get(URL)
    assert listed.json()["items"] == [stored]
    assert key[-64:] not in listed.text
    with sqlite3.connect(database_file) as connection:
        dump = "\n".join(connection.iterdump())
    assert stored["id"] in dump and key[-64:] not in dump


async def test_make__without_an_expiry__says_that_there_is_none(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    assert (await made_key(gateway.client))["stored"]["expires_at"] is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "x" * 10_000}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"name": " padded"}, "name"),
        ({"name": "nul\x00"}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["admin"]}, "scopes[0]"),
        ({"scopes": ["submit", "submit"]}, "scopes"),
        ({"scopes": ["submit"] * 100}, "scopes"),
        ({"scopes": "submit"}, "scopes"),
        ({"expires_in_days": 0}, "expires_in_days"),
        ({"expires_in_days": 367}, "expires_in_days"),
        ({"expires_in_days": -1}, "expires_in_days"),
        ({"expires_in_days": 1.5}, "expires_in_days"),
        ({"expires_in_days": True}, "expires_in_days"),
        ({"expires_in_days": 10**30}, "expires_in_days"),
        ({"account": "0x" + "11" * 20}, "account"),
    ],
)
async def test_make__field_that_is_wrong__is_named(
    gateway: Running, change: dict[str, Any], field: str
) -> None:
    await sign_in(gateway.client, new_person())
    response = await gateway.client.post(URL, json=BODY | change)
    assert problem(response) == (422, "invalid_request", [field])
    assert (await gateway.client.get(URL)).json()["items"] == []


async def test_make__more_than_may_live__is_refused(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    for _ in range(MAX_LIVING):
        await made_key(gateway.client)
    assert problem(await gateway.client.post(URL, json=BODY)) == (409, "too_many_keys", ["account"])


@pytest.mark.parametrize(("method", "path"), [("POST", ""), ("GET", ""), ("DELETE", "/0123456789abcdef")])
async def test_every_route__by_a_key__is_refused_also_with_a_session_beside_it(
    gateway: Running, method: str, path: str
) -> None:
    await sign_in(gateway.client, new_person())
    key = (await made_key(gateway.client))["key"]
    body = {"json": BODY} if method == "POST" else {}
    beside = await gateway.client.request(method, URL + path, headers=bearer(key), **body)
    gateway.client.cookies.clear()
    alone = await gateway.client.request(method, URL + path, headers=bearer(key), **body)
    for response in (beside, alone):
        assert problem(response) == (403, "session_needed", ["header Authorization"])


@pytest.mark.parametrize(("method", "path"), [("POST", ""), ("GET", ""), ("DELETE", "/0123456789abcdef")])
async def test_every_route__by_nobody__is_unauthenticated(gateway: Running, method: str, path: str) -> None:
    body = {"json": BODY} if method == "POST" else {}
    assert problem(await gateway.client.request(method, URL + path, **body))[0] == 401


@pytest.mark.parametrize("method", ["POST", "DELETE"])
async def test_change__from_another_site__is_refused(gateway: Running, method: str) -> None:
    await sign_in(gateway.client, new_person())
    made = await made_key(gateway.client)
    path = "" if method == "POST" else f"/{made['stored']['id']}"
    body = {"json": BODY} if method == "POST" else {}
    response = await gateway.client.request(
        method, URL + path, headers={"origin": "http://evil.test"}, **body
    )
    assert problem(response) == (403, "wrong_origin", ["header Origin"])
    assert len((await gateway.client.get(URL)).json()["items"]) == 1


async def test_end__own_key__works_at_once_and_again(gateway: Running) -> None:
    person, key = await new_holder(gateway.client, "submit")
    assert (await gateway.client.get("/v1/workloads", headers=bearer(key))).status_code == 200
    await sign_in(gateway.client, person)
    for _ in range(2):
        assert (await gateway.client.delete(f"{URL}/{key[3:19]}")).status_code == 204
    (item,) = (await gateway.client.get(URL)).json()["items"]
    assert item["revoked_at"] is not None and item["last_used_at"] is not None
    gateway.client.cookies.clear()
    response = await gateway.client.get("/v1/workloads", headers=bearer(key))
    assert problem(response) == (401, "invalid_key", ["header Authorization"])
    assert "revoked" in response.json()["errors"][0]["problem"]


async def test_end__key_of_another_account__is_unknown_and_works_on(gateway: Running) -> None:
    _, key = await new_holder(gateway.client, "submit")
    await sign_in(gateway.client, new_person())
    response = await gateway.client.delete(f"{URL}/{key[3:19]}")
    assert problem(response) == (404, "unknown_key", ["key_id"])
    assert (await gateway.client.get(URL)).json()["items"] == []
    assert (await gateway.client.get("/v1/workloads", headers=bearer(key))).status_code == 200


@pytest.mark.parametrize("path", ["/x", "/" + "0" * 15, "/" + "A" * 16, "/" + "0" * 5_000])
async def test_end__id_that_is_none__is_refused(gateway: Running, path: str) -> None:
    await sign_in(gateway.client, new_person())
    assert problem(await gateway.client.delete(URL + path)) == (422, "invalid_request", ["key_id"])


async def test_make__body_over_the_limit__is_refused_before_it_is_read(gateway: Running) -> None:
    # /v1/keys is not among the paths that may take more, nor among those that may take longer.
    await sign_in(gateway.client, new_person())
    body = b'{"name": "' + b"x" * MAX_BODY_BYTES + b'"}'
    headers = {"content-type": "application/json"}
    assert problem(await gateway.client.post(URL, content=body, headers=headers))[:2] == (
        413,
        "body_too_large",
    )


async def test_make__database_that_never_answers__is_ended_by_the_time_limit(
    deployed: Deployed, postgres: Postgres
) -> None:
    url = postgres.migrated()
    settings = node_settings(deployed, url)
    other = Database(url)
    async with running(settings) as node:
        await sign_in(node.client, new_person())
        _shorten_time_limit(node, 0.5)
        async with other.transaction() as session:
            await session.execute(text("LOCK TABLE api_keys IN ACCESS EXCLUSIVE MODE"))
            response = await node.client.post(URL, json=BODY)
        after = await node.client.get(URL)
    await other.close()
    assert problem(response)[:2] == (503, "time_limit")
    assert after.json()["items"] == []


def _shorten_time_limit(node: Running, seconds: float) -> None:
    layer: Any = node.app.middleware_stack
    while not isinstance(layer, TimeLimit):
        layer = layer.app
    assert not any(fnmatchcase(URL, path) for path in layer.longer)
    layer.max_seconds = seconds


async def test_key__used_by_many_requests_at_once__serves_them_all(gateway: Running) -> None:
    _, key = await new_holder(gateway.client, "submit")
    answers = await asyncio.gather(
        *(
            gateway.client.post(
                "/v1/workloads", json={"workload": BLOOM, "event_id": f"e{n}"}, headers=bearer(key)
            )
            for n in range(20)
        )
    )
    assert {answer.status_code for answer in answers} == {201}
