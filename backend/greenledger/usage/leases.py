"""Taking work that is due, one worker at a time for each piece, also across processes and machines.

Whoever takes a row holds it until `locked_until`. A worker that is killed holds it no longer than that, and
then the next one takes it over. A worker that was merely slow finds out when it reports: the functions that
end a lease change a row only while the lease is still the one that was taken, and say whether they did.

PostgreSQL passes over rows that another transaction is just taking (SKIP LOCKED), so that workers do not wait
for each other. SQLite has no such lock and one writer at a time; there, and anywhere else, the condition in
the UPDATE alone decides. The clocks of workers on several machines must differ by much less than a lease
lasts.
"""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, inspect, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.models.lease import Leased

Row = TypeVar("Row", bound=Leased)


async def take_due(
    session: AsyncSession,
    model: type[Row],
    worker: str,
    now: int,
    lease_s: int,
    limit: int,
    *only: ColumnElement[bool],
) -> list[Row]:
    """Up to `limit` rows due at `now` (Unix seconds), the longest due first, leased to `worker`.

    The lease begins when the transaction commits. `lease_s` is at least 1: longer than the work may take.
    """
    if lease_s < 1:
        raise ValueError(f"lease_s is {lease_s}, expected at least 1 second")
    key = inspect(model).primary_key
    is_free = or_(model.locked_until.is_(None), model.locked_until <= now)
    conditions = (model.due_at <= now, is_free, *only)
    candidates = select(*key).where(*conditions).order_by(model.due_at, *key).limit(limit)
    found = (await session.execute(candidates.with_for_update(skip_locked=True))).all()
    if not found:
        return []
    taking = (
        update(model)
        .where(tuple_(*key).in_([tuple(row) for row in found]), *conditions)
        .values(locked_until=now + lease_s, locked_by=worker)
        .execution_options(synchronize_session=False)
    )
    taken = (await session.execute(taking.returning(*key))).all()
    mine = tuple_(*key).in_([tuple(row) for row in taken])
    rows = select(model).where(mine).order_by(model.due_at, *key).execution_options(populate_existing=True)
    return list((await session.execute(rows)).unique().scalars())


async def extend_lease(session: AsyncSession, row: Leased, until: int) -> bool:
    """Holds a taken row until a later time, Unix seconds. False if the lease was lost: stop working on it."""
    kept = await _change(session, row, {"locked_until": until})
    if kept:
        row.locked_until = until
    return kept


async def end_lease(session: AsyncSession, row: Leased, due_at: int | None, **values: Any) -> bool:
    """Gives a taken row back, with what the work changed; due again at `due_at` (Unix seconds) or never.

    False if the lease was lost: nothing is changed, and another worker does the same work again.
    """
    return await _change(session, row, {"due_at": due_at, "locked_until": None, "locked_by": None, **values})


async def _change(session: AsyncSession, row: Leased, values: dict[str, Any]) -> bool:
    model: Any = type(row)
    mapper = inspect(model)
    mine = [column == value for column, value in zip(mapper.primary_key, _key_of(row), strict=True)]
    mine += [model.locked_by == row.locked_by, model.locked_until == row.locked_until]
    statement = update(model).where(*mine).values(**values).execution_options(synchronize_session=False)
    return (await session.execute(statement.returning(mapper.primary_key[0]))).one_or_none() is not None


def _key_of(row: Leased) -> tuple[Any, ...]:
    return tuple(inspect(row).mapper.primary_key_from_instance(row))
