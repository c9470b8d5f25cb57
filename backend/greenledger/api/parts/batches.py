"""Batches' part of the node: the worker that closes them, counts them and has them signed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Annotated

from fastapi import Depends

from greenledger.api.deps import GatewayDep
from greenledger.api.state import Gateway
from greenledger.batches.worker import BatchWorker


@asynccontextmanager
async def batches_part(gateway: Gateway) -> AsyncIterator[None]:
    """Runs the worker; stops it before anything it uses is closed. Another goes on with what it had."""
    lease_s, mark = gateway.settings.lease_seconds, gateway.boundary
    worker = BatchWorker(gateway.database, gateway.council, lease_s=lease_s, mark=mark)
    gateway.batches = worker
    task = asyncio.create_task(worker.run(), name="batch worker")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def batch_worker(state: GatewayDep) -> BatchWorker:
    assert state.batches is not None  # set by its part of the lifespan
    return state.batches


BatchWorkerDep = Annotated[BatchWorker, Depends(batch_worker)]
