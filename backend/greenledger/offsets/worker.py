"""Drives orders: takes the effects and orders that are due, does them, stores what came of it.

All state is in the database. What a worker takes it holds under a lease, so several processes share the
work, and one that was killed at any point is continued by the next. Whatever is read or done outside is
written down in one transaction that begins with the order's lock and counts only while the lease is still
the one taken.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.chain.errors import ChainUnavailable, Reverted
from greenledger.offsets.acts import act
from greenledger.offsets.effects import Done, Later
from greenledger.offsets.errors import CoSigningFailed, MarketUnavailable, ProofUnusable
from greenledger.offsets.happenings import Happening
from greenledger.offsets.machine import Act, Progress
from greenledger.offsets.parts import Boundary, Parts, unmarked
from greenledger.offsets.steps import Wait, next_happening, watch_mint
from greenledger.offsets.transitions import happen
from greenledger.usage.database import Database
from greenledger.usage.models.order import Order
from greenledger.usage.models.outbox import Effect
from greenledger.usage.orders import change_locked, get_order, lock_order, take_orders, wake_reference
from greenledger.usage.outbox import finish_effect, postpone_effect, take_effects

log = structlog.get_logger(__name__)

IDLE_S = 1.0
AT_ONCE = 4  # of effects, and of orders
LEASE_S = 90
LONGEST_BACKOFF_S = 300
LONGEST_WAIT_S = 3_600
MOST_CALLED = 100  # between two turns
# In other states the error says why the order ends as it does.
TELLS_PROBLEMS = frozenset(
    {Progress.QUOTED, Progress.PAID, Progress.PLACED, Progress.RETIRED, Progress.COSIGNED}
)


class OrderWorker:
    """One background task; any number may share a database."""

    def __init__(
        self,
        database: Database,
        parts: Parts,
        clock: Callable[[], float] = time.time,
        lease_s: int = LEASE_S,
        mark: Boundary = unmarked,
    ) -> None:
        """`clock` gives Unix seconds; `lease_s` is longer than any one request outside may take."""
        self._database = database
        self._parts = parts
        self._clock = clock
        self._lease_s = lease_s
        self._mark = mark
        self._name = f"worker {secrets.token_hex(8)}"
        self._wake = asyncio.Event()
        self._called: set[str] = set()

    def wake(self) -> None:
        """Look for work now rather than at the next turn."""
        self._wake.set()

    def wake_order(self, reference: str) -> None:
        """Read the order of a market reference again now: somebody says that there is news of it.

        Of very many between two turns some are left out, whose orders are read when they are due.
        """
        if len(self._called) < MOST_CALLED:
            self._called.add(reference)
        self._wake.set()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            self._wake.clear()
            worked = 0
            try:
                worked = await self.run_due()
            except Exception as error:
                # The database may be away for a moment; the worker must outlive that.
                log.error("order worker", error=type(error).__name__, exc_info=error)
            if worked:
                continue
            try:
                async with asyncio.timeout(IDLE_S):
                    await self._wake.wait()
            except TimeoutError:
                pass

    async def run_due(self) -> int:
        """One turn over what is due; returns how much there was."""
        now = self._now()
        await self._wake_called(now)
        effects: list[Effect] = []
        for kind in Act:
            async with self._database.transaction() as session:
                effects += await take_effects(session, kind, self._name, now, self._lease_s, AT_ONCE)
        async with self._database.transaction() as session:
            orders = await take_orders(session, self._name, now, self._lease_s, AT_ONCE)
        works = [*(self._do(effect) for effect in effects), *(self._look(order) for order in orders)]
        for failed in await asyncio.gather(*works, return_exceptions=True):
            if isinstance(failed, Exception):
                # Its lease runs out, and then it is done again.
                log.error("order worker", error=type(failed).__name__, exc_info=failed)
            elif failed is not None:
                raise failed
        return len(works)

    async def refresh(self, order: Order) -> None:
        """Bring an order without a desk up to what the chain says; raises ChainUnavailable."""
        found = await watch_mint(order, self._parts, self._now())
        if isinstance(found, Wait):
            return
        async with self._database.transaction() as session:
            current = await lock_order(session, order.account, order.id)
            if current is not None and current.state == order.state:
                await happen(session, current, found, self._now())

    async def _wake_called(self, now: int) -> None:
        """Strangers may call: what comes of one reference hinders neither the others nor the turn."""
        called, self._called = self._called, set()
        for reference in called:
            try:
                async with self._database.transaction() as session:
                    await wake_reference(session, reference, now)
            except Exception as error:
                log.warning("order call", error=type(error).__name__, exc_info=error)

    async def _do(self, effect: Effect) -> None:
        self._mark(f"{effect.kind}:taken")
        async with self._database.transaction() as session:
            order = await get_order(session, effect.account, effect.key.split("/")[1])
        if order is None:
            raise ValueError(f"effect {effect.key} belongs to no order")
        try:
            async with asyncio.timeout(self._lease_s):
                outcome = await act(effect, order, self._parts, self._note_asking, self._now(), self._mark)
        except Exception as error:
            # An order that has ended counts no attempts any more.
            certifies = effect.kind == Act.CERTIFY
            outcome = self._again(order, error, effect.attempts if certifies else order.attempts)
        self._mark(f"{effect.kind}:acted")
        async with self._database.transaction() as session:
            await self._record(session, effect, order, outcome)
        self._mark(f"{effect.kind}:recorded")

    async def _record(
        self, session: AsyncSession, effect: Effect, seen: Order, outcome: Done | Later
    ) -> None:
        now = self._now()
        order = await lock_order(session, seen.account, seen.id)
        assert order is not None  # orders are never deleted
        if isinstance(outcome, Done):
            if not await finish_effect(session, effect, outcome.result, now):
                return
            if outcome.happening is not None:
                await happen(session, order, outcome.happening, now, outcome.result.get("transaction"))
            return
        code, detail = outcome.problem or (None, None)
        kept = await postpone_effect(session, effect, now + outcome.wait_s, detail)
        # An order that ends keeps the reason why it does.
        if kept and code is not None and order.state == seen.state and order.state in TELLS_PROBLEMS:
            values = {"error_code": code, "error_detail": detail, "attempts": order.attempts + 1}
            await change_locked(session, order, values, None)

    async def _note_asking(self, seen: Order, asked_at: int | None) -> bool:
        async with self._database.transaction() as session:
            order = await lock_order(session, seen.account, seen.id)
            if order is None or (order.state, order.asked_at, order.acts) != (
                Progress.PAID,
                asked_at,
                seen.acts,
            ):
                return False
            await change_locked(session, order, {"asked_at": self._now()}, None)
        return True

    async def _look(self, order: Order) -> None:
        self._mark(f"{order.state}:taken")
        outcome: Happening | Wait | Later
        try:
            async with asyncio.timeout(self._lease_s):
                outcome = await next_happening(order, self._parts, self._now())
        except Exception as error:
            outcome = self._again(order, error, order.attempts)
        self._mark(f"{order.state}:looked")
        async with self._database.transaction() as session:
            await self._settle(session, order, outcome)
        self._mark(f"{order.state}:recorded")

    async def _settle(self, session: AsyncSession, seen: Order, outcome: Happening | Wait | Later) -> None:
        """Gives a taken order back, moved on if it is still what it was when it was taken."""
        now = self._now()
        order = await lock_order(session, seen.account, seen.id)
        assert order is not None  # orders are never deleted
        if (order.locked_by, order.locked_until) != (seen.locked_by, seen.locked_until):
            return
        free = {"locked_by": None, "locked_until": None}
        if (order.state, order.acts) != (seen.state, seen.acts):
            await change_locked(session, order, free, None)  # moved on meanwhile, with a time of its own
            return
        if isinstance(outcome, Wait):
            due_at = None if outcome.seconds is None else now + outcome.seconds
            solved = {"error_code": None, "error_detail": None} if order.state in TELLS_PROBLEMS else {}
            values = {"due_at": due_at, "attempts": order.attempts + 1}
            await change_locked(session, order, free | solved | values, None)
        elif isinstance(outcome, Later):
            code, detail = outcome.problem or (None, None)
            told = {"error_code": code, "error_detail": detail} if order.state in TELLS_PROBLEMS else {}
            values = {"due_at": now + outcome.wait_s, "attempts": order.attempts + 1}
            await change_locked(session, order, free | told | values, None)
        else:
            await change_locked(session, order, free, None)
            if await happen(session, order, outcome, now) is None:
                await change_locked(session, order, {"due_at": None}, None)

    def _again(self, order: Order, error: Exception, attempts: int) -> Later:
        """Whatever hindered a step, the order keeps its state and is tried again, ever more rarely."""
        code, detail = _explain(error)
        known = isinstance(error, MarketUnavailable | ProofUnusable | ChainUnavailable | CoSigningFailed)
        log.warning(
            "order step hindered",
            order=order.id,
            state=order.state,
            code=code,
            error=type(error).__name__,
            exc_info=None if known else error,
        )
        wait_s = float(min(LONGEST_BACKOFF_S, 2 ** min(attempts, 10)))
        if isinstance(error, MarketUnavailable) and error.retry_after_s is not None:
            wait_s = min(max(wait_s, error.retry_after_s), LONGEST_WAIT_S)
        return Later(int(wait_s), (code, detail[:1000]))

    def _now(self) -> int:
        return int(self._clock())


def _explain(error: Exception) -> tuple[str, str]:
    """A stable code and a text for the buyer; an unexpected error's own text stays in the log."""
    if isinstance(error, MarketUnavailable):
        return "market_unavailable", f"The marketplace gave no usable answer ({error}). It is asked again."
    if isinstance(error, ProofUnusable):
        return "proof_unusable", f"The marketplace's proof cannot be certified yet: {error}."
    if isinstance(error, ChainUnavailable):
        return "chain_unavailable", f"The chain could not be read ({error}). It is asked again."
    if isinstance(error, Reverted):
        return "contract_refuses", f"The contract refuses: {error.reason}. It is tried again."
    if isinstance(error, CoSigningFailed):
        return "not_enough_signatures", f"The council has not signed yet: {error}."
    return "internal_error", "This step failed. It is tried again."
