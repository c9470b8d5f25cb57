"""Reports that are recorded at the node's cost with the account's consent, once and never without it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from batching import batch_in, signed_batch, worker_with
from deployed import Deployed
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_account.signers.local import LocalAccount
from eth_keys.backends.native.jacobian import fast_multiply, inv
from eth_keys.constants import SECPK1_G, SECPK1_N
from nodes import Running, new_person, node_settings, problem, running

from greenledger.evidence.typed_data import (
    consent_digest,
    consent_typed_data,
    footprint_domain,
    footprint_report_from_json,
)


@pytest.fixture
async def sponsoring(
    deployed: Deployed, database_url: str, peer_urls: tuple[str, ...]
) -> AsyncIterator[Running]:
    """A node whose own account pays for records."""
    payer = new_person()
    deployed.chain.fund(payer.address)
    deployed.chain.catch_up()
    settings = node_settings(
        deployed, database_url, council_peers=peer_urls, sponsor_key=payer.key.to_0x_hex()
    )
    async with running(settings) as node:
        yield node


def consent_of(person: LocalAccount, typed_data: dict[str, Any]) -> dict[str, str]:
    signed = Account.sign_message(encode_typed_data(full_message=typed_data), person.key)
    return {"consent": signed.signature.to_0x_hex()}


async def test_consent__of_the_account__records_its_batch_once(
    sponsoring: Running, deployed: Deployed
) -> None:
    client = sponsoring.client
    person, _ = await worker_with(client, 3)
    batch = await signed_batch(client)
    path = f"/v1/reports/{batch['report']['id']}/consent"
    body = consent_of(person, (await client.get(path)).json()["typed_data"])
    first = await client.post(path, json=body)
    assert first.status_code == 201, first.text
    recorded = await batch_in(client, batch["id"], "recorded")
    again = await client.post(path, json=body)
    assert (again.status_code, again.json()["transaction"]) == (200, first.json()["transaction"])
    totals = deployed.ledger.functions.account(person.address).call()
    assert recorded["report"]["recorded_at"] is not None
    assert int(batch["report"]["report"]["footprint"]["high_ug"]) in totals


def signed_anew(person: LocalAccount, digest: bytes) -> str:
    """A second good signature of the same digest, made with a random number of our own choice."""
    number = 2**200 + 1
    x, y = fast_multiply(SECPK1_G, number)
    s = inv(number, SECPK1_N) * (int.from_bytes(digest) + x * int.from_bytes(person.key)) % SECPK1_N
    is_high = s > SECPK1_N // 2
    v = 27 + (y % 2 ^ is_high)
    return f"0x{x:064x}{SECPK1_N - s if is_high else s:064x}{v:02x}"


async def test_consent__in_two_signatures_at_once__records_the_report_once(
    sponsoring: Running, deployed: Deployed
) -> None:
    client = sponsoring.client
    person, _ = await worker_with(client, 1)
    batch = await signed_batch(client)
    path = f"/v1/reports/{batch['report']['id']}/consent"
    report = footprint_report_from_json(batch["report"]["report"])
    domain = footprint_domain(deployed.deployment.chain_id, deployed.deployment.ledger)
    consents = [consent_of(person, (await client.get(path)).json()["typed_data"])]
    consents += [{"consent": signed_anew(person, consent_digest(report, domain))}]
    answers = await asyncio.gather(*(client.post(path, json=consent) for consent in consents))
    assert sorted(answer.status_code for answer in answers) == [200, 201], [one.text for one in answers]
    assert len({answer.json()["transaction"] for answer in answers}) == 1


async def test_consent__signed_by_somebody_else__sends_nothing(
    sponsoring: Running, deployed: Deployed
) -> None:
    client = sponsoring.client
    await worker_with(client, 1)
    batch = await signed_batch(client)
    path = f"/v1/reports/{batch['report']['id']}/consent"
    stranger = consent_of(new_person(), (await client.get(path)).json()["typed_data"])
    refused = await client.post(path, json=stranger)
    assert problem(refused)[:2] == (409, "reverted")
    assert "did not consent" in refused.json()["detail"]
    assert (await client.get(f"/v1/batches/{batch['id']}")).json()["report"]["recorded_at"] is None


async def test_consent__on_a_node_without_a_sponsor__is_told_so(gateway: Running) -> None:
    client = gateway.client
    await worker_with(client, 1)
    batch = await signed_batch(client)
    response = await client.post(f"/v1/reports/{batch['report']['id']}/consent", json={"consent": "0x00"})
    assert problem(response)[:2] == (409, "not_sponsored")


async def test_consent__for_a_report_of_somebody_else__is_unknown(sponsoring: Running) -> None:
    client = sponsoring.client
    await worker_with(client, 1)
    batch = await signed_batch(client)
    await worker_with(client, 0)
    path = f"/v1/reports/{batch['report']['id']}/consent"
    assert problem(await client.get(path))[:2] == (404, "unknown_report")
    assert problem(await client.post(path, json={"consent": "0x00"}))[:2] == (404, "unknown_report")


async def test_consent_typed_data__any_report__has_the_digest_that_the_ledger_checks(
    gateway: Running, deployed: Deployed
) -> None:
    await worker_with(gateway.client, 2)
    batch = await signed_batch(gateway.client)
    report = footprint_report_from_json(batch["report"]["report"])
    domain = footprint_domain(deployed.deployment.chain_id, deployed.deployment.ledger)
    message = encode_typed_data(full_message=consent_typed_data(report, domain))
    person = new_person()
    by_wallet = Account.sign_message(message, person.key).signature
    by_digest = person.unsafe_sign_hash(consent_digest(report, domain)).signature
    assert by_wallet == by_digest
