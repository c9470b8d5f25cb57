"""What the database of a rehearsal says of its orders, and the chain of when they were paid and minted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy import select

from greenledger.usage.database import Database
from greenledger.usage.models.order import Order
from scripts.chaos.contracts import Chain

ENDS = {"minted", "refunded", "quoted", "failed"}


@dataclass(frozen=True)
class Record:
    """One order as the database has it. `certificates` are of the further parts of a split purchase (0x)."""

    state: str
    code: str
    certificates: tuple[str, ...]
    parts_left: int  # without a certificate, and nothing known that speaks against one
    parts_lost: int
    final_s: int | None  # from the payment's confirmations to the certificate's; None: not minted

    @property
    def is_over(self) -> bool:
        # Of an order that was paid back, no further part is ever certified.
        return self.state in ENDS - {"minted"} or (self.state == "minted" and not self.parts_left)


def records(url: str) -> dict[str, Record]:
    """All orders by their ids."""
    return asyncio.run(_records(url))


async def _records(url: str) -> dict[str, Record]:
    database = Database(url)
    try:
        async with database.transaction() as session:
            found = (await session.execute(select(Order))).unique().scalars()
            return {order.id: _record(order) for order in found}
    finally:
        await database.close()


def _record(order: Order) -> Record:
    entered = {step.state: step.at for step in order.steps}  # the last time, if more than once
    minted_at, paid_at = entered.get("minted"), entered.get("paid")
    told = [(part["certificate"], part["problem"]) for part in order.further]
    return Record(
        state=order.state,
        code=order.error_code or "",
        certificates=tuple(certificate for certificate, _ in told if certificate),
        parts_left=sum(1 for certificate, problem in told if not certificate and not problem),
        parts_lost=sum(1 for certificate, problem in told if not certificate and problem),
        final_s=None if minted_at is None or paid_at is None else minted_at - paid_at,
    )


def blocks_between(chain: Chain) -> list[int]:
    """Seconds from the block with the payment to the block with the certificate, of each minted order."""
    opened = {log["args"]["id"]: log for log in _logs(chain.desk.events.OrderOpened(), chain)}
    fulfilled = _logs(chain.desk.events.OrderFulfilled(), chain)
    return [_timestamp(chain, log) - _timestamp(chain, opened[log["args"]["id"]]) for log in fulfilled]


def spread(seconds: Sequence[int]) -> dict[str, float]:
    """Least, middle and most of some times; all 0 for none."""
    some = seconds or [0]
    return {"minimum": min(some), "median": median(some), "maximum": max(some)}


def _logs(event: Any, chain: Chain) -> list[Any]:
    return list(event.get_logs(from_block=chain.start))


def _timestamp(chain: Chain, log: Any) -> int:
    return int(chain.web3.eth.get_block(log["blockNumber"])["timestamp"])
