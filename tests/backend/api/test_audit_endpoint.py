"""GET /v1/audit: what was done in an account's name, seen by its wallet alone."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from key_holders import bearer, made_key, new_holder
from nodes import BLOOM, Running, new_person, problem, sign_in, stated

from greenledger.api.origin import network_of

URL = "/v1/audit"


async def entries(gateway: Running, **query: Any) -> list[dict[str, Any]]:
    response = await gateway.client.get(URL, params=query)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["items"]
    return found


async def test_audit__of_a_key_from_making_to_ending__tells_who_what_when_and_from_where(
    gateway: Running,
) -> None:
    person = new_person()
    await sign_in(gateway.client, person)
    made = await gateway.client.post(
        "/v1/keys",
        json={"name": "CI", "scopes": ["submit", "record"], "expires_in_days": 1},
        headers={"x-request-id": "making-the-key"},
    )
    key, stored = made.json()["key"], made.json()["stored"]
    row = await stated(gateway.client)
    cookies = dict(gateway.client.cookies)
    gateway.client.cookies.clear()
    report = await gateway.client.post(
        "/v1/reports",
        json={"workload_ids": [row["id"]]},
        headers=bearer(key) | {"x-request-id": "issuing-it"},
    )
    assert report.status_code == 201, report.text
    gateway.client.cookies.update(cookies)
    await gateway.client.delete(f"/v1/keys/{stored['id']}")
    found = await entries(gateway)
    assert [entry["action"] for entry in found] == [
        "key_revoked",
        "report_issued",
        "key_created",
        "signed_in",
    ]
    revoked, issued, created, signed_in = found
    assert (created["actor"], created["subject"]) == ("session", stored["id"])
    assert created["details"] == {"scopes": ["submit", "record"], "expires_at": stored["expires_at"]}
    assert created["request_id"] == "making-the-key"
    assert (issued["actor"], issued["subject"]) == (f"key:{stored['id']}", report.json()["id"])
    assert (issued["details"], issued["request_id"]) == ({"workloads": 1}, "issuing-it")
    assert (revoked["subject"], signed_in["actor"]) == (stored["id"], "session")
    # The test's client is 127.0.0.1: only its network is kept.
    assert {entry["network"] for entry in found} == {"127.0.0.0/24"}
    assert key[-64:] not in str(found)


async def test_audit__report_that_was_issued_before__is_noted_once(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    body = {"workload_ids": [(await stated(gateway.client))["id"]]}
    answers = [await gateway.client.post("/v1/reports", json=body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert [entry["action"] for entry in await entries(gateway)] == ["report_issued", "signed_in"]


async def test_audit__what_was_refused__is_not_noted(gateway: Running) -> None:
    person = new_person()
    await sign_in(gateway.client, person, signer=new_person(), expected=401)
    await sign_in(gateway.client, person)
    await gateway.client.post("/v1/keys", json={"name": "", "scopes": []})
    await gateway.client.delete("/v1/keys/0123456789abcdef")
    assert [entry["action"] for entry in await entries(gateway)] == ["signed_in"]


async def test_audit__by_pages__gives_every_entry_once(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    for _ in range(4):
        await made_key(gateway.client)
    first = await entries(gateway, limit=3)
    second = await entries(gateway, limit=3, before=first[-1]["id"])
    assert [len(first), len(second)] == [3, 2]
    assert [*first, *second] == await entries(gateway)


async def test_audit__of_another_account__shows_nothing_of_it(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    await made_key(gateway.client)
    await sign_in(gateway.client, new_person())
    assert [entry["action"] for entry in await entries(gateway)] == ["signed_in"]


async def test_audit__by_nobody__is_unauthenticated(gateway: Running) -> None:
    assert problem(await gateway.client.get(URL))[0] == 401


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("before=x", "before"),
        ("before=" + "0" * 9_000, "before"),
    ],
)
async def test_audit__query_that_is_wrong__is_named(gateway: Running, query: str, field: str) -> None:
    await sign_in(gateway.client, new_person())
    assert problem(await gateway.client.get(f"{URL}?{query}")) == (422, "invalid_request", [field])


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:abcd:1234::5", "2001:db8:abcd::/48"),
        ("testclient", None),
        ("fe80::1%eth0", "fe80::/48"),
        ("", None),
    ],
)
def test_network_of__an_address__keeps_no_more_than_its_network(host: str, network: str | None) -> None:
    assert network_of(host) == network


async def test_audit__of_a_batch__tells_who_closed_it_and_that_the_node_had_it_signed(
    gateway: Running,
) -> None:
    client = gateway.client
    person, key = await new_holder(client, "submit")
    work = await client.post("/v1/workloads", json={"workload": BLOOM}, headers=bearer(key))
    assert work.status_code == 201
    body = {"ended_from": 0, "ended_before": BLOOM["end"] + 1}
    closed = (await client.post("/v1/batches", json=body, headers=bearer(key))).json()
    await sign_in(client, person)
    found = await entries_once(gateway, "report_issued")
    by_action = {entry["action"]: entry for entry in found}
    batch, report = by_action["batch_closed"], by_action["report_issued"]
    assert (batch["actor"], batch["subject"]) == (f"key:{key[3:19]}", closed["id"])
    assert (report["actor"], report["details"]) == ("node", {"batch": closed["id"]})
    assert (report["request_id"], report["network"]) == (None, None)


async def entries_once(gateway: Running, action: str) -> list[dict[str, Any]]:
    """The entries as soon as there is one of that action: a worker adds it."""
    deadline = time.monotonic() + 60
    while True:
        found = await entries(gateway)
        if action in {entry["action"] for entry in found}:
            return found
        assert time.monotonic() < deadline, found
        await asyncio.sleep(0.05)
