"""Work is in one living report or batch at most, whoever asks and however often it was stated."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter

import httpx
from batching import FROM, UNTIL, batch_in, open_batch, record, signed_batch, state_some, worker_with, works
from deployed import Deployed
from nodes import Running, new_person, problem, sign_in, stated
from sqlalchemy import select, update

from greenledger.batches.evidence import bundle_pieces
from greenledger.batches.opening import BatchRequest
from greenledger.batches.opening import open_batch as open_directly
from greenledger.footprint.factors import load_factor_set
from greenledger.reports.ingestion import state_events
from greenledger.usage.database import Database
from greenledger.usage.models.batch import Batch, BatchReport, BatchWorkload
from greenledger.usage.models.report import Report
from greenledger.usage.models.workload import Workload


async def report_over(client: httpx.AsyncClient, ids: list[str]) -> httpx.Response:
    return await client.post("/v1/reports", json={"workload_ids": ids})


async def test_report__over_work_in_a_batch__is_refused_naming_the_batch(gateway: Running) -> None:
    client = gateway.client
    _, ids = await worker_with(client, 3)
    batch = await signed_batch(client)
    refused = await report_over(client, ids[1:])
    assert problem(refused) == (409, "already_reported", ["workload_ids[0]", "workload_ids[1]"])
    assert batch["id"] in refused.json()["errors"][0]["problem"]


async def test_batch__over_work_in_a_living_report__leaves_that_work_out(gateway: Running) -> None:
    client = gateway.client
    _, ids = await worker_with(client, 4)
    assert (await report_over(client, ids[:2])).status_code == 201
    batch = await signed_batch(client)
    assert batch["workloads"] == 2


async def test_batch__over_work_of_a_report_that_ran_out_unrecorded__takes_it(
    gateway: Running, database: Database
) -> None:
    client = gateway.client
    _, ids = await worker_with(client, 2)
    assert (await report_over(client, ids)).status_code == 201
    async with database.transaction() as session:
        await session.execute(update(Report).values(valid_until=int(time.time()) - 901))
    assert (await signed_batch(client))["workloads"] == 2


async def test_batch__over_work_that_is_recorded_in_a_report__leaves_it_out_for_good(
    gateway: Running, deployed: Deployed, database: Database
) -> None:
    client = gateway.client
    person, ids = await worker_with(client, 3)
    record(deployed, person, (await report_over(client, ids[:1])).json())
    async with database.transaction() as session:
        await session.execute(update(Report).values(valid_until=int(time.time()) - 901))
    assert (await signed_batch(client))["workloads"] == 2


async def test_batch__same_work_stated_twice__counts_it_once_and_names_the_first(gateway: Running) -> None:
    client = gateway.client
    _, ids = await worker_with(client, 2)
    twice = (await stated(client, name="run 0", end=1_657_065_600))["id"]
    batch = await signed_batch(client)
    assert batch["workloads"] == 2
    refused = await client.get(f"/v1/workloads/{twice}/proof")
    assert problem(refused) == (409, "stated_twice", ["workload_id"])
    assert refused.json()["errors"][0]["expected"] == ids[0]
    assert (await batch_in(client, (await open_batch(client))["id"], "empty"))["workloads"] == 0


async def test_batches_and_a_report__asked_for_at_once__take_no_work_twice(
    gateway: Running, database: Database
) -> None:
    client = gateway.client
    _, ids = await worker_with(client, 12)
    asked = [open_batch(client, most=most) for most in (3, 4, 5)]
    *opened, answer = await asyncio.gather(*asked, report_over(client, ids[2:5]))
    ended = [await batch_in(client, batch["id"], "signed", "empty") for batch in opened]
    async with database.transaction() as session:
        taken = list((await session.execute(select(BatchWorkload.workload_id))).scalars())
    reported = answer.json()["workload_ids"] if answer.status_code == 201 else []
    assert answer.status_code in (201, 409)
    assert max(Counter([*taken, *reported]).values()) == 1
    assert sum(batch["workloads"] for batch in ended) == len(taken)


async def test_open_batch__asked_for_twice_while_under_way__is_one(database: Database) -> None:
    person = new_person()
    now = int(time.time())
    await state_events(database, person.address, works(2), load_factor_set(), now)
    asked = BatchRequest(person.address, FROM, UNTIL)
    both = await asyncio.gather(*(open_directly(database, asked, now) for _ in range(2)))
    assert len({batch.id for batch, _ in both}) == 1
    assert sorted(is_new for _, is_new in both) == [False, True]


async def test_batch__of_somebody_else__is_unknown(gateway: Running) -> None:
    client = gateway.client
    _, ids = await worker_with(client, 1)
    batch = await signed_batch(client)
    await sign_in(client, new_person())
    for path in (f"/v1/batches/{batch['id']}", f"/v1/batches/{batch['id']}/evidence"):
        assert problem(await client.get(path))[:2] == (404, "unknown_batch")
    assert problem(await client.get(f"/v1/workloads/{ids[0]}/proof"))[:2] == (404, "unknown_workload")
    assert (await client.get("/v1/batches")).json() == {"items": []}


async def test_open_batch__period_without_time__is_refused(gateway: Running) -> None:
    client = gateway.client
    await worker_with(client, 1)
    response = await client.post("/v1/batches", json={"ended_from": 5, "ended_before": 5})
    assert problem(response) == (422, "invalid_request", ["ended_from"])


async def test_dissolve__signed_batch__is_refused_and_an_expired_one_frees_its_work(
    gateway: Running, database: Database
) -> None:
    client = gateway.client
    _, ids = await worker_with(client, 2)
    batch = await signed_batch(client)
    assert problem(await client.delete(f"/v1/batches/{batch['id']}"))[:2] == (409, "not_dissolvable")
    async with database.transaction() as session:
        await session.execute(update(Batch).values(state="expired", due_at=None))
    assert (await client.delete(f"/v1/batches/{batch['id']}")).json()["state"] == "dissolved"
    assert (await report_over(client, ids)).status_code == 201


async def test_sign_again__expired_batch__signs_the_same_tree_for_a_later_time(
    gateway: Running, database: Database, deployed: Deployed
) -> None:
    client = gateway.client
    person, ids = await worker_with(client, 3)
    first = await signed_batch(client)
    over = int(time.time()) - 1_000
    async with database.transaction() as session:
        # As if it had been signed three days ago: the worker finds it by the chain's own clock.
        await session.execute(update(Batch).values(valid_until=over, due_at=0))
    deployed.chain.catch_up()
    expired = await batch_in(client, first["id"], "expired")
    assert expired["workloads"] == 3
    await client.post(f"/v1/batches/{first['id']}/sign")
    again = await batch_in(client, first["id"], "signed")
    assert again["report"]["report"]["footprint"]["root"] == first["report"]["report"]["footprint"]["root"]
    async with database.transaction() as session:
        reports = list((await session.execute(select(BatchReport.id))).scalars())
    assert again["report"]["id"] in reports
    record(deployed, person, again["report"])
    proof = (await client.get(f"/v1/workloads/{ids[0]}/proof")).json()
    assert (proof["report_id"], proof["recorded"]) == (again["report"]["id"], True)


async def test_batch__work_erased_before_it_was_counted__is_refused_with_the_number(
    gateway: Running, database: Database
) -> None:
    client = gateway.client
    await worker_with(client, 3)
    batch = await signed_batch(client)
    async with database.transaction() as session:
        first = (await session.execute(select(Workload.id).order_by(Workload.id).limit(1))).scalar_one()
        gone = {"erased_at": 1, "canonical": "{}", "salt": "0x", "estimate": {}}
        await session.execute(update(Workload).where(Workload.id == first).values(**gone))
        await session.execute(update(Batch).values(state="closed", due_at=0))
    refused = await batch_in(client, batch["id"], "refused")
    assert "1 of 3 were erased" in refused["error_detail"]
    assert problem(await client.get(f"/v1/workloads/{first}/proof"))[:2] == (410, "erased")


async def expired_and_deleted(client: httpx.AsyncClient, database: Database, count: int) -> str:
    """Id of somebody's expired batch; text and salt of all of its work are gone."""
    person, _ = await worker_with(client, count)
    batch_id: str = (await signed_batch(client))["id"]
    async with database.transaction() as session:
        await session.execute(update(Batch).values(state="expired", due_at=None))
    deleted = await client.request("DELETE", "/v1/account/data", json={"confirm": person.address})
    assert deleted.json() == {"deleted": 0, "erased": count}
    return batch_id


