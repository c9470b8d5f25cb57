"""Signed reports, always within one account."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.models.report import Report, ReportWorkload
from greenledger.usage.models.workload import Workload


async def add_report(session: AsyncSession, report: Report) -> None:
    """Raises IntegrityError if the account already has a report for the same selection."""
    session.add(report)
    await session.flush()


async def release_selection(session: AsyncSession, account: str, selection: str) -> None:
    """Makes room for a new report of the same selection. The old one stays: the chain may hold it."""
    statement = update(Report).where(Report.account == account, Report.selection == selection)
    await session.execute(statement.values(selection=Report.id))


async def get_report(session: AsyncSession, account: str, report_id: str) -> Report | None:
    return await session.get(Report, (account, report_id))


async def report_of_footprint(session: AsyncSession, account: str, footprint_hash: str) -> Report | None:
    statement = select(Report).where(Report.account == account, Report.footprint_hash == footprint_hash)
    return (await session.execute(statement)).scalar_one_or_none()


async def reports_of_contents(
    session: AsyncSession, account: str, content_hashes: Sequence[str]
) -> list[Report]:
    """Every report of the account with any of this work under it, under whichever workload id."""
    same_work = select(Workload.id).where(
        Workload.account == account, Workload.content_hash.in_(content_hashes)
    )
    linked = select(ReportWorkload.report_id).where(
        ReportWorkload.account == account, ReportWorkload.workload_id.in_(same_work)
    )
    statement = select(Report).where(Report.account == account, Report.id.in_(linked))
    return list((await session.execute(statement)).scalars())


async def reports_with(session: AsyncSession, account: str, workload_id: str) -> list[Report]:
    """Every report of the account with this workload under it."""
    linked = select(ReportWorkload.report_id).where(
        ReportWorkload.account == account, ReportWorkload.workload_id == workload_id
    )
    statement = select(Report).where(Report.account == account, Report.id.in_(linked))
    return list((await session.execute(statement)).scalars())


async def list_reports(session: AsyncSession, account: str, limit: int, before: str | None) -> list[Report]:
    """Newest first; `before` is the last id of the page before."""
    statement = select(Report).where(Report.account == account)
    if before is not None:
        before = before.lower()  # as ids are stored; hex means the same in any case
        last = (
            select(Report.created_at).where(Report.account == account, Report.id == before).scalar_subquery()
        )
        statement = statement.where(tuple_(Report.created_at, Report.id) < tuple_(last, before))
    ordered = statement.order_by(Report.created_at.desc(), Report.id.desc())
    return list((await session.execute(ordered.limit(limit))).scalars())
