"""How a gateway stands when it is scraped: queues, the chain, its pool of connections, its dependencies."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping

import structlog
from prometheus_client.metrics_core import GaugeMetricFamily
from sqlalchemy.exc import SQLAlchemyError

from greenledger.api.health_checks import HealthBook
from greenledger.api.state import Gateway
from greenledger.chain.errors import ChainUnavailable
from greenledger.usage.queues import QUEUES, queue_of

log = structlog.get_logger(__name__)

READ_S = 3.0  # a scrape waits so long for the database and the chain, and then goes without them


async def standing_of(gateway: Gateway, health: HealthBook) -> list[GaugeMetricFamily]:
    """The gauges that can be read now; a dependency that is away takes only its own ones with it."""
    views = await health.read(gateway.health_checks)
    up = {name: float(view.ok) for name, view in views.items()}
    pool = gateway.database.connections()
    parts = await asyncio.gather(_queues(gateway), _followed(gateway))
    return [
        _family("dependency_up", "1 if it worked when last asked.", "dependency", up),
        _family("draining", "1 from SIGTERM on.", None, {"": float(gateway.draining_since is not None)}),
        _family("database_connections", "Connections of the pool.", "state", pool),
        *parts[0],
        *parts[1],
    ]


def _family(name: str, text: str, label: str | None, values: Mapping[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"greenledger_{name}", text, labels=[label] if label else [])
    for key, value in values.items():
        family.add_metric([key] if label else [], value)
    return family


async def _queues(gateway: Gateway) -> Iterable[GaugeMetricFamily]:
    now = int(time.time())
    try:
        async with asyncio.timeout(READ_S), gateway.database.transaction() as session:
            found = {name: await queue_of(session, model, now) for name, model in QUEUES.items()}
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        log.warning("queues cannot be read", error=type(error).__name__)
        return ()
    return (
        _family("queue_due", "Rows that are due.", "queue", {n: q.due for n, q in found.items()}),
        _family(
            "queue_held", "Due rows that a worker holds.", "queue", {n: q.held for n, q in found.items()}
        ),
        _family(
            "queue_oldest_seconds",
            "How long the longest due row has been due.",
            "queue",
            {name: queue.oldest_s for name, queue in found.items()},
        ),
    )


async def _followed(gateway: Gateway) -> Iterable[GaugeMetricFamily]:
    """The last block whose events are stored, by how many blocks and seconds it is behind the newest one."""
    assert gateway.book is not None  # set by its part of the lifespan
    node = gateway.chain.node
    try:
        async with asyncio.timeout(READ_S):
            followed, head = await asyncio.gather(gateway.book.followed_to(), node.head())
            if followed is None:
                return ()
            made, newest = await asyncio.gather(node.time_of(followed), node.time_of(head))
    except (SQLAlchemyError, OSError, TimeoutError, ChainUnavailable) as error:
        log.warning("the followed block cannot be read", error=type(error).__name__)
        return ()
    return (
        _family("followed_block", "Last block whose events are stored.", None, {"": followed}),
        _family("chain_block", "Newest block of the RPC endpoint.", None, {"": head}),
        _family(
            "followed_block_age_seconds",
            "Since that block was made; below 0 where the chain's clock is ahead.",
            None,
            {"": time.time() - made},
        ),
        _family("followed_lag_seconds", "Between that block and the newest.", None, {"": newest - made}),
    )
