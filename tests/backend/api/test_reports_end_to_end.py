"""From a stated workload to the chain: two of three real council nodes sign, the person's own key records."""

from __future__ import annotations

import pytest
from deployed import Deployed
from nodes import Running, new_person, problem, sign_in, stated, workload
from postgres import ENGINES
from sqlalchemy import func, select

from greenledger.council.signer import recover
from greenledger.evidence.bundle import bundle_from_json
from greenledger.evidence.disclosure import recompute
from greenledger.footprint.factors import load_factor_set
from greenledger.usage.database import Database
from greenledger.usage.models.report import Report

pytestmark = pytest.mark.parametrize("engine", ENGINES, indirect=True, scope="session")


async def test_report__signed_by_two_of_three_and_recorded__equals_the_estimate(
    gateway: Running, deployed: Deployed
) -> None:
    person = new_person()
    deployed.chain.fund(person.address)
    await sign_in(gateway.client, person)
    row = await stated(gateway.client)
    response = await gateway.client.post("/v1/reports", json={"workload_ids": [row["id"]]})
    assert response.status_code == 201, response.text
    report = response.json()

    identity = bytes.fromhex(report["id"][2:])
    signers = [recover(identity, bytes.fromhex(signature[2:])) for signature in report["signatures"]]
    assert len(signers) == 2
    assert signers == sorted(signers, key=lambda address: int(address, 16))
    assert all(deployed.council.functions.is_signer(signer).call() for signer in signers)

    transaction = report["transaction"]
    assert transaction["chain_id"] == deployed.deployment.chain_id
    deployed.chain.send(person, transaction["to"], transaction["data"])

    attestation = deployed.ledger.functions.attestation(identity).call()
    total = row["estimate"]["total_ug"]
    stated_on_chain = [str(attestation[name]) for name in (0, 1, 2)]
    assert stated_on_chain == [total["low"], total["central"], total["high"]]
    assert attestation[5] == row["estimate"]["tier"]

    bundle = bundle_from_json((await gateway.client.get(f"/v1/reports/{report['id']}/evidence")).json())
    assert bundle.digest() == identity
    assert recompute(bundle.report, bundle.workloads, load_factor_set()) == ()


async def test_report__recorded__is_refused_again_and_names_the_attestation(
    gateway: Running, deployed: Deployed
) -> None:
    person = new_person()
    deployed.chain.fund(person.address)
    await sign_in(gateway.client, person)
    row = await stated(gateway.client)
    body = {"workload_ids": [row["id"]]}
    report = (await gateway.client.post("/v1/reports", json=body)).json()
    deployed.chain.send(person, report["transaction"]["to"], report["transaction"]["data"])

    again = await gateway.client.post("/v1/reports", json=body)
    assert problem(again) == (409, "already_recorded", ["workload_ids[0]"])
    assert report["id"] in again.json()["errors"][0]["problem"]

    # The same work under a new id and salt is the same work.
    twin = await stated(gateway.client)
    assert twin["id"] != row["id"]
    twice = await gateway.client.post("/v1/reports", json={"workload_ids": [twin["id"]]})
    assert problem(twice) == (409, "already_recorded", ["workload_ids"])


async def test_report__that_supersedes_a_recorded_one__moves_the_total(
    gateway: Running, deployed: Deployed
) -> None:
    person = new_person()
    deployed.chain.fund(person.address)
    await sign_in(gateway.client, person)
    first = await stated(gateway.client)
    old = (await gateway.client.post("/v1/reports", json={"workload_ids": [first["id"]]})).json()
    deployed.chain.send(person, old["transaction"]["to"], old["transaction"]["data"])

    corrected = await stated(gateway.client, pue_ppm="1300000")
    body = {"workload_ids": [corrected["id"]], "supersedes": old["footprint_hash"]}
    response = await gateway.client.post("/v1/reports", json=body)
    assert response.status_code == 201, response.text
    new = response.json()
    assert new["report"]["footprint"]["supersedes"] == old["footprint_hash"]
    deployed.chain.send(person, new["transaction"]["to"], new["transaction"]["data"])

    totals = deployed.ledger.functions.account(person.address).call()
    assert (str(totals[1]), totals[4]) == (corrected["estimate"]["total_ug"]["central"], 1)
    # Nothing is deleted: the evidence of the corrected attestation is still there.
    assert (await gateway.client.get(f"/v1/reports/{old['id']}/evidence")).status_code == 200

    late = await stated(gateway.client, name="another run")
    body = {"workload_ids": [late["id"]], "supersedes": old["footprint_hash"]}
    refused = await gateway.client.post("/v1/reports", json=body)
    assert problem(refused) == (409, "already_superseded", ["supersedes"])


async def test_report__over_many_workloads__sums_them(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    rows = [await stated(gateway.client, name=f"run {number}") for number in range(5)]
    ids = [row["id"] for row in rows]
    report = (await gateway.client.post("/v1/reports", json={"workload_ids": ids})).json()
    footprint = report["report"]["footprint"]
    assert footprint["count"] == "5"
    assert int(footprint["high_ug"]) == sum(int(row["estimate"]["total_ug"]["high"]) for row in rows)
    assert report["workload_ids"] == ids


async def test_report__asked_for_twice__is_the_same_one(gateway: Running, database: Database) -> None:
    await sign_in(gateway.client, new_person())
    first, second = await stated(gateway.client, name="a"), await stated(gateway.client, name="b")
    one = await gateway.client.post("/v1/reports", json={"workload_ids": [first["id"], second["id"]]})
    two = await gateway.client.post("/v1/reports", json={"workload_ids": [second["id"], first["id"]]})
    assert (one.status_code, two.status_code) == (201, 200)
    assert one.json() == two.json()
    assert (await gateway.client.get("/v1/reports")).json() == {"items": [one.json()]}
    async with database.transaction() as session:
        assert (await session.execute(select(func.count()).select_from(Report))).scalar_one() == 1


async def test_report__over_a_workload_of_another_living_report__is_refused(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    first, second = await stated(gateway.client, name="a"), await stated(gateway.client, name="b")
    living = (await gateway.client.post("/v1/reports", json={"workload_ids": [first["id"]]})).json()
    both = await gateway.client.post("/v1/reports", json={"workload_ids": [second["id"], first["id"]]})
    assert problem(both) == (409, "already_reported", ["workload_ids[1]"])
    assert living["id"] in both.json()["errors"][0]["problem"]


async def test_estimate__of_the_same_workload__equals_the_stored_one(gateway: Running) -> None:
    await sign_in(gateway.client, new_person())
    row = await stated(gateway.client)
    estimate = (await gateway.client.post("/v1/footprints/estimate", json=workload())).json()
    assert estimate["estimate"] == row["estimate"]
    assert estimate["methodology"] == row["methodology"]
