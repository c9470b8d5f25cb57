"""Batches of workloads. A person's reads stay within one account; the worker takes what is due from all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Select,
    and_,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.leases import take_due
from greenledger.usage.models.batch import Batch, BatchReport, BatchWorkload
from greenledger.usage.models.report import Report, ReportWorkload
from greenledger.usage.models.workload import Workload


async def add_batch(session: AsyncSession, batch: Batch) -> None:
    session.add(batch)
    await session.flush()


async def get_batch(session: AsyncSession, account: str, batch_id: str) -> Batch | None:
    return await session.get(Batch, (account, batch_id), populate_existing=True)


async def same_batch(session: AsyncSession, asked: Batch, states: Collection[str]) -> Batch | None:
    """A batch that was asked for alike, of whose work nothing was taken into account elsewhere yet."""
    alike = (Batch.account, Batch.ended_from, Batch.ended_before, Batch.most)
    statement = select(Batch).where(
        *(column == getattr(asked, column.key) for column in alike), Batch.state.in_(states)
    )
    return (await session.execute(statement.order_by(Batch.id).limit(1))).scalar_one_or_none()


async def list_batches(session: AsyncSession, account: str, limit: int, before: str | None) -> list[Batch]:
    """Newest first; `before` is the last id of the page before."""
    statement = select(Batch).where(Batch.account == account)
    if before is not None:
        statement = statement.where(Batch.id < before)
    return list((await session.execute(statement.order_by(Batch.id.desc()).limit(limit))).scalars())


async def newest_workload_id(session: AsyncSession, account: str) -> str | None:
    statement = select(func.max(Workload.id)).where(Workload.account == account)
    found: str | None = (await session.execute(statement)).scalar_one_or_none()
    return found


async def change_batch(session: AsyncSession, seen: Batch, **values: Any) -> bool:
    """Changes a batch that is as it was seen. False if it moved on meanwhile."""
    statement = (
        update(Batch)
        .where(
            Batch.account == seen.account,
            Batch.id == seen.id,
            Batch.state == seen.state,
            Batch.cursor == seen.cursor,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return (await session.execute(statement.returning(Batch.id))).one_or_none() is not None


async def take_batches(session: AsyncSession, worker: str, now: int, lease_s: int, limit: int) -> list[Batch]:
    """Due batches that nobody works on, leased to `worker`; see `take_due`."""
    return await take_due(session, Batch, worker, now, lease_s, limit)


async def note_done(session: AsyncSession, batch: Batch, done: int) -> None:
    """How many workloads the present step has done; only to be told, nothing depends on it."""
    mine = (Batch.account == batch.account, Batch.id == batch.id)
    statement = update(Batch).where(*mine).values(done=done)
    await session.execute(statement.execution_options(synchronize_session=False))


# -- taking work into a batch -----------------------------------------------------------------------------


async def end_of_slice(session: AsyncSession, batch: Batch, size: int) -> str | None:
    """Id of the last of the next `size` workloads that the batch has to look at; None if there are none."""
    ids = select(Workload.id).where(*_after_cursor(batch)).order_by(Workload.id).limit(size).subquery()
    found: str | None = (await session.execute(select(func.max(ids.c.id)))).scalar_one_or_none()
    return found


async def reports_over_slice(session: AsyncSession, batch: Batch, end: str) -> list[Report]:
    """Single reports with any of the slice's work under them, under whichever workload id."""
    contents = select(Workload.content_hash).where(*_slice(batch, end))
    same_work = select(Workload.id).where(
        Workload.account == batch.account, Workload.content_hash.in_(contents)
    )
    linked = select(ReportWorkload.report_id).where(
        ReportWorkload.account == batch.account, ReportWorkload.workload_id.in_(same_work)
    )
    if not await _has_reports(session, batch.account):
        return []
    statement = select(Report).where(Report.account == batch.account, Report.id.in_(linked))
    return list((await session.execute(statement)).scalars())


async def _has_reports(session: AsyncSession, account: str) -> bool:
    statement = select(Report.id).where(Report.account == account).limit(1)
    return (await session.execute(statement)).one_or_none() is not None


async def claim_slice(
    session: AsyncSession, batch: Batch, end: str, most: int, holding: Collection[str]
) -> int:
    """Takes the work of a slice into the batch, at most `most`; the number taken.

    Left out is what is in another batch, or in one of the reports `holding`, or ended outside the period.
    To be called with the account locked.
    """
    ended_at = _ended_at(session)
    wanted: list[ColumnElement[bool]] = [
        *_slice(batch, end),
        Workload.erased_at.is_(None),
        ended_at >= batch.ended_from,
        ended_at < batch.ended_before,
        ~select(BatchWorkload.content_hash)
        .where(BatchWorkload.account == batch.account, BatchWorkload.content_hash == Workload.content_hash)
        .exists(),
    ]
    if holding:
        wanted.append(Workload.content_hash.not_in(_contents_of(batch.account, holding)))
    chosen = (
        select(
            literal(batch.account),
            Workload.content_hash,
            literal(batch.id),
            func.min(Workload.id).label("workload_id"),
        )
        .where(*wanted)
        .group_by(Workload.content_hash)
        .order_by(func.min(Workload.id))
        .limit(most)
    )
    names = ["account", "content_hash", "batch_id", "workload_id"]
    result: Any = await session.execute(insert(BatchWorkload).from_select(names, chosen))
    return int(result.rowcount)


