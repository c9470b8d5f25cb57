"""Stated workloads, always within one account."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.models.workload import Workload


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
