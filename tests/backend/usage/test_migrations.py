"""The schema: made by the migrations alone, equal to the models, on real SQLite and PostgreSQL."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from nodes import url_of
from postgres import Postgres
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError, OperationalError

from greenledger.usage.base import Base
from greenledger.usage.database import Database, InvalidDatabaseUrl, create_engine
from greenledger.usage.migrate import migration_config
from greenledger.usage.partitions import PARTS

# Not distributed by account: a nonce comes before anyone has said who they are, and what is kept of a chain
# belongs to the chain. Requests are counted before anyone has said who they are, too.
WITHOUT_ACCOUNT = {
    *("nonces", "chain_cursors", "chain_blocks", "chain_events"),
    *("sender_nonces", "transactions", "transaction_bids", "rate_buckets"),
    "chores",
}


@pytest.fixture
def empty_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database that was never migrated."""
    if engine == "sqlite":
        yield url_of(tmp_path / "new.sqlite")
    else:
        server: Postgres = request.getfixturevalue("postgres")
        url = server.create()
        yield url
        server.drop(url)


async def tables_of(url: str) -> set[str]:
    engine = create_engine(url)
    async with engine.connect() as connection:
        found = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await engine.dispose()
    return {name for name in found if re.match(PARTS, name) is None}


async def revision_of(url: str) -> str:
    engine = create_engine(url)
    async with engine.connect() as connection:
        found: str = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one()
    await engine.dispose()
    return found


def migrate(url: str | None) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "GREENLEDGER_DATABASE_URL"}
    env |= {"GREENLEDGER_DATABASE_URL": url} if url else {}
    program = [sys.executable, "-m", "greenledger.usage.migrate"]
    return subprocess.run(program, env=env, capture_output=True, text=True, check=False)


async def test_migrate__new_database__makes_the_newest_schema_and_can_be_repeated(empty_url: str) -> None:
    for _ in range(2):
        run = migrate(empty_url)
        assert (run.returncode, run.stderr) == (0, "")
    assert await tables_of(empty_url) == set(Base.metadata.tables) | {"alembic_version"}
    newest = ScriptDirectory.from_config(migration_config(empty_url)).get_current_head()
    assert await revision_of(empty_url) == newest


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_migrate__by_three_nodes_at_once__makes_the_schema_once(empty_url: str) -> None:
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(migrate, [empty_url] * 3))
    assert [(run.returncode, run.stderr) for run in runs] == [(0, "")] * 3
    assert await tables_of(empty_url) == set(Base.metadata.tables) | {"alembic_version"}


def test_migrate__no_url__says_what_is_missing() -> None:
    run = migrate(None)
    assert run.returncode == 2
    assert "GREENLEDGER_DATABASE_URL is not set" in run.stderr


def in_a_thread(work: threading.Thread) -> None:
    work.start()
    work.join()


def test_models__compared_with_the_migrated_schema__are_equal(database_url: str) -> None:
    config = migration_config(database_url)
    failures: list[BaseException] = []

    def check() -> None:
        try:
            command.check(config)
        except BaseException as error:
            failures.append(error)

    in_a_thread(threading.Thread(target=check))
    assert failures == []


async def test_downgrade__a_step_at_a_time__takes_every_table_away_and_upgrade_brings_them_back(
    database_url: str,
) -> None:
    config = migration_config(database_url)
    everything = await tables_of(database_url)
    steps = len(list(ScriptDirectory.from_config(config).walk_revisions()))
    left = [everything]
    for _ in range(steps):
        in_a_thread(threading.Thread(target=command.downgrade, args=(config, "-1")))
        left.append(await tables_of(database_url))
    assert all(after <= before for before, after in pairwise(left))
    assert left[-1] == {"alembic_version"}
    in_a_thread(threading.Thread(target=command.upgrade, args=(config, "head")))
    assert await tables_of(database_url) == everything


def test_every_table__but_those_without_an_account__has_it_first_in_its_key() -> None:
    tables = Base.metadata.tables
    without = {name for name, table in tables.items() if "account" not in table.columns}
    assert without == WITHOUT_ACCOUNT
    others = {
        name: next(iter(table.primary_key)).name for name, table in tables.items() if name not in without
    }
    assert {name for name, first in others.items() if first != "account"} == {
        "sessions"
    }  # found by its token


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_database__sqlite__uses_wal_foreign_keys_and_a_busy_timeout(database: Database) -> None:
    async with database.transaction() as session:
        found = [
            (await session.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        ]
    assert found == ["wal", 1, 5000]


async def test_ping__never_migrated__fails(empty_url: str) -> None:
    empty = Database(empty_url)
    with pytest.raises(DBAPIError):
        await empty.ping()
    await empty.close()


async def test_ping__server_away__is_an_operational_error(tmp_path: Path) -> None:
    away = Database(f"postgresql+asyncpg://someone@/usage?host={tmp_path}")
    with pytest.raises(OperationalError):
        await away.ping()
    await away.close()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_ping__database_that_the_server_does_not_have__is_an_operational_error(empty_url: str) -> None:
    unknown = Database(empty_url.replace("/test_", "/no_such_"))
    with pytest.raises(OperationalError, match="InvalidCatalogName"):
        await unknown.ping()
    await unknown.close()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("usage.sqlite", "sqlite\\+aiosqlite:///file or postgresql\\+asyncpg://"),
        ("postgresql://someone:secret@host/usage", "begins with postgresql, expected postgresql\\+asyncpg"),
        ("postgresql+psycopg2://someone:secret@host/usage", "expected postgresql\\+asyncpg"),
        ("sqlite:///usage.sqlite", "expected sqlite\\+aiosqlite"),
    ],
)
def test_database__url_of_another_driver__says_which_is_right_and_no_password(
    url: str, expected: str
) -> None:
    with pytest.raises(InvalidDatabaseUrl, match=expected) as caught:
        Database(url)
    assert "secret" not in str(caught.value)
