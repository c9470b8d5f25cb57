"""POST /v1/workloads/events: many at once, each accepted, known or rejected by name."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from key_holders import bearer, new_holder
from nodes import Running, new_person, problem, sign_in, workload

URL = "/v1/workloads/events"


def event(number: int, event_id: str | None = None, **changes: Any) -> dict[str, Any]:
    return {"event_id": event_id or f"e{number}", "workload": workload(**{"name": f"run {number}"} | changes)}


async def send(client: httpx.AsyncClient, *events: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    response = await client.post(URL, json={"events": list(events)}, **more)
    assert response.status_code == 200, response.text
    items: list[dict[str, Any]] = response.json()["items"]
    return items


async def test_add__some_wrong__says_which_and_why_and_stores_the_others(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    outcomes = await send(
        gateway.client, event(0), event(1, pue_ppm="1"), event(2, "two words"), event(3, "e0"), event(4)
    )
    assert [outcome["fate"] for outcome in outcomes] == ["accepted", *["rejected"] * 3, "accepted"]
    assert [outcome["position"] for outcome in outcomes] == list(range(5))
    fields = [[error["field"] for error in outcome["errors"]] for outcome in outcomes]
    assert fields == [[], ["workload.pue_ppm"], ["event_id"], ["event_id"], []]
    stored = (await gateway.client.get("/v1/workloads")).json()["items"]
    assert {row["id"] for row in stored} == {outcomes[0]["workload_id"], outcomes[4]["workload_id"]}


async def test_add__again_in_another_order_and_with_more__stores_what_is_new(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    first = await send(gateway.client, event(0), event(1))
    again = await send(gateway.client, event(1), event(2), event(0))
    assert [outcome["fate"] for outcome in again] == ["duplicate", "accepted", "duplicate"]
    assert [again[2]["workload_id"], again[0]["workload_id"]] == [one["workload_id"] for one in first]


async def test_add__same_work_under_another_event__warns_and_counts(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    await send(gateway.client, event(0))
    body = {"events": [event(1), event(0, "e0-again")]}
    answer = (await gateway.client.post(URL, json=body)).json()
    assert answer["same_work"] == 1
    assert answer["items"][0]["warning"] is None
    assert "Same work as event e0:" in answer["items"][1]["warning"]


async def test_add__by_a_key__states_for_its_account_whatever_the_body_says(gateway: Running) -> None:
    _, key = await new_holder(gateway.client, "submit")
    body = {"events": [event(0) | {"account": "0x" + "11" * 20}]}
    refused = await gateway.client.post(URL, json=body, headers=bearer(key))
    assert problem(refused) == (422, "invalid_request", ["events[0].account"])
    (outcome,) = await send(gateway.client, event(0), headers=bearer(key))
    assert outcome["fate"] == "accepted"


async def test_add__by_a_key_that_records_only__is_refused(gateway: Running) -> None:
    _, key = await new_holder(gateway.client, "record")
    response = await gateway.client.post(URL, json={"events": [event(0)]}, headers=bearer(key))
    assert problem(response)[:2] == (403, "wrong_scope")


@pytest.mark.parametrize(
    ("events", "field"),
    [([], "events"), ([{"event_id": "e"}], "events[0].workload"), ([event(0)] * 1_001, "events")],
)
async def test_add__request_that_cannot_be_one__is_refused_whole(
    gateway: Running, events: list[Any], field: str
) -> None:
    await sign_in(gateway.client, new_person())
    refused = await gateway.client.post(URL, json={"events": events})
    assert problem(refused) == (422, "invalid_request", [field])


async def test_add__one_line_of_ten_megabytes__is_refused_before_it_is_read(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    response = await gateway.client.post(URL, json={"events": [event(0, name="x" * 10_000_000)]})
    assert problem(response)[0] == 413
