"""Drives orders: takes those that are due, does their next step, stores what came of it.

All state is in the database, so a worker that was stopped at any point is continued by the next one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import structlog

from greenledger.chain.errors import ChainUnavailable
from greenledger.offsets.errors import CoSigningFailed, MarketUnavailable, ProofUnusable
from greenledger.offsets.steps import Change, Parts, Progress, next_change, watch_mint
from greenledger.usage import orders
from greenledger.usage.database import Database
from greenledger.usage.models.order import Order

log = structlog.get_logger(__name__)

IDLE_S = 1.0
BATCH = 20
AT_ONCE = 4
LONGEST_BACKOFF_S = 300


class OrderWorker:
    """One background task. Several may share a database: a change counts only if nobody was faster."""

    def __init__(self, database: Database, parts: Parts, clock: Callable[[], float] = time.time) -> None:
        """`clock` gives Unix seconds."""
        self._database = database
        self._parts = parts
        self._clock = clock
        self._wake = asyncio.Event()
        self._at_once = asyncio.Semaphore(AT_ONCE)

    def wake(self) -> None:
        """Look for work now rather than at the next turn."""
        self._wake.set()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            self._wake.clear()
            try:
                await self.run_due()
            except Exception as error:
                # The database may be away for a moment; the worker must outlive that.
                log.error("order worker", error=type(error).__name__, exc_info=error)
            try:
                async with asyncio.timeout(IDLE_S):
                    await self._wake.wait()
            except TimeoutError:
                pass

    async def run_due(self) -> int:
        """One turn over the orders that are due; returns how many there were."""
        async with self._database.transaction() as session:
            due = await orders.due_orders(session, int(self._clock()), BATCH)
        await asyncio.gather(*(self._one(order) for order in due))
        return len(due)

    async def refresh(self, order: Order) -> None:
        """Bring a co-signed or minted order up to what the chain says; raises ChainUnavailable."""
        change = await watch_mint(order, self._parts, int(self._clock()))
        if change.entered is not None:
            await self._store(order, change)

    async def _one(self, order: Order) -> None:
        async with self._at_once:
            try:
                change = await next_change(order, self._parts, int(self._clock()))
            except Exception as error:
                change = self._later(order, error)
            await self._store(order, change)

    def _later(self, order: Order, error: Exception) -> Change:
        """Whatever hindered a step, the order keeps its state and is tried again, ever more rarely."""
        code, detail = _explain(error)
        log.warning(
            "order step hindered", order=order.id, state=order.state, code=code, error=type(error).__name__
        )
        wait_s = float(min(LONGEST_BACKOFF_S, 2 ** min(order.attempts, 10)))
        if isinstance(error, MarketUnavailable) and error.retry_after_s is not None:
            wait_s = min(max(wait_s, error.retry_after_s), 3600.0)
        return Change(
            {
                "attempts": order.attempts + 1,
                "due_at": int(self._clock() + wait_s),
                "error_code": code,
                "error_detail": detail[:1000],
            }
        )

    async def _store(self, order: Order, change: Change) -> None:
        now = int(self._clock())
        step = (str(change.entered), now) if change.entered else None
        async with self._database.transaction() as session:
            stored = await orders.apply_change(session, order, change.values, step)
        if stored and change.entered is not None:
            log.info("order", order=order.id, state=str(change.entered), code=change.values.get("error_code"))
            if change.entered is Progress.RETIRED:
                self.wake()


def _explain(error: Exception) -> tuple[str, str]:
    """A stable code and a text for the buyer; an unexpected error's own text stays in the log."""
    if isinstance(error, MarketUnavailable):
        return "market_unavailable", f"The marketplace gave no usable answer ({error}). It is asked again."
    if isinstance(error, ProofUnusable):
        return "proof_unusable", f"The marketplace's proof cannot be certified yet: {error}."
    if isinstance(error, ChainUnavailable):
        return "chain_unavailable", f"The chain could not be read ({error}). It is asked again."
    if isinstance(error, CoSigningFailed):
        return "not_enough_signatures", f"The council has not signed yet: {error}."
    return "internal_error", "This step failed. It is tried again."