async def test_sign_again__work_was_deleted__is_refused_and_the_account_is_free(
    gateway: Running, database: Database
) -> None:
    client = gateway.client
    batch_id = await expired_and_deleted(client, database, 2)
    refused = await client.post(f"/v1/batches/{batch_id}/sign")
    assert problem(refused) == (410, "erased", ["workloads"])
    assert "2 of 2 were erased" in refused.json()["errors"][0]["problem"]
    assert (await client.get(f"/v1/batches/{batch_id}")).json()["state"] == "expired"


async def test_batch__work_erased_before_it_is_signed__ends_as_refused_and_can_be_dissolved(
    gateway: Running, database: Database
) -> None:
    client = gateway.client
    batch_id = await expired_and_deleted(client, database, 2)
    async with database.transaction() as session:
        await session.execute(update(Batch).values(state="built", valid_until=None, due_at=0))
    refused = await batch_in(client, batch_id, "refused")
    assert refused["error_code"] == "erased" and "2 of 2 were erased" in refused["error_detail"]
    assert (await client.delete(f"/v1/batches/{batch_id}")).json()["state"] == "dissolved"


async def test_evidence__nothing_left_of_the_work__is_gone(gateway: Running, database: Database) -> None:
    batch_id = await expired_and_deleted(gateway.client, database, 1)
    gone = await gateway.client.get(f"/v1/batches/{batch_id}/evidence")
    assert problem(gone) == (410, "erased", ["workloads"])


