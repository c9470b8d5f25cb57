"""Drives batches: takes those that are due, does the step of their state, stores what came.

All state is in the database. What a worker takes it holds under a lease, so several gateways share the work,
and one that was killed at any point is continued by the next.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from greenledger.batches.building import build
from greenledger.batches.closing import close
from greenledger.batches.hold import Hold, LeaseLost, Mark, unmarked
from greenledger.batches.signing import settle, sign
from greenledger.batches.states import State
from greenledger.chain.errors import ChainUnavailable, Reverted
from greenledger.council.collect import NotEnoughSignatures
from greenledger.council.node import CouncilNode, CouncilRefused
from greenledger.council.recounting import RecountFailed
from greenledger.usage.batches import take_batches
from greenledger.usage.database import Database
from greenledger.usage.models.batch import Batch

log = structlog.get_logger(__name__)

IDLE_S = 1.0
AT_ONCE = 2  # so that a small batch need not wait for the council to recount a large one
LEASE_S = 90
LONGEST_BACKOFF_S = 300


class BatchWorker:
    """One background task; any number may share a database."""

    def __init__(
        self,
        database: Database,
        node: CouncilNode,
        clock: Callable[[], float] = time.time,
        lease_s: int = LEASE_S,
        mark: Mark = unmarked,
    ) -> None:
        """`clock` gives Unix seconds; a lease is extended as long as the work goes on."""
        self._database = database
        self._node = node
        self._clock = clock
        self._lease_s = lease_s
        self._mark = mark
        self._name = f"batches {secrets.token_hex(8)}"
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Look for work now rather than at the next turn."""
        self._wake.set()

    async def run(self) -> None:
        """Work until cancelled; then what is in hand is given back, for another gateway to go on with."""
        busy: set[asyncio.Task[None]] = set()
        try:
            while True:
                self._wake.clear()
                taken = await self._take_quietly(AT_ONCE - len(busy))
                for batch in taken:
                    task = asyncio.create_task(self._work(batch), name=f"batch {batch.id}")
                    busy.add(task)
                    task.add_done_callback(busy.discard)
                    task.add_done_callback(lambda _: self.wake())
                if not taken:
                    await self._rest()
        finally:
            for task in busy:
                task.cancel()
            await asyncio.gather(*busy, return_exceptions=True)

    async def run_due(self) -> bool:
        """One step of one batch; whether any was due."""
        taken = await self._take(1)
        for batch in taken:
            await self._work(batch)
        return bool(taken)

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(IDLE_S):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _take_quietly(self, most: int) -> list[Batch]:
        try:
            return await self._take(most) if most else []
        except Exception as error:
            # The database may be away for a moment; the worker must outlive that.
            log.error("batch worker", error=type(error).__name__, exc_info=error)
            return []

    async def _take(self, most: int) -> list[Batch]:
        async with self._database.transaction() as session:
            return await take_batches(session, self._name, self._now(), self._lease_s, most)

    async def _work(self, batch: Batch) -> None:
        state = batch.state
        async with Hold(self._database, batch, self._lease_s, self._clock, self._mark) as hold:
            hold.mark("taken")
            try:
                await self._step(batch, hold)
            except LeaseLost:
                log.warning("batch lease lost", batch=batch.id, state=state)
            except asyncio.CancelledError:
                await self._give_back(batch, hold, self._now())
                raise
            except Exception as error:
                await self._postpone(batch, hold, error)
            hold.mark("done")

    async def _step(self, batch: Batch, hold: Hold) -> None:
        database, node, now = self._database, self._node, self._now()
        match State(batch.state):
            case State.OPEN:
                await close(database, node.chain, batch, hold, now)
            case State.CLOSED:
                await build(database, node, batch, hold, now)
            case State.BUILT:
                await sign(database, node, batch, hold, now)
            case State.SIGNED:
                await settle(database, node.chain, batch, hold, now)
            case _:
                async with database.transaction() as session:
                    await hold.end(session, None)

    async def _postpone(self, batch: Batch, hold: Hold, error: Exception) -> None:
        """Whatever hindered a step, the batch keeps its state and is tried again, ever more rarely."""
        code, detail = _explain(error)
        known = code != "internal_error"
        log.warning("batch step hindered", batch=batch.id, state=batch.state, code=code)
        if not known:
            log.error("batch step", batch=batch.id, error=type(error).__name__, exc_info=error)
        wait_s = min(LONGEST_BACKOFF_S, 2 ** min(batch.attempts, 10))
        told = {"error_code": code, "error_detail": detail[:1000]}
        await self._give_back(batch, hold, self._now() + wait_s, attempts=batch.attempts + 1, **told)

    async def _give_back(self, batch: Batch, hold: Hold, due_at: int, **told: Any) -> None:
        try:
            async with self._database.transaction() as session:
                await hold.end(session, due_at, **told)
        except LeaseLost:
            log.warning("batch lease lost", batch=batch.id, state=batch.state)
        except SQLAlchemyError as error:
            # The lease runs out by itself.
            log.error("batch not given back", batch=batch.id, error=type(error).__name__, exc_info=error)

    def _now(self) -> int:
        return int(self._clock())


def _explain(error: Exception) -> tuple[str, str]:
    """A stable code and a text for the account; an unexpected error's own text stays in the log."""
    if isinstance(error, ChainUnavailable | Reverted):
        return "chain_unavailable", f"The chain could not be read ({error}). It is asked again."
    if isinstance(error, NotEnoughSignatures):
        return "not_enough_signatures", f"The council has not signed yet: {error}. It is asked again."
    if isinstance(error, CouncilRefused):
        return "council_refused", f"This node does not sign the batch: {error}. It is tried again."
    if isinstance(error, RecountFailed):
        return "recount_failed", f"The workloads could not be recounted: {error}. It is tried again."
    return "internal_error", "This step failed. It is tried again."
