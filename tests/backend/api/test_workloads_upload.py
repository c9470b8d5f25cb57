"""POST /v1/workloads/upload: good rows are stored, bad ones named, nothing is stored twice."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from deployed import Deployed
from nodes import Running, new_person, node_settings, problem, running, sign_in

from greenledger.reports import uploads
from greenledger.usage.database import Database

URL = "/v1/workloads/upload"
HEADER = "kind,start,end,requests,name"


def good(name: object) -> str:
    return f"inference,1700000000,1700003600,10,{name}"


def csv_of(*rows: str) -> str:
    return "\n".join([HEADER, *rows]) + "\n"


async def sent(
    client: httpx.AsyncClient, content: str | bytes, media_type: str = "text/csv", **params: Any
) -> httpx.Response:
    headers = {"content-type": media_type}
    return await client.post(URL, content=content, headers=headers, params=params)


def lines_of(response: httpx.Response) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in response.text.splitlines()]


async def summary(
    client: httpx.AsyncClient, content: str | bytes, *rest: Any, **params: Any
) -> dict[str, Any]:
    return lines_of(await sent(client, content, *rest, **params))[-1]


async def names(client: httpx.AsyncClient) -> set[str]:
    items = (await client.get("/v1/workloads", params={"limit": 500})).json()["items"]
    return {item["workload"]["name"] for item in items}


async def test_upload__not_signed_in__is_refused(gateway: Running) -> None:
    assert problem(await sent(gateway.client, csv_of(good("a"))))[:2] == (401, "unauthenticated")


async def test_upload__from_another_site__is_refused(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    headers = {"content-type": "text/csv", "origin": "http://evil.test"}
    response = await gateway.client.post(URL, content=csv_of(good("a")), headers=headers)
    assert problem(response)[:2] == (403, "wrong_origin")


async def test_upload__good_and_bad_rows__stores_the_good_and_names_the_bad(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    bad = "inference,1700000000,1600000000,-1,c"
    found = await summary(gateway.client, csv_of(good("a"), bad, good("b"), "x"))
    assert (found["rows"], found["accepted"], found["rejected"], found["complete"]) == (4, 2, 2, True)
    assert [(row["line"], row["field"]) for row in found["rejections"]] == [
        (3, "requests"),
        (3, "end"),
        (5, ""),
    ]
    assert all(row["reason"] and row["expected"] for row in found["rejections"])
    assert await names(gateway.client) == {"a", "b"}
    listed = (await gateway.client.get("/v1/workloads")).json()["items"]
    assert {item["id"] for item in listed} == set(found["ids"])


async def test_upload__rows__are_the_same_as_stated_one_by_one(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    await summary(gateway.client, csv_of(good("a")))
    stated = {"kind": "inference", "start": 1700000000, "end": 1700003600, "requests": "10", "name": "a"}
    alone = (await gateway.client.post("/v1/workloads", json={"workload": stated})).json()
    listed = (await gateway.client.get("/v1/workloads")).json()["items"]
    uploaded = next(item for item in listed if item["id"] != alone["id"])
    same = ("workload", "methodology", "estimate", "event_id")
    assert {name: uploaded[name] for name in same} == {name: alone[name] for name in same}
    assert uploaded["salt"] != alone["salt"]


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        (
            "application/json",
            '[{"kind":"inference","start":1700000000,"end":1700003600,"requests":1,"name":"a"}]',
        ),
        (
            "application/x-ndjson",
            '{"kind":"inference","start":1700000000,"end":1700003600,"requests":1,"name":"a"}',
        ),
        (
            "application/yaml; charset=utf-8",
            "kind: inference\nstart: 1700000000\nend: 1700003600\nrequests: 1\nname: a\n",
        ),
        ("text/csv", csv_of(good("a"))),
    ],
)
async def test_upload__any_format__is_read(gateway: Running, media_type: str, content: str) -> None:
    await sign_in(gateway.client, new_person())
    assert (await summary(gateway.client, content, media_type))["accepted"] == 1
    assert await names(gateway.client) == {"a"}


async def test_upload__of_codecarbon__is_read_with_its_options(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    content = (
        "timestamp,project_name,run_id,duration,emissions,energy_consumed,country_iso_code\n"
        "2024-05-01T12:00:00,p,r,60.0,0.1,0.5,FRA\n"
    )
    options = {"codecarbon_kind": "fine-tuning", "codecarbon_utc_offset_s": 3600}
    assert (await summary(gateway.client, content, **options))["accepted"] == 1
    (item,) = (await gateway.client.get("/v1/workloads")).json()["items"]
    assert item["workload"]["kind"] == "fine-tuning" and item["workload"]["end"] == "1714561200"


async def test_upload__work_that_is_not_over__is_rejected(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    end = int(time.time()) + 3600
    found = await summary(gateway.client, csv_of(f"inference,{end - 7200},{end},1,a"))
    assert [row["field"] for row in found["rejections"]] == ["end"]
    assert (found["accepted"], found["ids"]) == (0, [])


async def test_upload__same_file_twice__stores_it_once_and_gives_the_same_ids(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    content = csv_of(good("a"), good("b"), good("a"))
    first, second = await summary(gateway.client, content), await summary(gateway.client, content)
    assert (first["accepted"], first["duplicates"], len(first["ids"])) == (3, 1, 2)
    assert (second["accepted"], second["duplicates"], second["ids"]) == (3, 3, first["ids"])
    assert len((await gateway.client.get("/v1/workloads")).json()["items"]) == 2


async def test_upload__same_file_at_the_same_time__stores_it_once(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    content = csv_of(*(good(number) for number in range(40)))
    found = await asyncio.gather(*(summary(gateway.client, content) for _ in range(4)))
    assert sorted(each["duplicates"] for each in found) == [0, 40, 40, 40]
    assert len(await names(gateway.client)) == 40


async def test_upload__same_file_of_another_account__is_its_own(gateway: Running) -> None:
    for _ in range(2):
        await sign_in(gateway.client, new_person())
        assert (await summary(gateway.client, csv_of(good("a"))))["duplicates"] == 0


async def test_upload__more_than_a_batch__says_how_far_it_got(
    gateway: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "BATCH", 10)
    monkeypatch.setattr(uploads, "MOST_LISTED", 3)
    await sign_in(gateway.client, new_person())
    rows = [good(number) if number % 5 else "x" for number in range(25)]
    *progress, last = lines_of(await sent(gateway.client, csv_of(*rows)))
    assert progress == [
        {"rows": 10, "accepted": 8, "rejected": 2},
        {"rows": 20, "accepted": 16, "rejected": 4},
        {"rows": 25, "accepted": 20, "rejected": 5},
    ]
    assert (last["rows"], last["rejected"], len(last["rejections"]), last["more_rejections"]) == (25, 5, 3, 2)


async def test_upload__that_fails_half_way__keeps_what_it_reported_and_goes_on_when_sent_again(
    gateway: Running, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "BATCH", 10)
    await sign_in(gateway.client, new_person())
    content = csv_of(*(good(number) for number in range(30)))
    store, calls = uploads.insert_rows, 0

    async def fails_third(*arguments: Any) -> None:
        nonlocal calls
        calls += 1
        await store(*arguments)
        if calls == 3:
            raise RuntimeError("the machine went away")

    monkeypatch.setattr(uploads, "insert_rows", fails_third)
    cut_off = lines_of(await sent(gateway.client, content))
    assert [line["accepted"] for line in cut_off] == [10, 20] and "ids" not in cut_off[-1]
    with sqlite3.connect(database_file) as connection:
        assert connection.execute("SELECT count(*) FROM workloads").fetchone() == (20,)
    found = await summary(gateway.client, content)
    assert (found["accepted"], found["duplicates"], len(found["ids"])) == (30, 20, 30)


async def test_upload__header_that_cannot_be_used__is_a_summary_that_is_not_complete(
    gateway: Running,
) -> None:
    await sign_in(gateway.client, new_person())
    found = await summary(gateway.client, "kind,strt\n1,2\n")
    assert (found["rows"], found["complete"]) == (0, False)
    assert [(row["line"], row["entry"], row["field"]) for row in found["rejections"]] == [(1, 0, "strt")]


async def test_upload__empty_body__is_a_summary_that_is_not_complete(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    assert (await summary(gateway.client, b""))["complete"] is False


@pytest.mark.parametrize(
    "media_type", ["", "text/plain", "multipart/form-data; boundary=x", "application/zip"]
)
async def test_upload__media_type_that_is_not_known__is_refused(gateway: Running, media_type: str) -> None:
    await sign_in(gateway.client, new_person())
    response = await sent(gateway.client, csv_of(good("a")), media_type)
    assert problem(response) == (415, "unsupported_media_type", ["header Content-Type"])


async def test_upload__larger_than_other_bodies_may_be__is_taken(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    content = csv_of(good("a"), *("x" * 1000 for _ in range(1200)))
    found = await summary(gateway.client, content)
    assert (found["accepted"], found["rejected"], found["more_rejections"]) == (1, 1200, 200)


@pytest.mark.parametrize("is_stated", [True, False])
async def test_upload__larger_than_the_setting__is_refused_and_nothing_stored(
    deployed: Deployed, database_url: str, database: Database, is_stated: bool
) -> None:
    async def pieces() -> Any:
        for _ in range(30):
            yield csv_of(good("a")).encode()

    async with running(node_settings(deployed, database_url, upload_max_bytes=1000)) as node:
        await sign_in(node.client, new_person())
        content: Any = csv_of(*(good(number) for number in range(30))) if is_stated else pieces()
        response = await sent(node.client, content)
        assert problem(response) == (413, "body_too_large", ["body"])
        assert await names(node.client) == set()


async def test_upload__other_paths__keep_their_limit(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    response = await gateway.client.post("/v1/workloads", content=b" " * 1_100_000)
    assert problem(response)[:2] == (413, "body_too_large")
