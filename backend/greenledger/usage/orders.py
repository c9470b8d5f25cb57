"""Orders. A person's reads stay within one account; the worker takes what is due from all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

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
