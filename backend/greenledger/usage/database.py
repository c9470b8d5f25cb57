"""The database engine and its transactions: SQLite in one file, or PostgreSQL by URL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import QueuePool

BUSY_TIMEOUT_MS = 5_000
# The async driver of each database. A dialect that others add, such as CockroachDB's, brings its own.
DRIVERS = {"sqlite": "aiosqlite", "postgresql": "asyncpg"}


class InvalidDatabaseUrl(ValueError):
    """The URL names no database that this can work on; the text says what is expected, and no password."""


def _configure_sqlite(connection: Any, _record: object) -> None:
    # WAL lets readers go on while one writer writes; foreign keys are off in SQLite unless asked for.
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    finally:
        cursor.close()


def _connect_postgres(dialect: Any, _record: object, arguments: Any, options: Any) -> Any:
    # The driver lets these through as they are; callers know a database that is away by OperationalError.
    driver = dialect.loaded_dbapi
    try:
        return dialect.connect(*arguments, **options)
    except (OSError, driver.Error) as error:  # away; or starting up, full, wrong password
        kind = type(error.__cause__ or error).__name__
        raise driver.OperationalError(f"no connection: {kind}") from error


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        expected = "sqlite+aiosqlite:///file or postgresql+asyncpg://user@host/name"
        raise InvalidDatabaseUrl(f"the database URL is not one: expected {expected}") from None
    driver = DRIVERS.get(parsed.get_backend_name())
    if driver is not None and parsed.get_driver_name() != driver:
        raise InvalidDatabaseUrl(
            f"the database URL begins with {parsed.drivername}, expected {parsed.get_backend_name()}+{driver}"
        )
    return parsed


def create_engine(url: str) -> AsyncEngine:
    """An engine for an async SQLAlchemy URL; a SQLite one gets WAL, foreign keys and a busy timeout.

    Raises InvalidDatabaseUrl. Connects to nothing yet.
    """
    parsed = _parsed(url)
    engine = create_async_engine(parsed, pool_pre_ping=parsed.get_backend_name() != "sqlite")
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _configure_sqlite)
    elif engine.dialect.driver == "asyncpg":
        event.listen(engine.sync_engine, "do_connect", _connect_postgres)
    return engine


class Database:
    """One engine for the life of the application."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url)
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session that commits when the block ends and rolls back when it raises."""
        async with self._sessions() as session, session.begin():
            yield session

    async def ping(self) -> None:
        """Reads the schema version; raises SQLAlchemyError if the database is away or was never migrated."""
        async with self._engine.connect() as connection:
            await connection.execute(text("SELECT version_num FROM alembic_version"))

    def connections(self) -> dict[str, int]:
        """Connections of this process by what they do: in use, idle, and how many there may be at most."""
        pool = self._engine.sync_engine.pool
        if not isinstance(pool, QueuePool):
            return {}
        idle, used = pool.checkedin(), pool.checkedout()
        return {"in_use": used, "idle": idle, "most": pool.size() + pool._max_overflow}

    async def close(self) -> None:
        await self._engine.dispose()
