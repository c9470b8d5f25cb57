"""Taking away what is private of stated work: its text, its estimate and its salt.

What is under a root on chain keeps its row, with the salted hash alone: nobody can find out any more, or
prove, what that hash stands for. Its event id stays taken, so that the event is not counted a second time.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import CursorResult, delete, exists, or_, select, tuple_, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.account_locks import lock_account
from greenledger.usage.ledger_events import Ledger
from greenledger.usage.models.batch import Batch, BatchReport, BatchWorkload
from greenledger.usage.models.chain_event import ChainEvent
from greenledger.usage.models.idempotency import IdempotencyKey
from greenledger.usage.models.order import Order
from greenledger.usage.models.report import ReportWorkload
from greenledger.usage.models.telemetry import TelemetryEvent
from greenledger.usage.models.workload import Workload, WorkloadEvent

RECORDED = "FootprintRecorded"
_NOTHING: dict[str, Any] = {"canonical": "{}", "salt": "0x", "estimate": {}}
_IN_REPORT = exists().where(
    ReportWorkload.account == Workload.account, ReportWorkload.workload_id == Workload.id
)
_IN_BATCH = exists().where(
    BatchWorkload.account == Workload.account, BatchWorkload.workload_id == Workload.id
)


@dataclass(frozen=True, slots=True)
class Recording:
    """A report that stands on chain, and its place there (block, index of the log)."""

    account: str
    report_id: str
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Deletion:
    """Workloads of an account that are gone, and those of which only the salted hash is left."""

    deleted: int
    erased: int


async def recordings(
    session: AsyncSession, ledger: Ledger, until: int, after: tuple[int, int], limit: int
) -> list[Recording]:
    """Reports that were found on chain at `until` (Unix seconds) or earlier, in the order of the chain."""
    place = tuple_(ChainEvent.block, ChainEvent.log_index)
    statement = select(ChainEvent).where(
        ChainEvent.chain_id == ledger.chain_id,
        ChainEvent.contracts == ledger.contracts,
        ChainEvent.name == RECORDED,
        ChainEvent.removed_at.is_(None),
        ChainEvent.found_at <= until,
        place > after,
    )
    ordered = statement.order_by(ChainEvent.block, ChainEvent.log_index).limit(limit)
    return [
        Recording(event.arguments["account"], event.subject, (event.block, event.log_index))
        for event in await session.scalars(ordered)
    ]


async def erase_recorded(session: AsyncSession, account: str, report_id: str, now: int, most: int) -> int:
    """Erases workloads under a recorded report or batch, at most `most`; how many there were.

    Their content hash stays: it keeps the same work from being reported again, and no one outside sees it.
    """
    # From the links to the rows: an account may have millions that are in no report.
    whole = (Workload.account == account, Workload.erased_at.is_(None))
    in_report = (
        select(Workload.id)
        .join(ReportWorkload, ReportWorkload.workload_id == Workload.id)
        .where(*whole, ReportWorkload.account == account, ReportWorkload.report_id == report_id)
    )
    in_batch = (
        select(Workload.id)
        .join(BatchWorkload, BatchWorkload.workload_id == Workload.id)
        .join(BatchReport, BatchReport.batch_id == BatchWorkload.batch_id)
        .where(*whole, BatchWorkload.account == account)
        .where(BatchReport.account == account, BatchReport.id == report_id)
    )
    some = union_all(in_report, in_batch).limit(most)
    erasing = update(Workload).where(*whole, Workload.id.in_(some)).values(**_NOTHING, erased_at=now)
    return await _count(session, erasing)


async def delete_private(session: AsyncSession, account: str, now: int) -> Deletion:
    """Takes away all that is private of the account's work, in the session's transaction.

    Workloads in no report and no batch are gone with their events. Of the others the salted hash is left, in
    the place of the content hash too, by which a guess could be confirmed; so the same work stated anew is
    not known again.
    """
    await lock_account(session, account)
    mine = Workload.account == account
    kept = or_(_IN_REPORT, _IN_BATCH)
    erasing = update(Workload).where(mine, kept, Workload.erased_at.is_(None))
    erased = await _count(session, erasing.values(**_NOTHING, erased_at=now))
    hidden = update(Workload).where(mine, kept).values(content_hash=Workload.workload_hash)
    await _run(session, hidden)
    await _hide_contents(session, account)
    deleted = await _count(session, delete(Workload).where(mine, ~kept))
    gone = ~exists().where(Workload.account == account, Workload.id == WorkloadEvent.workload_id)
    await _run(session, delete(WorkloadEvent).where(WorkloadEvent.account == account, gone))
    await _run(session, delete(IdempotencyKey).where(IdempotencyKey.account == account))
    await _run(session, delete(TelemetryEvent).where(TelemetryEvent.account == account))
    return Deletion(deleted, erased)


async def _hide_contents(session: AsyncSession, account: str) -> None:
    """Where else a content hash stands for work of which only the salted hash is left."""
    for model in (BatchWorkload, WorkloadEvent):
        salted = (
            select(Workload.workload_hash)
            .where(Workload.account == account, Workload.id == model.workload_id)
            .scalar_subquery()
        )
        erased = exists().where(
            Workload.account == account, Workload.id == model.workload_id, Workload.erased_at.is_not(None)
        )
        await _run(session, update(model).where(model.account == account, erased).values(content_hash=salted))


async def _count(session: AsyncSession, statement: Any) -> int:
    return int((await _run(session, statement)).rowcount)


async def _run(session: AsyncSession, statement: Any) -> CursorResult[Any]:
    done = await session.execute(statement.execution_options(synchronize_session=False))
    return cast("CursorResult[Any]", done)


async def unfinished(
    session: AsyncSession,
    model: type[Order] | type[Batch],
    account: str,
    states: Collection[str],
    most: int,
) -> list[tuple[str, str]]:
    """Id and state of the account's orders or batches that are in one of `states`, the first `most`."""
    statement = select(model.id, model.state).where(model.account == account, model.state.in_(states))
    found = await session.execute(statement.order_by(model.id).limit(most))
    return [(id_, state) for id_, state in found]
