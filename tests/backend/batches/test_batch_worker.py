"""What the worker does when the council is away, when it is stopped, and when its lease is lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from batching import FROM, UNTIL, works
from deployed import Deployed
from nodes import PEER_TOKEN, new_person
from postgres import in_own_loop
from sqlalchemy import select, update

from greenledger.batches.hold import Mark, unmarked
from greenledger.batches.opening import BatchRequest, open_batch
from greenledger.batches.states import State
from greenledger.batches.worker import BatchWorker
from greenledger.chain.client import ChainClient
from greenledger.council.collect import Peer
from greenledger.council.node import CouncilNode
from greenledger.council.signer import CouncilSigner
from greenledger.footprint.factors import load_factor_set
from greenledger.reports.ingestion import state_events
from greenledger.usage.database import Database
from greenledger.usage.models.batch import Batch, BatchReport

PATIENCE_S = 60.0


@asynccontextmanager
async def worker(
    database: Database, deployed: Deployed, *peers: str, mark: Mark = unmarked
) -> AsyncIterator[BatchWorker]:
    """A worker of the first council node, which asks these peers."""
    async with httpx.AsyncClient() as http, ChainClient(deployed.chain.rpc_url, deployed.deployment) as chain:
        yield BatchWorker(
            database,
            CouncilNode(
                signer=CouncilSigner(deployed.council_keys[0]),
                peers=tuple(Peer(peer, PEER_TOKEN, http) for peer in peers),
                deployment=deployed.deployment,
                chain=chain,
                factors=load_factor_set(),
            ),
            mark=mark,
        )


@asynccontextmanager
async def silent_peer() -> AsyncIterator[str]:
    """Somebody who takes in everything and never answers."""

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(65_536):
            pass
        writer.close()

    server = await asyncio.start_server(swallow, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def opened(database: Database, count: int = 3) -> str:
    account, now = new_person().address, int(time.time())
    await state_events(database, account, works(count), load_factor_set(), now)
    batch, _ = await open_batch(database, BatchRequest(account, FROM, UNTIL), now)
    return batch.id


async def batch_now(database: Database, batch_id: str) -> Batch:
    async with database.transaction() as session:
        return (await session.execute(select(Batch).where(Batch.id == batch_id))).scalar_one()


async def until_state(database: Database, batch_id: str, *states: State) -> Batch:
    deadline = time.monotonic() + PATIENCE_S
    while (found := await batch_now(database, batch_id)).state not in states:
        assert time.monotonic() < deadline, f"still {found.state}"
        await asyncio.sleep(0.05)
    return found


async def test_worker__too_few_council_nodes__keeps_the_batch_and_signs_when_they_are_back(
    database: Database, deployed: Deployed, peer_urls: tuple[str, ...]
) -> None:
    batch_id = await opened(database)
    async with worker(database, deployed, "http://127.0.0.1:1") as alone:
        for _ in range(3):  # close, build, ask in vain
            assert await alone.run_due()
    waiting = await batch_now(database, batch_id)
    assert (waiting.state, waiting.error_code) == (State.BUILT, "not_enough_signatures")
    assert waiting.due_at is not None and waiting.locked_until is None
    async with database.transaction() as session:
        await session.execute(update(Batch).values(due_at=0))
    async with worker(database, deployed, *peer_urls) as together:
        assert await together.run_due()
    signed = await batch_now(database, batch_id)
    assert (signed.state, signed.error_code, signed.valid_until) == (
        State.SIGNED,
        None,
        waiting.valid_until,
    )


async def test_worker__stopped_while_it_waits_for_the_council__gives_the_batch_back_at_once(
    database: Database, deployed: Deployed
) -> None:
    batch_id = await opened(database)
    async with silent_peer() as peer, worker(database, deployed, peer) as waiting:
        task = asyncio.create_task(waiting.run())
        built = await until_state(database, batch_id, State.BUILT)
        while built.valid_until is None:  # chosen right before the council is asked
            await asyncio.sleep(0.05)
            built = await batch_now(database, batch_id)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    free = await batch_now(database, batch_id)
    assert (free.state, free.locked_until, free.locked_by) == (State.BUILT, None, None)
    assert free.due_at is not None and free.due_at <= int(time.time())


async def take_over(url: str) -> None:
    """What another worker does when a lease ran out."""
    other = Database(url)
    async with other.transaction() as session:
        taken = {"locked_by": "another", "locked_until": int(time.time()) + 90}
        await session.execute(update(Batch).values(**taken))
    await other.close()


async def test_worker__whose_lease_went_to_another__stores_nothing(
    database: Database, database_url: str, deployed: Deployed, peer_urls: tuple[str, ...]
) -> None:
    batch_id = await opened(database)
    passed: list[str] = []

    def mark(place: str) -> None:
        passed.append(place)
        if place == "built:dated":
            in_own_loop(take_over(database_url))

    async with worker(database, deployed, *peer_urls, mark=mark) as slow:
        for _ in range(3):  # close, build, sign
            assert await slow.run_due()
    kept = await batch_now(database, batch_id)
    assert (kept.state, kept.locked_by, kept.report_id) == (State.BUILT, "another", None)
    assert "built:cosigned" in passed
    async with database.transaction() as session:
        assert (await session.execute(select(BatchReport.id))).all() == []