async def test_bundle_pieces__work_erased_after_the_answer_began__are_json_all_the_same(
    gateway: Running, database: Database, deployed: Deployed
) -> None:
    await expired_and_deleted(gateway.client, database, 1)
    async with database.transaction() as session:
        report = (await session.execute(select(BatchReport))).scalar_one()
    pieces = [piece async for piece in bundle_pieces(database, deployed.deployment, report)]
    bundle = json.loads(b"".join(pieces))
    assert (bundle["id"], bundle["workloads"]) == (report.id, [])


async def test_batch__work_that_the_model_does_not_take_any_more__is_refused_naming_it(
    gateway: Running, database: Database
) -> None:
    client = gateway.client
    _, ids = await worker_with(client, 2)
    async with database.transaction() as session:
        text = (await session.execute(select(Workload.canonical).where(Workload.id == ids[1]))).scalar_one()
        wrong = text.replace("a100-sxm-80gb", "nothing-known")
        await session.execute(update(Workload).where(Workload.id == ids[1]).values(canonical=wrong))
    refused = await batch_in(client, (await open_batch(client))["id"], "refused")
    assert refused["error_code"] == "invalid_workload"
    assert ids[1] in refused["error_detail"] and "hardware" in refused["error_detail"]


async def test_list__several_batches__newest_first_by_pages(gateway: Running) -> None:
    client = gateway.client
    await worker_with(client, 1)
    made = [await signed_batch(client)]
    await state_some(client, 1, first=1)
    made.append(await signed_batch(client))
    page = (await client.get("/v1/batches", params={"limit": 1})).json()["items"]
    rest = (await client.get("/v1/batches", params={"before": page[0]["id"]})).json()["items"]
    assert [batch["id"] for batch in [*page, *rest]] == [made[1]["id"], made[0]["id"]]
