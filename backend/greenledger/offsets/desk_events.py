"""The chain's events as happenings of orders, inside the transaction that moves the follower's cursor.

Two followers hand events over: one as soon as they are in a block, for what the buyer sees at once, and one
with all confirmations, on which everything else rests.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.chain.events import Event
from greenledger.offsets import happenings as h
from greenledger.offsets.parts import Boundary, unmarked
from greenledger.offsets.transitions import happen
from greenledger.usage.chain_events import events_of
from greenledger.usage.models.order import Order
from greenledger.usage.orders import lock_order_of_certificate, lock_order_of_desk

DESK = "RetirementDesk"
CREDITS = "RetiredCredits"


@dataclass(frozen=True)
class SeenEvents:
    """Events that may still be taken back: a payment shows, and nothing is done for it."""

    clock: Callable[[], float] = field(default=time.time)

    async def apply(self, session: AsyncSession, event: Event) -> None:
        await self._tell(session, event, h.OpeningSeen())

    async def revert(self, session: AsyncSession, event: Event) -> None:
        await self._tell(session, event, h.OpeningUnseen())

    async def _tell(self, session: AsyncSession, event: Event, happening: h.Happening) -> None:
        if (event.contract, event.name) != (DESK, "OrderOpened"):
            return
        order = await lock_order_of_desk(session, event.subject)
        if order is not None:
            await happen(session, order, happening, int(self.clock()), event.transaction_hash)


@dataclass(frozen=True)
class FinalEvents:
    """Events with all their confirmations. Those of others' orders and certificates are passed over."""

    chain_id: int
    clock: Callable[[], float] = field(default=time.time)
    mark: Boundary = unmarked

    async def apply(self, session: AsyncSession, event: Event) -> None:
        await self._tell(session, event, is_there=True)

    async def revert(self, session: AsyncSession, event: Event) -> None:
        await self._tell(session, event, is_there=False)

    async def _tell(self, session: AsyncSession, event: Event, is_there: bool) -> None:
        order = await _order_of(session, event)
        if order is None:
            return
        happening = await self._happening(session, order, event, is_there)
        if happening is not None:
            await happen(session, order, happening, int(self.clock()), event.transaction_hash)
            self.mark(f"event:{event.name}")

    async def _happening(
        self, session: AsyncSession, order: Order, event: Event, is_there: bool
    ) -> h.Happening | None:
        match event.name:
            case "OrderOpened":
                return h.Opened() if is_there else h.OpenedTakenBack()
            case "OrderFulfilled":
                certificate = f"0x{int(event.arguments['certificate']):064x}"
                return h.Fulfilled(certificate) if is_there else h.FulfilledTakenBack()
            case "OrderRefunded":
                declined = bool(event.arguments["declined"])
                return h.Refunded(declined) if is_there else h.RefundedTakenBack()
            case "Allocated" | "AllocationUndone":
                return await self._allocated(session, order, event.subject)
            case "CertificateVoided":
                return h.Voided(int(event.arguments["reason"])) if is_there else h.VoidedTakenBack()
        return None

    async def _allocated(self, session: AsyncSession, order: Order, certificate: str) -> h.Happening:
        """From the stored events, of which this one is one, or is marked as taken back by now."""
        allocated_ug = 0
        for name, sign in (("Allocated", 1), ("AllocationUndone", -1)):
            found = await events_of(session, self.chain_id, name, certificate)
            # A log may be stored under two sets of contracts: it counts once.
            once = {(row.block_hash, row.log_index): row.arguments for row in found}
            allocated_ug += sign * sum(_amount_ug(arguments) for arguments in once.values())
        amount_ug = int(order.reports[-1]["report"]["retirement"]["amount_ug"]) if order.reports else 0
        return h.Allocated(allocated_ug, amount_ug)


async def _order_of(session: AsyncSession, event: Event) -> Order | None:
    if event.contract == DESK and event.name in ("OrderOpened", "OrderFulfilled", "OrderRefunded"):
        return await lock_order_of_desk(session, event.subject)
    if event.contract == CREDITS and event.subject:
        return await lock_order_of_certificate(session, event.subject)
    return None


def _amount_ug(arguments: dict[str, Any]) -> int:
    return int(arguments["amount_ug"])
