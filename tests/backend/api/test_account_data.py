"""An account's data: taken along whole, deleted on purpose or by the retention; the chain keeps its hash."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from deployed import Deployed
from eth_account.signers.local import LocalAccount
from key_holders import bearer, made_key
from nodes import Running, new_person, node_settings, problem, running, sign_in, stated
from postgres import ENGINES
from sqlalchemy import select, update

from greenledger.evidence.bundle import EvidenceBundle, bundle_from_json
from greenledger.evidence.disclosure import recompute
from greenledger.footprint.factors import load_factor_set
from greenledger.usage.database import Database
from greenledger.usage.models.chain_event import ChainEvent
from greenledger.usage.models.chore import Chore
from greenledger.usage.models.order import Order
from greenledger.usage.models.quote import Quote
from greenledger.usage.models.workload import Workload

pytestmark = pytest.mark.parametrize("engine", ENGINES, indirect=True, scope="session")

EXPORT = "/v1/account/export"
DATA = "/v1/account/data"
DAY_S = 86_400


async def eventually(look: Callable[[], Awaitable[Any]]) -> Any:
    """What `look` gives in the end that is not None."""
    for _ in range(600):
        if (seen := await look()) is not None:
            return seen
        await asyncio.sleep(0.1)
    pytest.fail("it never came")


async def delete(client: httpx.AsyncClient, confirm: str, **more: Any) -> httpx.Response:
    return await client.request("DELETE", DATA, json={"confirm": confirm}, **more)


async def exported(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    response = await client.get(EXPORT)
    assert response.status_code == 200, response.text
    assert response.headers["content-disposition"].startswith('attachment; filename="greenledger-0x')
    assert response.headers["cache-control"] == "no-store"
    return [json.loads(line) for line in response.text.splitlines()]


async def recorded(node: Running, deployed: Deployed, person: LocalAccount) -> tuple[str, EvidenceBundle]:
    """A workload of the person, recorded on chain; its id and the evidence as it was then."""
    deployed.chain.fund(person.address)
    row = await stated(node.client)
    report = (await node.client.post("/v1/reports", json={"workload_ids": [row["id"]]})).json()
    deployed.chain.send(person, report["transaction"]["to"], report["transaction"]["data"])
    evidence = await node.client.get(f"/v1/reports/{report['id']}/evidence")
    return row["id"], bundle_from_json(evidence.json())


async def in_flight(database: Database, account: str, state: str) -> None:
    quote = {"market": "m", "reference": "q", "source_id": "s", "project": "P", "project_name": "P"}
    quote |= {"registry_key": "icr", "amount_ug": "1", "price_usd_per_tonne": "1"}
    numbers = {"vintage": 2022, "cost_cents": 1, "created_at": 1, "expires_at": 2}
    async with database.transaction() as session:
        session.add(Quote(account=account, id="q", ex_ante=False, **quote, **numbers))
        await session.flush()
        order = {"beneficiary_name": "A", "message": "", "reports": [], "attempts": 0, "version": 0}
        session.add(Order(account=account, id="o1", quote_id="q", state=state, created_at=1, **order))


async def test_export__of_an_account__has_all_of_its_and_ends_with_the_number_of_rows(
    gateway: Running,
) -> None:
    person = new_person()
    await sign_in(gateway.client, person)
    row = await stated(gateway.client)
    report = (await gateway.client.post("/v1/reports", json={"workload_ids": [row["id"]]})).json()
    key = (await made_key(gateway.client, "submit", name="CI of the shop"))["key"]
    first, *rows, last = await exported(gateway.client)
    assert (first["kind"], first["account"]) == ("export", person.address)
    assert last == {"kind": "end", "rows": len(rows)}
    by_kind = {line["kind"]: line for line in rows}
    assert by_kind["workloads"]["salt"] == row["salt"]
    assert json.loads(by_kind["workloads"]["canonical"]) == row["workload"]
    assert by_kind["reports"]["id"] == report["id"]
    assert by_kind["api_keys"]["name"] == "CI of the shop"
    assert [line["action"] for line in rows if line["kind"] == "audit_entries"][-1] == "data_exported"
    assert key[-64:] not in json.dumps(rows)


async def test_export__of_another_account__has_nothing_of_it(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    await stated(gateway.client, name="a secret project")
    await sign_in(gateway.client, new_person())
    assert "a secret project" not in json.dumps(await exported(gateway.client))


async def test_export_and_delete__not_signed_in_or_by_a_key__are_refused(gateway: Running) -> None:
    person = new_person()
    await sign_in(gateway.client, person)
    key = (await made_key(gateway.client))["key"]
    gateway.client.cookies.clear()
    for headers, status in (({}, 401), (bearer(key), 403)):
        assert problem(await gateway.client.get(EXPORT, headers=headers))[0] == status
        assert problem(await delete(gateway.client, person.address, headers=headers))[0] == status


@pytest.mark.parametrize("confirm", ["yes", "0x" + "11" * 20])
async def test_delete__another_address_typed__is_refused_and_nothing_deleted(
    gateway: Running, confirm: str
) -> None:
    await sign_in(gateway.client, new_person())
    row = await stated(gateway.client)
    assert problem(await delete(gateway.client, confirm)) == (422, "not_confirmed", ["confirm"])
    assert (await gateway.client.get("/v1/workloads")).json()["items"] == [row]


async def test_delete__order_in_flight__is_refused_by_name_and_nothing_deleted(
    gateway: Running, database: Database
) -> None:
    person = new_person()
    await sign_in(gateway.client, person)
    row = await stated(gateway.client)
    await in_flight(database, person.address, "paid")
    refused = await delete(gateway.client, person.address)
    assert problem(refused) == (409, "under_way", ["order o1"])
    assert refused.json()["errors"][0]["problem"] == "is paid"
    assert (await gateway.client.get("/v1/workloads")).json()["items"] == [row]


async def test_delete__recorded_work__takes_its_opening_away_and_the_chain_keeps_its_root(
    gateway: Running, deployed: Deployed, database: Database
) -> None:
    person = new_person()
    await sign_in(gateway.client, person)
    workload_id, bundle = await recorded(gateway, deployed, person)
    factors = load_factor_set()
    assert recompute(bundle.report, bundle.workloads, factors) == ()
    await stated(gateway.client, name="in no report")

    answer = await delete(gateway.client, person.address.lower())
    assert (answer.status_code, answer.json()) == (200, {"deleted": 1, "erased": 1})

    (left,) = (await gateway.client.get("/v1/workloads")).json()["items"]
    assert (left["id"], left["workload"], left["salt"], left["estimate"]) == (workload_id, {}, "0x", {})
    assert left["erased_at"] is not None
    url = f"/v1/reports/0x{bundle.id.hex()}/evidence"
    assert problem(await gateway.client.get(url)) == (410, "erased", ["workloads[0]"])
    again = await gateway.client.post("/v1/reports", json={"workload_ids": [workload_id]})
    assert problem(again) == (410, "erased", ["workload_ids[0]"])
    # Who guesses the work rightly gets every number of the report but its root: the salt is nowhere.
    guessed = tuple(replace(item, salt=bytes(32)) for item in bundle.workloads)
    wrong = recompute(bundle.report, guessed, factors)
    assert [mismatch.field for mismatch in wrong] == ["footprint.root"]
    text = json.dumps(await exported(gateway.client))
    assert all(item.salt.hex() not in text for item in bundle.workloads)
    # The chain has its commitment still.
    attestation = deployed.ledger.functions.attestation(bundle.id).call()
    assert str(attestation[1]) == str(bundle.report.footprint.central_ug)
    async with database.transaction() as session:
        (row,) = await session.scalars(select(Workload).where(Workload.account == person.address))
    assert row.workload_hash == row.content_hash


async def test_delete__done__is_in_the_audit_log_with_its_numbers(gateway: Running) -> None:
    person = new_person()
    await sign_in(gateway.client, person)
    await stated(gateway.client)
    await delete(gateway.client, person.address)
    newest = (await gateway.client.get("/v1/audit")).json()["items"][0]
    assert (newest["action"], newest["details"]) == ("data_deleted", {"deleted": 1, "erased": 0})


async def test_retention__work_that_was_recorded_long_ago__is_erased_and_other_work_stays(
    gateway: Running, deployed: Deployed, database: Database, database_url: str, peer_urls: tuple[str, ...]
) -> None:
    person = new_person()
    await sign_in(gateway.client, person)
    workload_id, bundle = await recorded(gateway, deployed, person)
    other = await stated(gateway.client, name="not recorded")
    recording = select(ChainEvent.found_at).where(ChainEvent.subject == f"0x{bundle.id.hex()}")

    async def followed() -> int | None:
        deployed.chain.catch_up()
        async with database.transaction() as session:
            return await session.scalar(recording)

    found_at = await eventually(followed)
    async with database.transaction() as session:
        await session.execute(update(ChainEvent).values(found_at=found_at - 8 * DAY_S))
        await session.execute(update(Chore).values(due_at=0, locked_until=None))
    settings = node_settings(deployed, database_url, council_peers=peer_urls, retention_days=7)
    async with running(settings):

        async def erased() -> dict[str, Any] | None:
            items = (await gateway.client.get("/v1/workloads")).json()["items"]
            rows = {item["id"]: item for item in items}
            return rows if rows[workload_id]["erased_at"] is not None else None

        rows = await eventually(erased)
    assert (rows[workload_id]["workload"], rows[workload_id]["salt"]) == ({}, "0x")
    assert rows[other["id"]] == other
    evidence = await gateway.client.get(f"/v1/reports/0x{bundle.id.hex()}/evidence")
    assert problem(evidence)[:2] == (410, "erased")