def _after_cursor(batch: Batch) -> tuple[ColumnElement[bool], ...]:
    return (Workload.account == batch.account, Workload.id > batch.cursor, Workload.id <= batch.last_id)


def _slice(batch: Batch, end: str) -> tuple[ColumnElement[bool], ...]:
    return (Workload.account == batch.account, Workload.id > batch.cursor, Workload.id <= end)


def _contents_of(account: str, report_ids: Collection[str]) -> Select[Any]:
    links = ReportWorkload
    joined = and_(Workload.account == links.account, Workload.id == links.workload_id)
    return (
        select(Workload.content_hash)
        .join(links, joined)
        .where(links.account == account, links.report_id.in_(report_ids))
    )


def _ended_at(session: AsyncSession) -> ColumnElement[int]:
    """The end of the work, which stands in its text alone."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    # SQLite reads JSON from text as it is; elsewhere it has to become JSON first.
    text = type_coerce(Workload.canonical, JSON) if is_sqlite else cast(Workload.canonical, JSON)
    return cast(text["end"].as_string(), BigInteger)


async def batch_of_content(session: AsyncSession, account: str, content_hash: str) -> BatchWorkload | None:
    return await session.get(BatchWorkload, (account, content_hash))


async def batches_of_contents(
    session: AsyncSession, account: str, content_hashes: Sequence[str]
) -> dict[str, Batch]:
    """By content hash, the batch that has the work; for those that are in one."""
    statement = (
        select(BatchWorkload.content_hash, Batch)
        .join(Batch, and_(Batch.account == BatchWorkload.account, Batch.id == BatchWorkload.batch_id))
        .where(BatchWorkload.account == account, BatchWorkload.content_hash.in_(content_hashes))
    )
    return {content_hash: batch for content_hash, batch in await session.execute(statement)}


async def member_at(session: AsyncSession, batch: Batch, index: int) -> str | None:
    """Id of the workload at a place of the batch, in order of ids, from 0."""
    mine = (BatchWorkload.account == batch.account, BatchWorkload.batch_id == batch.id)
    ordered = select(BatchWorkload.workload_id).where(*mine).order_by(BatchWorkload.workload_id)
    return (await session.execute(ordered.offset(index).limit(1))).scalar_one_or_none()


async def release_work(session: AsyncSession, account: str, batch_id: str) -> None:
    """Lets go of a batch's work, so that it can go into another one."""
    mine = (BatchWorkload.account == account, BatchWorkload.batch_id == batch_id)
    await session.execute(delete(BatchWorkload).where(*mine))


async def erased_in(session: AsyncSession, batch: Batch) -> int:
    """How many of a closed batch's workloads have no text any more."""
    joined = and_(Workload.account == BatchWorkload.account, Workload.id == BatchWorkload.workload_id)
    whole = (
        select(func.count())
        .select_from(BatchWorkload)
        .join(Workload, joined)
        .where(BatchWorkload.account == batch.account, BatchWorkload.batch_id == batch.id)
        .where(Workload.erased_at.is_(None))
    )
    return batch.workloads - (await session.execute(whole)).scalar_one()


async def disclosures(
    session: AsyncSession, account: str, batch_id: str, after: str, limit: int
) -> list[tuple[str, str, str]]:
    """Id, canonical JSON and salt of the next workloads of a batch, in order of their ids."""
    joined = and_(Workload.account == BatchWorkload.account, Workload.id == BatchWorkload.workload_id)
    statement = (
        select(Workload.id, Workload.canonical, Workload.salt)
        .join(BatchWorkload, joined)
        .where(
            BatchWorkload.account == account,
            BatchWorkload.batch_id == batch_id,
            BatchWorkload.workload_id > after,
            Workload.erased_at.is_(None),
        )
        .order_by(BatchWorkload.workload_id)
        .limit(limit)
    )
    return [(id_, canonical, salt) for id_, canonical, salt in await session.execute(statement)]


# -- the reports -------------------------------------------------------------------------------------------


async def add_report(session: AsyncSession, report: BatchReport) -> None:
    session.add(report)
    await session.flush()


async def get_report(session: AsyncSession, account: str, report_id: str) -> BatchReport | None:
    return await session.get(BatchReport, (account, report_id))


async def reports_of_batches(
    session: AsyncSession, account: str, batch_ids: Collection[str]
) -> list[BatchReport]:
    """Every report that was ever signed over the batches, oldest first."""
    statement = select(BatchReport).where(BatchReport.account == account, BatchReport.batch_id.in_(batch_ids))
    return list((await session.execute(statement.order_by(BatchReport.created_at))).scalars())
