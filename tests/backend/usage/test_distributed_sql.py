"""The SQL that PostgreSQL gets, read for what Citus and CockroachDB refuse; docs/DATABASE.md has the rules.

Neither of the two runs here: this finds what is known to be refused, and proves nothing beyond.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from alembic import command
from alembic.ddl.postgresql import PostgresqlImpl
from sqlalchemy import event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from workload_rows import MINE, new_row, report_over

from greenledger.usage import reports, workloads
from greenledger.usage.account_locks import lock_account
from greenledger.usage.base import Base
from greenledger.usage.bulk import add_events, claim_events, insert_rows
from greenledger.usage.database import Database
from greenledger.usage.export import exported_rows
from greenledger.usage.idempotency import RequestKey, claim_key, keep_answer
from greenledger.usage.migrate import migration_config
from greenledger.usage.retention import delete_private, erase_recorded

# What is spread over the nodes of a Citus cluster by the account. Everything else stays on its coordinator.
DISTRIBUTED = {
    *("workloads", "workload_events", "reports", "report_workloads", "idempotency_keys", "account_locks"),
    *("telemetry_sources", "telemetry_spans", "telemetry_series", "telemetry_events"),
}
WHOLE = re.compile(r"CREATE (?:UNLOGGED )?TABLE (\w+) \((.*?)\n\)([^;]*);", re.DOTALL)
KEY = re.compile(r"(?:PRIMARY KEY|UNIQUE) \(([^)]*)\)")
FOREIGN = re.compile(r"FOREIGN KEY\(([^)]*)\) REFERENCES (\w+) \(([^)]*)\)([^,\n]*)")
OF_THE_ACCOUNT = re.compile(
    r"\baccount = (?:\$\d+|\w+\.account\b)|\(\w+\.account,[^)]*\) IN \(\(\$|INSERT INTO \w+ \(account[,)]"
)


class CockroachImpl(PostgresqlImpl):
    """The driver's package brings its own; only the name matters for what is rendered."""

    __dialect__ = "cockroachdb"


class CockroachDialect(PGDialect_asyncpg):
    name = "cockroachdb"
    supports_statement_cache = True


registry.register("cockroachdb", __name__, "CockroachDialect")


def rendered(dialect: str, **attributes: Any) -> str:
    """All migrations as the text of their statements."""
    config = migration_config("postgresql+asyncpg://nobody@/nowhere")
    config.output_buffer = StringIO()
    config.attributes |= {"dialect": dialect, **attributes}
    work = threading.Thread(target=command.upgrade, args=(config, "head"), kwargs={"sql": True})
    work.start()
    work.join()
    return config.output_buffer.getvalue()


def made_tables(sql: str) -> dict[str, tuple[str, str]]:
    """Name to columns and options of each table as it is made last."""
    return {name: (body, options) for name, body, options in WHOLE.findall(sql)}


def columns(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]


def test_ddl__all_tables_of_the_models__are_rendered() -> None:
    assert set(Base.metadata.tables) <= set(made_tables(rendered("postgresql")))


def test_ddl__distributed_tables__have_the_account_in_every_key_and_in_the_same_place_of_foreign_keys() -> (
    None
):
    made = made_tables(rendered("postgresql"))
    for name in DISTRIBUTED:
        body, _ = made[name]
        keys = [columns(key) for key in KEY.findall(body)]
        assert keys and all(key[0] == "account" for key in keys), name
        for mine, other, theirs, rest in FOREIGN.findall(body):
            assert (columns(mine)[0], columns(theirs)[0]) == ("account", "account"), name
            assert other in DISTRIBUTED, f"{name} refers to {other}, which is on the coordinator"
            assert "SET NULL" not in rest and "ON UPDATE" not in rest, name


def test_ddl__other_tables__refer_to_no_distributed_one() -> None:
    for name, (body, _) in made_tables(rendered("postgresql")).items():
        if name not in DISTRIBUTED:
            assert not {other for _, other, _, _ in FOREIGN.findall(body)} & DISTRIBUTED, name


