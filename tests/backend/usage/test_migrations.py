"""The schema: made by the migrations alone, equal to the models, on a real SQLite file."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from nodes import Databases, url_of
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from greenledger.usage.base import Base
from greenledger.usage.database import Database
from greenledger.usage.migrate import migration_config


def migrate(url: str | None) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "GREENLEDGER_DATABASE_URL"}
    env |= {"GREENLEDGER_DATABASE_URL": url} if url else {}
    program = [sys.executable, "-m", "greenledger.usage.migrate"]
    return subprocess.run(program, env=env, capture_output=True, text=True, check=False)


def test_migrate__new_file__makes_the_newest_schema_and_can_be_repeated(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite"
    for _ in range(2):
        run = migrate(url_of(file))
        assert (run.returncode, run.stderr) == (0, "")
    with sqlite3.connect(file) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    assert set(Base.metadata.tables) | {"alembic_version"} == tables
    assert revision == ScriptDirectory.from_config(migration_config(url_of(file))).get_current_head()


def test_migrate__no_url__says_what_is_missing() -> None:
    run = migrate(None)
    assert run.returncode == 2
    assert "GREENLEDGER_DATABASE_URL is not set" in run.stderr


def in_a_thread(work: threading.Thread) -> None:
    work.start()
    work.join()


def test_models__compared_with_the_migrated_schema__are_equal(databases: Databases, tmp_path: Path) -> None:
    config = migration_config(databases.copy(tmp_path / "usage.sqlite"))
    failures: list[BaseException] = []

    def check() -> None:
        try:
            command.check(config)
        except BaseException as error:
            failures.append(error)

    in_a_thread(threading.Thread(target=check))
    assert failures == []


def test_downgrade__to_nothing__takes_every_table_away(databases: Databases, tmp_path: Path) -> None:
    file = tmp_path / "usage.sqlite"
    config = migration_config(databases.copy(file))
    in_a_thread(threading.Thread(target=command.downgrade, args=(config, "base")))
    with sqlite3.connect(file) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    assert tables == ["alembic_version"]


def test_every_table__but_nonces__is_distributed_by_account() -> None:
    without = {name for name, table in Base.metadata.tables.items() if "account" not in table.columns}
    assert without == {"nonces"}


async def test_database__sqlite__uses_wal_foreign_keys_and_a_busy_timeout(database: Database) -> None:
    async with database.transaction() as session:
        found = [
            (await session.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        ]
    assert found == ["wal", 1, 5000]


async def test_ping__never_migrated__fails(tmp_path: Path) -> None:
    empty = Database(url_of(tmp_path / "empty.sqlite"))
    with pytest.raises(OperationalError):
        await empty.ping()
    await empty.close()
