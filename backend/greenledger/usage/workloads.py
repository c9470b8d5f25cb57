"""Stated workloads, always within one account."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.models.workload import Workload

# One argument for all contents, and each looked up for itself: a planner that has not counted a new month
# yet would compare every row with every content.
_EACH = """
    SELECT found.first FROM unnest(CAST(:contents AS text[])) AS wanted (content) CROSS JOIN LATERAL (
        SELECT min(id) AS first, count(*) AS times FROM workloads
        WHERE account = :account AND content_hash = wanted.content
    ) AS found WHERE found.times > 1"""
_FROM_ARRAY = text(_EACH)
_FROM_JSON = text("""
    SELECT min(id) AS first FROM workloads
    WHERE account = :account AND content_hash IN (SELECT value FROM json_each(:contents))
    GROUP BY content_hash HAVING count(*) > 1""")


class FirstStated(NamedTuple):
    """Of workloads that state the same work the one with the lowest id, which a batch takes."""

    workload_id: str
    event_id: str | None


async def firsts_of_repeated(
    session: AsyncSession, account: str, content_hashes: Iterable[str]
) -> dict[str, FirstStated]:
    """By content hash the first of the account's workloads with it, for those that were stated repeatedly."""
    wanted = sorted(set(content_hashes))
    if session.get_bind().dialect.name == "sqlite":
        found = await session.scalars(_FROM_JSON, {"account": account, "contents": json.dumps(wanted)})
    else:
        found = await session.scalars(_FROM_ARRAY, {"account": account, "contents": wanted})
    ids = list(found)
    if not ids:
        return {}
    firsts = select(Workload.content_hash, Workload.id, Workload.event_id)
    mine = firsts.where(Workload.account == account, Workload.id.in_(ids))
    return {content: FirstStated(id_, event) for content, id_, event in await session.execute(mine)}


async def ids_of_contents(
    session: AsyncSession, account: str, content_hashes: Sequence[str]
) -> dict[str, str]:
    """Content hash to the id of the account's first workload with it, for those that there are."""
    statement = (
        select(Workload.content_hash, Workload.id)
        .where(Workload.account == account, Workload.content_hash.in_(content_hashes))
        .order_by(Workload.id.desc())
    )
    return {content_hash: found for content_hash, found in await session.execute(statement)}


async def workloads_by_id(session: AsyncSession, account: str, ids: Sequence[str]) -> dict[str, Workload]:
    """The account's workloads among `ids`; those of other accounts are not found."""
    statement = select(Workload).where(Workload.account == account, Workload.id.in_(ids))
    return {workload.id: workload for workload in (await session.execute(statement)).scalars()}


async def list_workloads(
    session: AsyncSession, account: str, limit: int, before: str | None
) -> list[Workload]:
    """Newest first; `before` is the last id of the page before."""
    statement = select(Workload).where(Workload.account == account)
    if before is not None:
        statement = statement.where(Workload.id < before)
    return list((await session.execute(statement.order_by(Workload.id.desc()).limit(limit))).scalars())
