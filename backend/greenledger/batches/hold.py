"""Holding a batch while it is worked on: the lease is extended, and the progress written down."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.batches import note_done
from greenledger.usage.database import Database
from greenledger.usage.leases import end_lease, extend_lease
from greenledger.usage.models.batch import Batch

log = structlog.get_logger(__name__)

TOLD_EVERY_S = 1.0
Mark = Callable[[str], None]
"""Is told each place of a step by name: a rehearsal ends the process there."""


def unmarked(_place: str) -> None:
    """Outside rehearsals."""


class LeaseLost(Exception):
    """Another worker has the batch now: change nothing."""


class Hold:
    """A taken batch. Steps say how far they are by `note`, and end by `end`."""

    def __init__(
        self,
        database: Database,
        batch: Batch,
        lease_s: int,
        clock: Callable[[], float] = time.time,
        mark: Mark = unmarked,
    ) -> None:
        """The lease of `batch` runs for `lease_s` from now on; `clock` gives Unix seconds."""
        self._database = database
        self._batch = batch
        self._lease_s = lease_s
        self._clock = clock
        self._mark = mark
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._done = 0
        self._is_lost = False

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._keep(), name="batch lease")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._end_keeping()

    def mark(self, place: str) -> None:
        """The step has come to a place where it may be cut off."""
        self._mark(f"{self._batch.state}:{place}")

    def note(self, done: int) -> None:
        """So many workloads are done. Raises LeaseLost."""
        self._done = done
        if self._is_lost:
            raise LeaseLost

    async def end(self, session: AsyncSession, due_at: int | None, **values: Any) -> None:
        """Gives the batch back with what the step found; to be the first statement of its transaction.

        Raises LeaseLost: then the transaction is to be rolled back.
        """
        await self._end_keeping()
        if self._is_lost or not await end_lease(session, self._batch, due_at, **values):
            raise LeaseLost

    async def _end_keeping(self) -> None:
        # Not cancelled: an extension that was cut off may be stored and not be known here.
        self._stop.set()
        if self._task is not None:
            await self._task

    async def _keep(self) -> None:
        while not self._stop.is_set():
            try:
                async with asyncio.timeout(min(TOLD_EVERY_S, self._lease_s / 3)):
                    await self._stop.wait()
            except TimeoutError:
                await self._extend()

    async def _extend(self) -> None:
        until = int(self._clock()) + self._lease_s
        try:
            async with self._database.transaction() as session:
                kept = await extend_lease(session, self._batch, until)
                if kept:
                    await note_done(session, self._batch, self._done)
        except SQLAlchemyError as error:
            # The database may be away for a moment; the lease lasts longer than that.
            log.warning("batch lease not extended", batch=self._batch.id, error=type(error).__name__)
            return
        self._is_lost = self._is_lost or not kept
