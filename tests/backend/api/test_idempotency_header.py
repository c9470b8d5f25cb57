"""Idempotency-Key: the same request gets the same answer, another one under the same key is refused."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
from nodes import BLOOM, Running, new_person, problem, sign_in, workload
from postgres import ENGINES

pytestmark = pytest.mark.parametrize("engine", ENGINES, indirect=True, scope="session")

URL = "/v1/workloads"
UPLOAD = "/v1/workloads/upload"
CSV = "kind,start,end,active_params,requests,output_tokens\ninference,1700000000,1700003600,1000000,1,{}\n"


async def add(client: httpx.AsyncClient, key: str, **changes: Any) -> httpx.Response:
    body = {"workload": workload(**changes)}
    return await client.post(URL, json=body, headers={"idempotency-key": key})


async def names(client: httpx.AsyncClient) -> list[str]:
    return [row["workload"]["name"] for row in (await client.get(URL)).json()["items"]]


async def test_add__same_key_and_body__is_the_same_answer_and_one_row(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    first, second = await add(gateway.client, "k1"), await add(gateway.client, "k1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert len(await names(gateway.client)) == 1


async def test_add__same_key_and_another_body__is_refused_and_nothing_stored(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    await add(gateway.client, "k1", name="one")
    refused = await add(gateway.client, "k1", name="two")
    assert problem(refused) == (422, "idempotency_key_used", ["header Idempotency-Key"])
    assert await names(gateway.client) == ["one"]


async def test_add__refused_work__leaves_the_key_free(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    assert (await add(gateway.client, "k1", pue_ppm="1")).status_code == 422
    assert (await add(gateway.client, "k1")).status_code == 201


async def test_add__same_key_many_times_at_once__is_one_row(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    answers = await asyncio.gather(*(add(gateway.client, "k1") for _ in range(6)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len(await names(gateway.client)) == 1


async def test_add__same_key_of_another_account__is_its_own(gateway: Running) -> None:
    ids = set()
    for _ in range(2):
        await sign_in(gateway.client, new_person())
        ids.add((await add(gateway.client, "same")).json()["id"])
    assert len(ids) == 2


async def test_add__event_known_and_new_key__keeps_the_answer_that_it_was_known(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    body = {"workload": BLOOM, "event_id": "e"}
    codes = []
    for key in ("k1", "k2", "k2", "k1"):
        answer = await gateway.client.post(URL, json=body, headers={"idempotency-key": key})
        codes.append(answer.status_code)
    assert codes == [201, 200, 200, 201]


@pytest.mark.parametrize("key", ["", "x" * 256, "two words", "t\tab"])
async def test_add__key_that_cannot_be_one__is_refused(gateway: Running, key: str) -> None:
    await sign_in(gateway.client, new_person())
    refused = await add(gateway.client, key)
    assert problem(refused) == (422, "invalid_request", ["header Idempotency-Key"])
    assert await names(gateway.client) == []


async def upload(
    client: httpx.AsyncClient, tokens: int, path: str = UPLOAD, media_type: str = "text/csv"
) -> httpx.Response:
    headers = {"idempotency-key": "file", "content-type": media_type}
    return await client.post(path, content=CSV.format(tokens), headers=headers)


async def test_upload__same_key_and_file__is_the_same_summary(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    first = (await upload(gateway.client, 5)).text.splitlines()
    again = (await upload(gateway.client, 5)).text.splitlines()
    assert json.loads(first[-1]) == json.loads(again[-1])
    assert len(again) == 1 and json.loads(again[-1])["duplicates"] == 0


async def test_upload__same_key_and_another_file_or_question__is_refused_before_the_answer_begins(
    gateway: Running,
) -> None:
    await sign_in(gateway.client, new_person())
    await upload(gateway.client, 5)
    refused = [
        await upload(gateway.client, 6),
        await upload(gateway.client, 5, f"{UPLOAD}?codecarbon_utc_offset_s=60"),
        await upload(gateway.client, 5, media_type="application/x-ndjson"),
    ]
    for response in refused:
        assert problem(response) == (422, "idempotency_key_used", ["header Idempotency-Key"])
    assert len((await gateway.client.get(URL)).json()["items"]) == 1


async def test_upload__same_key_and_file_many_times_at_once__is_one_summary(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    answers = await asyncio.gather(*(upload(gateway.client, 5) for _ in range(4)))
    summaries = {answer.text.splitlines()[-1] for answer in answers}
    assert summaries == {(await upload(gateway.client, 5)).text.strip()}
