"""How alembic runs our migrations: online, over the same async engine as the application."""

from __future__ import annotations

import asyncio

from alembic import context
from sqlalchemy import Connection, text

from greenledger.usage import models
from greenledger.usage.base import Base
from greenledger.usage.database import create_engine

assert models.__all__  # every table module is imported, so the metadata is complete


LOCK = 0x67616C31  # any number that nobody else uses in this database


def _run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Several nodes may start at once: the second finds the schema new when its turn comes.
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    # Batch mode: SQLite cannot alter most things in place.
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def _migrate() -> None:
    engine = create_engine(context.config.attributes["database_url"])
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_run)
    finally:
        await engine.dispose()


asyncio.run(_migrate())
