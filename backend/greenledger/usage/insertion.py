"""Inserting what may be there already, without spoiling the transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.base import Base

_INSERT: dict[str, Any] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
    "cockroachdb": postgresql.insert,
}


def insert_for(session: AsyncSession, model: type[Base]) -> Any:
    """The INSERT of the session's database, which knows ON CONFLICT."""
    return _INSERT[session.get_bind().dialect.name](model)


async def insert_if_absent(session: AsyncSession, model: type[Base], **values: Any) -> bool:
    """Inserts a row unless one with the same key exists. Whether it was inserted."""
    statement = insert_for(session, model).values(**values).on_conflict_do_nothing()
    first = model.__mapper__.primary_key[0]
    return (await session.execute(statement.returning(first))).one_or_none() is not None
