"""How alembic runs our migrations: online, over the same async engine as the application."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from alembic import context
from sqlalchemy import Connection, text

from greenledger.usage import models
from greenledger.usage.base import Base
from greenledger.usage.database import create_engine
from greenledger.usage.partitions import PARTS

assert models.__all__  # every table module is imported, so the metadata is complete


LOCK = 0x67616C31  # any number that nobody else uses in this database


def _is_named_in_models(name: str | None, kind: str, _parents: object) -> bool:
    """Parts of a table are no tables of the models."""
    return kind != "table" or name is None or re.match(PARTS, name) is None


def _is_of_models(found: Any, _name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Nor is what PostgreSQL keeps for each part of a table that a foreign key refers to."""
    if kind != "foreign_key_constraint":
        return True
    return all(re.match(PARTS, key.target_fullname.split(".")[0]) is None for key in found.elements)


def _run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Several nodes may start at once: the second finds the schema new when its turn comes.
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    # Batch mode: SQLite cannot alter most things in place.
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        include_name=_is_named_in_models,
        include_object=_is_of_models,
    )
    with context.begin_transaction():
        context.run_migrations()


def _write_out() -> None:
    """The statements as text, for a reader or another engine; of rows that are there nothing is known."""
    context.configure(dialect_name=context.config.attributes["dialect"], literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


async def _migrate() -> None:
    engine = create_engine(context.config.attributes["database_url"])
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_run)
    finally:
        await engine.dispose()


if context.is_offline_mode():
    _write_out()
else:
    asyncio.run(_migrate())
