"""GET and POST /v1/workloads: stated once, seen by their owner alone."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest
from nodes import BLOOM, Running, new_person, problem, sign_in, stated, workload

from greenledger.evidence.disclosure import workload_hash
from greenledger.footprint.parsing import parse_workload

URL = "/v1/workloads"


async def test_add__not_signed_in__is_refused(gateway: Running) -> None:
    assert problem(await gateway.client.post(URL, json={"workload": BLOOM}))[0] == 401
    assert problem(await gateway.client.get(URL))[0] == 401


async def test_add__bloom__gives_its_hash_salt_and_estimate(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    row = await stated(gateway.client)
    salt = bytes.fromhex(row["salt"][2:])
    assert len(salt) == 32
    assert row["workload_hash"] == f"0x{workload_hash(parse_workload(BLOOM), salt).hex()}"
    assert row["workload"] == parse_workload(BLOOM).canonical()
    assert (await gateway.client.get(URL)).json() == {"items": [row]}


async def test_add__same_work_twice__gets_two_salts(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    first, second = await stated(gateway.client), await stated(gateway.client)
    assert first["salt"] != second["salt"]
    assert first["workload_hash"] != second["workload_hash"]


async def test_add__same_event_twice__is_one_row(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    body = {"workload": BLOOM, "event_id": "ci/run/42"}
    first, second = await gateway.client.post(URL, json=body), await gateway.client.post(URL, json=body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


async def test_add__same_work_under_another_event__warns_whoever_stated_it_later(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    names = ("run-1", "run-2", "run-1", "run-2")
    bodies = [{"workload": BLOOM, "event_id": name} for name in names]
    warnings = [(await gateway.client.post(URL, json=body)).json()["warning"] for body in bodies]
    assert (warnings[0], warnings[2]) == (None, None)
    assert warnings[1] == warnings[3] and "Same work as event run-1:" in warnings[1]


async def test_add__same_work_without_event_ids__names_the_first_workload(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    first, second = await stated(gateway.client), await stated(gateway.client)
    assert first["warning"] is None and f"Same work as workload {first['id']}:" in second["warning"]


async def test_add__same_event_many_times_at_once__is_one_row(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    body = {"workload": BLOOM, "event_id": "ci/run/43"}
    answers = await asyncio.gather(*(gateway.client.post(URL, json=body) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_add__event_id_of_another_workload__is_refused(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    await gateway.client.post(URL, json={"workload": BLOOM, "event_id": "x"})
    other = await gateway.client.post(URL, json={"workload": workload(name="other"), "event_id": "x"})
    assert problem(other) == (409, "event_id_used", ["event_id"])


async def test_add__event_id_of_another_account__is_free(gateway: Running) -> None:
    rows = []
    for _ in range(2):
        await sign_in(gateway.client, new_person())
        answer = await gateway.client.post(URL, json={"workload": BLOOM, "event_id": "same"})
        assert answer.status_code == 201
        rows.append(answer.json()["id"])
    assert rows[0] != rows[1]


async def test_list__of_another_account__shows_nothing(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    await stated(gateway.client)
    await sign_in(gateway.client, new_person())
    assert (await gateway.client.get(URL)).json() == {"items": []}


async def test_list__in_pages__gives_each_row_once_newest_first(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    ids = [(await stated(gateway.client, name=f"run {number}"))["id"] for number in range(5)]
    first = (await gateway.client.get(URL, params={"limit": 3})).json()["items"]
    rest = (await gateway.client.get(URL, params={"limit": 3, "before": first[-1]["id"]})).json()["items"]
    assert len(first) == 3
    assert {row["id"] for row in first + rest} == set(ids) and len(first + rest) == 5


async def test_add__wrong_workload__names_the_field_and_stores_nothing(
    gateway: Running, database_file: Path
) -> None:
    await sign_in(gateway.client, new_person())
    wrong = workload(phases=[{"hardware": "abacus", "device_seconds": "1"}])
    response = await gateway.client.post(URL, json={"workload": wrong})
    assert problem(response) == (422, "invalid_workload", ["workload.phases[0].hardware"])
    with sqlite3.connect(database_file) as connection:
        assert connection.execute("SELECT count(*) FROM workloads").fetchone() == (0,)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "workload"),
        ({"workload": []}, "workload"),
        ({"workload": BLOOM, "event_id": "x" * 129}, "event_id"),
        ({"workload": BLOOM, "event_id": "two words"}, "event_id"),
        ({"workload": BLOOM, "account": "0x" + "11" * 20}, "account"),
    ],
)
async def test_add__wrong_member__is_named(gateway: Running, body: dict[str, object], field: str) -> None:
    await sign_in(gateway.client, new_person())
    assert problem(await gateway.client.post(URL, json=body)) == (422, "invalid_request", [field])


async def test_add__work_that_ends_in_the_future__is_refused_and_nothing_is_stored(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    body = {"workload": workload(end=str(int(time.time()) + 3600))}
    response = await gateway.client.post(URL, json=body)
    assert problem(response) == (422, "invalid_workload", ["workload.end"])
    assert (await gateway.client.get(URL)).json() == {"items": []}


async def test_add__future_end_and_another_wrong_field__names_both_in_reading_order(
    gateway: Running,
) -> None:
    await sign_in(gateway.client, new_person())
    phases = [{"hardware": "abacus", "device_seconds": "1"}]
    body = {"workload": workload(end=str(int(time.time()) + 3600), phases=phases)}
    fields = ["workload.phases[0].hardware", "workload.end"]
    assert problem(await gateway.client.post(URL, json=body)) == (422, "invalid_workload", fields)


async def test_add__sixty_thousand_unknown_fields__gives_twenty_errors(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    body = {"workload": {f"colour{number}": 1 for number in range(60_000)}}
    response = await gateway.client.post(URL, json=body)
    assert len(problem(response)[2]) == 20


async def test_add__not_signed_in_and_no_body__is_told_to_sign_in_first(gateway: Running) -> None:
    assert problem(await gateway.client.post(URL))[:2] == (401, "unauthenticated")
