"""POST /v1/reports that must not succeed: the reason is clear, and nothing is half-written."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from deployed import Deployed
from fastapi import FastAPI, Response
from nodes import (
    Databases,
    Running,
    new_person,
    node_settings,
    problem,
    running,
    served,
    sign_in,
    stated,
    workload,
)
from postgres import ENGINES
from sqlalchemy import func, select, update

from greenledger.api.app import create_app
from greenledger.api.deps import now_s
from greenledger.reports import issue
from greenledger.reports.issue import VALIDITY_S
from greenledger.usage.database import Database
from greenledger.usage.models.report import Report, ReportWorkload

pytestmark = pytest.mark.parametrize("engine", ENGINES, indirect=True, scope="session")
URL = "/v1/reports"


async def rows_in(database: Database, model: type[Report | ReportWorkload]) -> int:
    async with database.transaction() as session:
        return (await session.execute(select(func.count()).select_from(model))).scalar_one()


@pytest.fixture
async def lonely(deployed: Deployed, database_url: str) -> AsyncIterator[Running]:
    """A council node without peers: it can never reach two signatures."""
    async with running(node_settings(deployed, database_url)) as node:
        yield node


async def test_issue__not_signed_in__is_refused(gateway: Running) -> None:
    assert problem(await gateway.client.post(URL, json={"workload_ids": ["0" * 32]}))[0] == 401


async def test_issue__workload_of_another_account__is_refused_by_name(
    gateway: Running, database: Database
) -> None:
    await sign_in(gateway.client, new_person())
    theirs = await stated(gateway.client)
    await sign_in(gateway.client, new_person())
    mine = await stated(gateway.client)
    response = await gateway.client.post(URL, json={"workload_ids": [mine["id"], theirs["id"]]})
    assert problem(response) == (404, "unknown_workload", ["workload_ids[1]"])
    assert await rows_in(database, Report) == 0


async def test_evidence__of_another_accounts_report__is_not_found(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    row = await stated(gateway.client)
    report = (await gateway.client.post(URL, json={"workload_ids": [row["id"]]})).json()
    await sign_in(gateway.client, new_person())
    response = await gateway.client.get(f"{URL}/{report['id']}/evidence")
    assert problem(response) == (404, "unknown_report", ["report_id"])
    assert (await gateway.client.get(URL)).json() == {"items": []}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "workload_ids"),
        ({"workload_ids": []}, "workload_ids"),
        ({"workload_ids": ["nonsense"]}, "workload_ids[0]"),
        ({"workload_ids": ["0" * 32] * 1001}, "workload_ids"),
        ({"workload_ids": ["0" * 32], "supersedes": "0x12"}, "supersedes"),
        ({"workload_ids": ["0" * 32], "account": "0x" + "11" * 20}, "account"),
        ({"workload_ids": ["0" * 32, "0" * 32]}, "workload_ids[1]"),
    ],
)
async def test_issue__wrong_member__is_named(gateway: Running, body: dict[str, Any], field: str) -> None:
    await sign_in(gateway.client, new_person())
    assert problem(await gateway.client.post(URL, json=body)) == (422, "invalid_request", [field])


async def test_issue__more_than_a_council_node_reads__is_refused(
    gateway: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issue, "MAX_DISCLOSED_BYTES", 100)
    await sign_in(gateway.client, new_person())
    row = await stated(gateway.client)
    response = await gateway.client.post(URL, json={"workload_ids": [row["id"]]})
    assert problem(response) == (422, "too_much", ["workload_ids"])


async def test_issue__correction_of_nothing__is_refused(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    row = await stated(gateway.client)
    body = {"workload_ids": [row["id"]], "supersedes": "0x" + "ab" * 32}
    response = await gateway.client.post(URL, json=body)
    assert problem(response) == (404, "unknown_attestation", ["supersedes"])


async def test_issue__work_that_is_not_over__is_refused_and_nothing_is_stored(
    gateway: Running, database: Database
) -> None:
    await sign_in(gateway.client, new_person())
    # Stated by a clock that runs ahead of the council's.
    gateway.app.dependency_overrides[now_s] = lambda: int(time.time()) + 7200
    row = await stated(gateway.client, end=int(time.time()) + 3600)
    gateway.app.dependency_overrides.clear()
    response = await gateway.client.post(URL, json={"workload_ids": [row["id"]]})
    assert problem(response) == (422, "council_refused", ["report.footprint.period_end"])
    assert await rows_in(database, Report) == await rows_in(database, ReportWorkload) == 0


async def test_issue__one_signature_only__is_refused_and_nothing_is_stored(
    lonely: Running, database: Database
) -> None:
    await sign_in(lonely.client, new_person())
    row = await stated(lonely.client)
    response = await lonely.client.post(URL, json={"workload_ids": [row["id"]]})
    assert problem(response)[:2] == (503, "not_enough_signatures")
    assert response.json()["detail"].startswith("1 of 2 ")
    assert await rows_in(database, Report) == await rows_in(database, ReportWorkload) == 0


async def test_issue__peers_that_disagree_or_are_away__are_named_and_nothing_is_stored(
    deployed: Deployed, database_url: str, database: Database
) -> None:
    disagreeing = FastAPI()

    @disagreeing.post("/v1/council/sign")
    async def refuse() -> Response:
        text = '{"errors": [{"field": "report.footprint.energy_uwh", "problem": "is 5"}]}'
        return Response(text, status_code=422)

    with served(disagreeing) as first:
        peers = (first, "http://127.0.0.1:9")
        async with running(node_settings(deployed, database_url, council_peers=peers)) as node:
            await sign_in(node.client, new_person())
            row = await stated(node.client)
            response = await node.client.post(URL, json={"workload_ids": [row["id"]]})
    assert problem(response)[:2] == (503, "not_enough_signatures")
    problems = {error["field"]: error["problem"] for error in response.json()["errors"]}
    assert problems[f"council {first}"] == "refused with 422, report.footprint.energy_uwh: is 5"
    assert problems["council http://127.0.0.1:9"].startswith("not reachable")
    assert await rows_in(database, Report) == 0


async def test_issue__peer_with_another_token__is_named(
    deployed: Deployed, sqlite_databases: Databases, database_url: str, tmp_path: Path
) -> None:
    other = node_settings(
        deployed,
        sqlite_databases.copy(tmp_path / "other.sqlite"),
        council_key=deployed.council_keys[1],
        peer_token="quite another token",  # noqa: S106
    )
    with served(create_app(other)) as url:
        async with running(node_settings(deployed, database_url, council_peers=(url,))) as node:
            await sign_in(node.client, new_person())
            row = await stated(node.client)
            response = await node.client.post(URL, json={"workload_ids": [row["id"]]})
    assert problem(response) == (503, "not_enough_signatures", [f"council {url}"])
    assert "refused with 401" in response.text and "quite another token" not in response.text


async def test_issue__same_selection_many_times_at_once__is_one_report(
    gateway: Running, database: Database
) -> None:
    await sign_in(gateway.client, new_person())
    row = await stated(gateway.client)
    body = {"workload_ids": [row["id"]]}
    answers = await asyncio.gather(*(gateway.client.post(URL, json=body) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200] * 4 + [201]
    assert await rows_in(database, Report) == 1


async def test_issue__overlapping_selections_at_once__gives_one_and_refuses_the_other(
    gateway: Running, database: Database
) -> None:
    await sign_in(gateway.client, new_person())
    first, second = await stated(gateway.client, name="a"), await stated(gateway.client, name="b")
    bodies = [{"workload_ids": [first["id"]]}, {"workload_ids": [first["id"], second["id"]]}]
    answers = await asyncio.gather(*(gateway.client.post(URL, json=body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert await rows_in(database, Report) == 1


async def test_issue__earlier_report_ran_out__gives_a_new_one_and_keeps_the_old(
    gateway: Running, database: Database
) -> None:
    await sign_in(gateway.client, new_person())
    row = await stated(gateway.client)
    body = {"workload_ids": [row["id"]]}
    old = (await gateway.client.post(URL, json=body)).json()
    long_ago = int(time.time()) - 2 * VALIDITY_S
    async with database.transaction() as session:
        await session.execute(update(Report).values(created_at=long_ago, valid_until=long_ago + VALIDITY_S))
    await asyncio.sleep(1.1)  # another second, another time limit, so another id
    new = await gateway.client.post(URL, json=body)
    assert new.status_code == 201
    assert new.json()["id"] != old["id"]
    listed = (await gateway.client.get(URL)).json()["items"]
    assert [item["id"] for item in listed] == [new.json()["id"], old["id"]]


async def test_list__in_pages__gives_each_report_once(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    ids = set()
    for number in range(4):
        row = await stated(gateway.client, name=f"run {number}")
        ids.add((await gateway.client.post(URL, json={"workload_ids": [row["id"]]})).json()["id"])
    first = (await gateway.client.get(URL, params={"limit": 3})).json()["items"]
    rest = (await gateway.client.get(URL, params={"limit": 3, "before": first[-1]["id"]})).json()["items"]
    assert (len(first), len(rest)) == (3, 1)
    assert {report["id"] for report in first + rest} == ids


async def test_issue__chain_down__is_unavailable_and_nothing_is_stored(
    deployed: Deployed, database_url: str, database: Database
) -> None:
    settings = node_settings(deployed, database_url, rpc_url="http://127.0.0.1:9")
    async with running(settings) as node:
        await sign_in(node.client, new_person())
        row = await stated(node.client)
        response = await node.client.post(URL, json={"workload_ids": [row["id"]]})
        # What needs no chain goes on.
        assert (await node.client.post("/v1/footprints/estimate", json=workload())).status_code == 200
    assert problem(response)[:2] == (503, "chain_unavailable")
    assert await rows_in(database, Report) == 0


async def test_issue__sums_beyond_72_bits__names_the_ids_of_the_request(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    huge: dict[str, Any] = {
        "phases": None,
        "pue_ppm": None,
        "measured_uwh": str(10**20),
        "measurement_scope": "facility",
        "grid_mg_per_kwh": "2000000",
    }
    ids = [(await stated(gateway.client, name=f"run {number}", **huge))["id"] for number in range(30)]
    response = await gateway.client.post(URL, json={"workload_ids": ids})
    assert problem(response) == (422, "invalid_workload", ["workload_ids"])
    assert "72 bits" in response.json()["errors"][0]["problem"]


async def test_issue__id_of_another_shape__is_told_the_right_one_in_words(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    body = {"workload_ids": ["nonsense"], "supersedes": "0x12"}
    response = await gateway.client.post(URL, json=body)
    assert [error["expected"] for error in response.json()["errors"]] == [
        "32 hex digits in lower case, as this API gave them",
        "0x and 64 hex digits",
    ]


async def test_list__before_in_upper_case__is_the_same_page(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    for number in range(2):
        row = await stated(gateway.client, name=f"run {number}")
        await gateway.client.post(URL, json={"workload_ids": [row["id"]]})
    newest, oldest = (await gateway.client.get(URL)).json()["items"]
    before = "0x" + newest["id"][2:].upper()
    page = (await gateway.client.get(URL, params={"before": before})).json()["items"]
    assert [item["id"] for item in page] == [oldest["id"]]
