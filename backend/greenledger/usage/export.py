"""Everything that the database has of one account, row by row."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import Column, Table, select, tuple_

from greenledger.usage.base import Base
from greenledger.usage.database import Database

PAGE = 500  # rows of one short transaction
# How workers take turns says nothing of the account.
_OF_WORKERS = frozenset({"due_at", "locked_until", "locked_by"})
EXPORTED: dict[str, frozenset[str]] = {
    "workloads": frozenset(),
    "workload_events": frozenset(),
    "reports": frozenset(),
    "report_workloads": frozenset(),
    "batches": _OF_WORKERS | {"cursor", "last_id", "done", "attempts"},
    "batch_workloads": frozenset(),
    "batch_reports": frozenset(),
    "quotes": frozenset(),
    "orders": _OF_WORKERS | {"version"},
    "order_steps": frozenset(),
    "api_keys": frozenset({"secret_hash", "place"}),
    "audit_entries": frozenset(),
    "telemetry_sources": frozenset(),
}
"""Tables that are exported, in this order, each with the columns that stay here."""

LEFT_OUT = frozenset(
    {
        "account_locks",  # no facts: rows to lock
        "batch_nodes",  # hashes of the tree, which the rows above give again
        "idempotency_keys",  # answers of the last day, all of them to requests for rows above
        "outbox",  # what is to be done for the orders above
        "sessions",  # who is signed in
        "telemetry_events",  # become workloads within seconds
        "telemetry_series",  # how far a counter was read, under a hash
        "telemetry_spans",  # marks of the last hours
    }
)
"""Tables with an account that are not exported; a new table has to be in one of the two."""


async def exported_rows(database: Database, account: str) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """Table and row, in the order of `EXPORTED` and of the keys. Each page is as it was when it was read."""
    for name in EXPORTED:
        last: Sequence[Any] | None = None
        while page := await _page(database, Base.metadata.tables[name], account, last):
            for row in page:
                yield name, {key: row[key] for key in row if key not in EXPORTED[name]}
            last = [page[-1][column.name] for column in _rest_of_key(Base.metadata.tables[name])]


def _rest_of_key(table: Table) -> list[Column[Any]]:
    """The primary key after the account, which it begins with."""
    return list(table.primary_key)[1:]


async def _page(
    database: Database, table: Table, account: str, last: Sequence[Any] | None
) -> list[dict[str, Any]]:
    key = _rest_of_key(table)
    statement = select(table).where(table.c.account == account).order_by(*key).limit(PAGE)
    if last is not None:
        statement = statement.where(tuple_(*key) > tuple(last))
    async with database.transaction() as session:
        return [dict(row) for row in (await session.execute(statement)).mappings()]
