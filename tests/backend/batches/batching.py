"""What the tests of batches share: people with work, and batches followed until something holds."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx
from deployed import Deployed
from eth_account.signers.local import LocalAccount
from nodes import new_person, sign_in, stated, workload

from greenledger.reports.ingestion import StatedEvent

PATIENCE_S = 60.0
FROM, UNTIL = 1_600_000_000, 1_900_000_000  # all of the work that the tests state
END = 1_657_065_600  # of the first piece of it; each next one ends a second later


async def worker_with(
    client: httpx.AsyncClient, count: int, first: int = 0
) -> tuple[LocalAccount, list[str]]:
    """Somebody who signed in and stated so many different workloads, and their ids in order."""
    person = new_person()
    await sign_in(client, person)
    return person, await state_some(client, count, first)


async def state_some(client: httpx.AsyncClient, count: int, first: int = 0) -> list[str]:
    works = range(first, first + count)
    return [(await stated(client, name=f"run {at}", end=END + at))["id"] for at in works]


async def open_batch(client: httpx.AsyncClient, expected: int = 201, **changes: Any) -> dict[str, Any]:
    body = {"ended_from": FROM, "ended_before": UNTIL} | changes
    response = await client.post("/v1/batches", json=body)
    assert response.status_code == expected, response.text
    batch: dict[str, Any] = response.json()
    return batch


async def batch_in(client: httpx.AsyncClient, batch_id: str, *states: str) -> dict[str, Any]:
    """The batch as soon as it is in one of the states."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        response = await client.get(f"/v1/batches/{batch_id}")
        assert response.status_code == 200, response.text
        batch: dict[str, Any] = response.json()
        if batch["state"] in states:
            return batch
        assert time.monotonic() < deadline, f"still {batch}"
        await asyncio.sleep(0.05)


async def signed_batch(client: httpx.AsyncClient, **changes: Any) -> dict[str, Any]:
    return await batch_in(client, (await open_batch(client, **changes))["id"], "signed")


def record(deployed: Deployed, person: LocalAccount, report: dict[str, Any]) -> None:
    """The account's own wallet sends the transaction of a report as the gateway gave it."""
    deployed.chain.fund(person.address)
    deployed.chain.catch_up()
    deployed.chain.send(person, report["transaction"]["to"], report["transaction"]["data"])


def works(count: int) -> list[StatedEvent]:
    """So many different pieces of work, as events."""
    return [StatedEvent(f"event-{at}", workload(name=f"run {at}", end=END + at)) for at in range(count)]
