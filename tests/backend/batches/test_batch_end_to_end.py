"""From stated workloads to a batch on chain and a proof for each, with a real council and a real chain."""

from __future__ import annotations

import json
from typing import Any

import pytest
from batching import batch_in, open_batch, record, signed_batch, state_some, worker_with
from deployed import Deployed
from nodes import Running, problem

from greenledger.evidence.bundle import bundle_from_json
from greenledger.evidence.disclosure import compute, recompute
from greenledger.evidence.leaf import is_under, leaf_from_json
from greenledger.evidence.words import word_bytes
from greenledger.footprint.factors import load_factor_set


def verified_on_chain(deployed: Deployed, proof: dict[str, Any]) -> bool:
    """What the ledger's own `verify_workload` says of a proof as the gateway gave it."""
    footprint = {
        name: word_bytes(value) if value.startswith("0x") else int(value)
        for name, value in proof["report"]["footprint"].items()
    }
    leaf = (word_bytes(proof["workload_hash"]), *(int(proof[f"{name}_ug"]) for name in BOUNDS))
    siblings = [word_bytes(sibling) for sibling in proof["proof"]]
    report = (proof["report"]["account"], tuple(footprint.values()))
    call = deployed.ledger.functions.verify_workload(report, proof["kind"], proof["version"], *leaf, siblings)
    return bool(call.call())


BOUNDS = ("low", "central", "high")


@pytest.mark.parametrize("count", [1, 2, 7])
async def test_batch__opened_and_recorded_by_its_account__every_workload_is_proven_on_chain(
    gateway: Running, deployed: Deployed, count: int
) -> None:
    client = gateway.client
    person, ids = await worker_with(client, count)
    batch = await signed_batch(client)
    assert (batch["workloads"], batch["report"]["report"]["footprint"]["count"]) == (count, str(count))
    record(deployed, person, batch["report"])
    recorded = await batch_in(client, batch["id"], "recorded")
    assert recorded["report"]["recorded_at"] is not None
    for workload_id in ids:
        proof = (await client.get(f"/v1/workloads/{workload_id}/proof")).json()
        assert (proof["batch_id"], proof["recorded"]) == (batch["id"], True)
        assert verified_on_chain(deployed, proof)
        wrong = proof | {"high_ug": str(int(proof["high_ug"]) + 1)}
        assert not verified_on_chain(deployed, wrong)


async def test_evidence__of_one_workload__verifies_without_a_chain(gateway: Running) -> None:
    client = gateway.client
    _, ids = await worker_with(client, 5)
    batch = await signed_batch(client)
    root = word_bytes(batch["report"]["report"]["footprint"]["root"])
    for workload_id in ids:
        file = json.loads((await client.get(f"/v1/workloads/{workload_id}/evidence")).content)
        leaf = leaf_from_json(file)
        assert is_under(root, leaf, compute(leaf.disclosed, load_factor_set()))


async def test_evidence__of_the_whole_batch__is_a_bundle_from_which_the_report_follows(
    gateway: Running,
) -> None:
    client = gateway.client
    await worker_with(client, 4)
    batch = await signed_batch(client)
    response = await client.get(f"/v1/batches/{batch['id']}/evidence")
    bundle = bundle_from_json(json.loads(response.content))
    assert bundle.digest() == word_bytes(batch["report"]["id"])
    assert recompute(bundle.report, bundle.workloads, load_factor_set()) == ()


async def test_batch__most_and_period__takes_the_first_stated_of_the_period(gateway: Running) -> None:
    client = gateway.client
    _, ids = await worker_with(client, 6)
    inside = {"ended_from": 1_657_065_601, "ended_before": 1_657_065_605}  # of the second to the fifth
    first = await signed_batch(client, **inside, most=3)
    rest = await signed_batch(client, **inside)
    assert (first["workloads"], rest["workloads"]) == (3, 1)
    proofs = [(await client.get(f"/v1/workloads/{one}/proof")).json() for one in ids[1:5]]
    assert [proof["batch_id"] for proof in proofs] == [first["id"]] * 3 + [rest["id"]]
    outside = await client.get(f"/v1/workloads/{ids[0]}/proof")
    assert problem(outside) == (409, "not_signed", ["workload_id"])


async def test_batch__nothing_left__is_empty_and_has_no_report(gateway: Running) -> None:
    client = gateway.client
    await worker_with(client, 2)
    await signed_batch(client)
    again = await batch_in(client, (await open_batch(client))["id"], "empty")
    assert (again["workloads"], again["report"]) == (0, None)


async def test_batch__work_stated_after_it_was_opened__is_left_for_the_next_one(gateway: Running) -> None:
    client = gateway.client
    await worker_with(client, 2)
    opened = await open_batch(client)
    later = await state_some(client, 1, first=2)
    batch = await batch_in(client, opened["id"], "signed")
    assert batch["workloads"] == 2
    assert problem(await client.get(f"/v1/workloads/{later[0]}/proof"))[1] == "not_signed"


async def test_proof__of_a_workload_in_a_single_report__is_made_from_that_report(
    gateway: Running, deployed: Deployed
) -> None:
    client = gateway.client
    person, ids = await worker_with(client, 3)
    report = (await client.post("/v1/reports", json={"workload_ids": ids})).json()
    record(deployed, person, report)
    for workload_id in ids:
        proof = (await client.get(f"/v1/workloads/{workload_id}/proof")).json()
        assert (proof["batch_id"], proof["report_id"]) == (None, report["id"])
        assert verified_on_chain(deployed, proof)