def test_ddl__unique_indexes_and_triggers__are_on_no_distributed_table_without_the_account() -> None:
    sql = rendered("postgresql")
    for name, of in re.findall(r"CREATE UNIQUE INDEX \w+ ON (\w+) \(([^)]*)\)", sql):
        assert name not in DISTRIBUTED or "account" in columns(of), name
    triggered = set(re.findall(r"CREATE (?:CONSTRAINT )?TRIGGER [^;]*? ON (\w+)", sql))
    assert triggered and not triggered & DISTRIBUTED


def test_ddl__parts_by_month__hold_the_key_of_parting_in_the_primary_key_and_have_no_parts_themselves() -> (
    None
):
    sql = rendered("postgresql")
    body, options = made_tables(sql)["workloads"]
    assert "PARTITION BY RANGE (id)" in options and columns(KEY.findall(body)[0]) == ["account", "id"]
    parts = re.findall(r"CREATE TABLE [^;]*?PARTITION OF workloads [^;]*;", sql)
    assert len(parts) == 4 and all("PARTITION BY" not in part for part in parts)


@pytest.mark.parametrize(
    ("dialect", "attributes"), [("cockroachdb", {}), ("postgresql", {"partitioned": False})]
)
def test_ddl__cockroach_or_an_operator_without_parts__has_none_and_takes_no_advisory_lock(
    dialect: str, attributes: dict[str, Any]
) -> None:
    sql = rendered(dialect, **attributes)
    assert set(Base.metadata.tables) <= set(made_tables(sql))
    assert not re.search(r"PARTITION|ADVISORY|INHERITS|EXCLUDE USING|CREATE RULE|CREATE EXTENSION", sql, re.I)


@contextmanager
def noted(database: Database) -> Iterator[list[str]]:
    """Every statement that goes to the database meanwhile."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    engine = database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def everything_of_an_account(database: Database) -> None:
    async with database.transaction() as session:
        await lock_account(session, MINE)
        await add_events(session, MINE, {name: new_row(name, name) for name in "abc"})
        await add_events(session, MINE, {"a": new_row("d", "a")})
        await claim_events(session, MINE, [])
        await insert_rows(session, [new_row("e")])
        await reports.release_selection(session, MINE, "s")
        await reports.add_report(session, report_over("r", "a"))
    async with database.transaction() as session:
        await claim_key(session, MINE, RequestKey("k", "h"), 1)
        await keep_answer(session, MINE, RequestKey("k", "h"), {})
        await workloads.list_workloads(session, MINE, 10, "z")
        await workloads.workloads_by_id(session, MINE, ["a"])
        await workloads.ids_of_contents(session, MINE, [new_row("a").content_hash])
        await workloads.firsts_of_repeated(session, MINE, [new_row("a").content_hash])
        await reports.get_report(session, MINE, "r")
        await reports.list_reports(session, MINE, 10, "r")
        await reports.report_of_footprint(session, MINE, "f")
        await reports.reports_of_contents(session, MINE, [new_row("a").content_hash])
    assert [row async for row in exported_rows(database, MINE)]
    async with database.transaction() as session:
        await erase_recorded(session, MINE, "r", 5, 10)
        await delete_private(session, MINE, 5)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_statements__on_distributed_tables__name_the_account_so_that_one_node_answers(
    database: Database,
) -> None:
    with noted(database) as statements:
        await asyncio.create_task(everything_of_an_account(database))
    about = [one for one in statements if any(re.search(rf"\b{name}\b", one) for name in DISTRIBUTED)]
    assert len(about) > 25
    for statement in about:
        assert OF_THE_ACCOUNT.search(statement), statement


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_statements__of_an_account__use_nothing_that_the_others_refuse(database: Database) -> None:
    with noted(database) as statements:
        await asyncio.create_task(everything_of_an_account(database))
    refused = (
        r"pg_advisory|RECURSIVE|TABLESAMPLE|GROUPING SETS|LOCK TABLE|\bctid\b|DECLARE .* CURSOR|SAVEPOINT"
    )
    assert [one for one in statements if re.search(refused, one, re.I)] == []
    locking = [one for one in statements if "FOR UPDATE" in one]
    assert locking and all("account = " in one for one in locking)
