"""How much waits for the workers, on both engines."""

from __future__ import annotations

from order_rows import with_orders
from workload_rows import MINE

from greenledger.usage.database import Database
from greenledger.usage.models.batch import Batch
from greenledger.usage.models.order import Order
from greenledger.usage.models.outbox import Effect
from greenledger.usage.orders import take_orders
from greenledger.usage.queues import QUEUES, Queue, queue_of

NOW = 1_000


async def test_queue_of__some_due_and_one_held__counts_them_with_the_oldest(database: Database) -> None:
    await with_orders(database, ("a", 900), ("b", None), ("c", 800), ("d", NOW + 1))
    async with database.transaction() as session:
        await take_orders(session, "w", NOW, 30, 1)
    async with database.transaction() as session:
        assert await queue_of(session, Order, NOW) == Queue(due=2, held=1, oldest_s=200)
        assert await queue_of(session, Effect, NOW) == Queue(due=0, held=0, oldest_s=0)


async def test_queues__batch_that_is_due__is_told_among_batches(database: Database) -> None:
    counts = {"ended_from": 0, "ended_before": 1, "most": 1, "workloads": 0, "done": 0, "attempts": 0}
    texts = {"account": MINE, "id": "b", "state": "open", "last_id": "", "cursor": ""}
    async with database.transaction() as session:
        session.add(Batch(**texts, **counts, due_at=NOW - 300, created_at=1))
    async with database.transaction() as session:
        found = {name: await queue_of(session, model, NOW) for name, model in QUEUES.items()}
    assert found["batches"] == Queue(due=1, held=0, oldest_s=300)
