"""Many workloads at once: first who may insert which event, then their rows by COPY.

The narrow table of events decides; the wide rows follow only for the events that were won. So no row is sent
twice or compared, and COPY goes straight into the table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, column, insert, select, table, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from greenledger.usage.models.workload import WorkloadEvent


class NewWorkload(NamedTuple):
    """A row of `workloads` as it is sent, in the order of its columns; see the model for what they hold."""

    account: str
    id: str
    event_id: str | None
    canonical: str
    content_hash: str
    salt: str
    workload_hash: str
    methodology: str
    estimate: str  # JSON
    created_at: int  # Unix seconds


class Claim(NamedTuple):
    """That an event stands for a workload."""

    event_id: str
    workload_id: str
    content_hash: str


# Columns without types: values go to the driver as they are, the estimate as the text that it is.
_ROWS = table("workloads", *(column(name) for name in NewWorkload._fields))
_CLAIM = "INSERT INTO workload_events (account, event_id, workload_id, content_hash) SELECT :account, "
_RETURNING = " ON CONFLICT (account, event_id) DO NOTHING RETURNING event_id"
_ARRAYS = "unnest(CAST(:events AS text[]), CAST(:workloads AS text[]), CAST(:contents AS text[]))"
_FROM_ARRAYS = text(f"{_CLAIM} e, w, c FROM {_ARRAYS} AS claimed (e, w, c){_RETURNING}")
_MEMBERS = "value ->> 0, value ->> 1, value ->> 2"
_FROM_JSON = text(f"{_CLAIM} {_MEMBERS} FROM json_each(:claims) WHERE true{_RETURNING}")
_HOLDERS = select(WorkloadEvent.event_id, WorkloadEvent.workload_id, WorkloadEvent.content_hash).where(
    WorkloadEvent.account == bindparam("account"),
    WorkloadEvent.event_id.in_(bindparam("events", expanding=True)),
)


async def claim_events(session: AsyncSession, account: str, claims: Iterable[Claim]) -> dict[str, Claim]:
    """Who holds each event when this returns: the given claim, or the one that was there.

    Each event once, at most 30,000. A claim counts once the transaction commits; others wait for that.
    """
    # In one order everywhere: two transactions that want the same events cannot wait for each other.
    wanted = sorted(claims)
    holders: dict[str, Claim] = {}
    while wanted:
        won = set(await _inserted(session, account, wanted))
        lost = [claim.event_id for claim in wanted if claim.event_id not in won]
        holders |= {claim.event_id: claim for claim in wanted if claim.event_id in won}
        if lost:
            found = await session.execute(_HOLDERS, {"account": account, "events": lost})
            holders |= {row.event_id: Claim(*row) for row in found}
        # Whoever held one may have deleted it since the claim was lost.
        wanted = [claim for claim in wanted if claim.event_id not in holders]
    return holders


async def _inserted(session: AsyncSession, account: str, claims: Sequence[Claim]) -> Iterable[str]:
    if session.get_bind().dialect.name == "sqlite":
        return await session.scalars(_FROM_JSON, {"account": account, "claims": json.dumps(claims)})
    events, workloads, contents = (list(values) for values in zip(*claims, strict=True))
    arrays = {"events": events, "workloads": workloads, "contents": contents}
    return await session.scalars(_FROM_ARRAYS, {"account": account, **arrays})


async def add_events(
    session: AsyncSession, account: str, rows: Mapping[str, NewWorkload]
) -> dict[str, Claim]:
    """Stores the row of each event that nobody holds yet. Who holds each event; see `claim_events`."""
    claims = [Claim(event, row.id, row.content_hash) for event, row in rows.items()]
    holders = await claim_events(session, account, claims)
    await insert_rows(session, [row for event, row in rows.items() if holders[event].workload_id == row.id])
    return holders


async def insert_rows(session: AsyncSession, rows: Sequence[NewWorkload]) -> None:
    """Stores rows that nobody else has, all in the session's transaction."""
    if not rows:
        return
    connection = await session.connection()
    if connection.dialect.driver == "asyncpg" and connection.dialect.name == "postgresql":
        await _copy(connection, rows)
    else:
        await connection.execute(insert(_ROWS), [row._asdict() for row in rows])


async def _copy(connection: AsyncConnection, rows: Sequence[NewWorkload]) -> None:
    # SQLAlchemy begins the transaction with its first statement, and does not see the driver's own.
    await connection.execute(text("SELECT 1"))
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    assert driver is not None  # it was just used
    await driver.copy_records_to_table("workloads", records=rows, columns=NewWorkload._fields)
