"""A worker of batches as a process of its own, forked from a server that has imported everything once.

Ends when all batches are signed, or dies by SIGKILL at a place. Takes workloads three at a time.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from pathlib import Path

import httpx
from nodes import PEER_TOKEN
from sqlalchemy import select

from greenledger.batches import closing
from greenledger.batches.states import State
from greenledger.batches.worker import BatchWorker
from greenledger.chain.client import ChainClient
from greenledger.chain.deployment import Deployment
from greenledger.council.collect import Peer
from greenledger.council.node import CouncilNode
from greenledger.council.signer import CouncilSigner
from greenledger.footprint.factors import load_factor_set
from greenledger.usage.database import Database
from greenledger.usage.models.batch import Batch

LEASE_S = 1


async def work(url: str, file: str, rpc_url: str, key: str, peers: str, place: str | None) -> None:
    def mark(passed: str) -> None:
        if passed == place:
            os.kill(os.getpid(), signal.SIGKILL)

    deployment = Deployment.load(Path(file))
    async with httpx.AsyncClient() as http, ChainClient(rpc_url, deployment) as chain:
        node = CouncilNode(
            signer=CouncilSigner(key),
            peers=tuple(Peer(peer, PEER_TOKEN, http) for peer in peers.split(",")),
            deployment=deployment,
            chain=chain,
            factors=load_factor_set(),
        )
        database = Database(url)
        worker = BatchWorker(database, node, lease_s=LEASE_S, mark=mark)
        while not await is_signed(database):
            if not await worker.run_due():
                await asyncio.sleep(0.05)
        await database.close()


async def is_signed(database: Database) -> bool:
    async with database.transaction() as session:
        states = set((await session.execute(select(Batch.state))).scalars())
    return states == {State.SIGNED}


def run(url: str, file: str, rpc_url: str, key: str, peers: str, place: str | None) -> None:
    closing.SLICE = 3
    asyncio.run(work(url, file, rpc_url, key, peers, place))


async def ended(place: str | None, *start: str) -> int | None:
    """How a worker's process ended; waited for in a thread, since the peers are served by this process."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["batch_process"])
    process = context.Process(target=run, args=(*start, place), daemon=True)
    process.start()
    await asyncio.to_thread(process.join)
    return process.exitcode
