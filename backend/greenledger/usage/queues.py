"""How much work waits for the workers, for those who watch them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.models.batch import Batch
from greenledger.usage.models.lease import Leased
from greenledger.usage.models.order import Order
from greenledger.usage.models.outbox import Effect

QUEUES: dict[str, type[Leased]] = {"orders": Order, "effects": Effect, "batches": Batch}
"""What workers take by turns, by name: orders to look at, what is to be done outside for them, batches."""


@dataclass(frozen=True)
class Queue:
    """Rows that are due, `held` of them by a worker now; the longest due for `oldest_s` seconds."""

    due: int
    held: int
    oldest_s: int


async def queue_of(session: AsyncSession, model: type[Leased], now: int) -> Queue:
    """The queue at `now`, Unix seconds."""
    held = func.count().filter(model.locked_until > now)
    found = select(func.count(), held, func.min(model.due_at)).where(model.due_at <= now)
    due, held_now, oldest = (await session.execute(found)).one()
    return Queue(due, held_now, now - oldest if oldest is not None else 0)
