"""Orders. A person's reads stay within one account; the worker takes what is due from all of them.

Whatever changes an order does so in a transaction that begins with one of the `lock_` functions: it holds the
row on every database, and sees it as it is then.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.leases import take_due
from greenledger.usage.models.order import Order, OrderStep


async def add_order(session: AsyncSession, order: Order) -> None:
    """Raises IntegrityError if the quote already has an order."""
    session.add(order)
    await session.flush()


async def get_order(session: AsyncSession, account: str, order_id: str) -> Order | None:
    return await session.get(Order, (account, order_id))


async def order_of_quote(session: AsyncSession, account: str, quote_id: str) -> Order | None:
    statement = select(Order).where(Order.account == account, Order.quote_id == quote_id)
    return (await session.execute(statement)).unique().scalar_one_or_none()


async def list_orders(session: AsyncSession, account: str, limit: int) -> list[Order]:
    """Newest first."""
    statement = select(Order).where(Order.account == account)
    ordered = statement.order_by(Order.created_at.desc(), Order.id).limit(limit)
    return list((await session.execute(ordered)).unique().scalars())


async def due_orders(session: AsyncSession, now: int, limit: int) -> list[Order]:
    """Orders with something to do at `now` (Unix seconds), the longest due first."""
    statement = select(Order).where(Order.due_at <= now).order_by(Order.due_at, Order.id).limit(limit)
    return list((await session.execute(statement)).unique().scalars())


async def take_orders(session: AsyncSession, worker: str, now: int, lease_s: int, limit: int) -> list[Order]:
    """Due orders that nobody works on, leased to `worker`; see `take_due`."""
    return await take_due(session, Order, worker, now, lease_s, limit)


async def lock_order(session: AsyncSession, account: str, order_id: str) -> Order | None:
    """The order as it is now, locked until the transaction ends."""
    return await _lock(session, Order.account == account, Order.id == order_id)


async def lock_order_of_desk(session: AsyncSession, desk_id: str) -> Order | None:
    """The same by the order's id at the desk (0x, 64 hex digits)."""
    return await _lock(session, Order.desk_id == desk_id)


async def lock_order_of_certificate(session: AsyncSession, certificate: str) -> Order | None:
    """The same by the certificate that fulfilled it (0x, 64 hex digits)."""
    return await _lock(session, Order.certificate == certificate)


async def change_locked(
    session: AsyncSession, order: Order, changes: Mapping[str, Any], step: tuple[str, int, str | None] | None
) -> None:
    """Changes a locked order; `step` is the state entered, its time and the transaction that caused it."""
    for name, value in changes.items():
        setattr(order, name, value)
    if step is not None:
        state, at, transaction_hash = step
        entered = OrderStep(position=len(order.steps), state=state, at=at, transaction_hash=transaction_hash)
        order.steps.append(entered)
    await session.flush()


async def _lock(session: AsyncSession, *which: ColumnElement[bool]) -> Order | None:
    # An UPDATE takes the lock on every database, SQLite too, where a SELECT would have to be upgraded.
    locking = update(Order).where(*which).values(version=Order.version + 1)
    locking = locking.execution_options(synchronize_session=False).returning(Order.account, Order.id)
    key = (await session.execute(locking)).one_or_none()
    if key is None:
        return None
    return await session.get(Order, tuple(key), populate_existing=True)


async def wake_reference(session: AsyncSession, reference: str, now: int) -> bool:
    """Has the order that goes by a market reference read again at `now`, if it waits there for the market."""
    waiting = (Order.reference == reference, Order.state == "placed", Order.due_at > now)
    waking = update(Order).where(*waiting).values(due_at=now).execution_options(synchronize_session=False)
    return (await session.execute(waking.returning(Order.id))).first() is not None


async def apply_change(
    session: AsyncSession, order: Order, changes: Mapping[str, Any], step: tuple[str, int] | None
) -> bool:
    """Changes an order if nobody else did since it was read; `step` is the state entered and its time.

    Returns whether it was changed.
    """
    statement = (
        update(Order)
        .where(Order.account == order.account, Order.id == order.id, Order.version == order.version)
        .values(**changes, version=order.version + 1)
        .execution_options(synchronize_session=False)
    )
    changed = (await session.execute(statement.returning(Order.id))).scalar_one_or_none() is not None
    if changed and step is not None:
        mine = (OrderStep.account == order.account, OrderStep.order_id == order.id)
        count = (await session.execute(select(func.count()).select_from(OrderStep).where(*mine))).scalar_one()
        state, at = step
        session.add(OrderStep(account=order.account, order_id=order.id, position=count, state=state, at=at))
    return changed
