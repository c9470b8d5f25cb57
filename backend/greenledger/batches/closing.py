"""Closing a batch: taking the work of the period that is in no report, slice after slice.

A slice is taken in one transaction under the account's lock, together with how far the batch has looked, so
whoever goes on after a crash begins where that stands. What is in a single report that can still be recorded,
or was, is left out by the rules of `greenledger.reports.issue`.
"""

from __future__ import annotations

from collections.abc import Sequence

from greenledger.batches.hold import Hold, LeaseLost
from greenledger.batches.states import State
from greenledger.chain.client import ChainClient
from greenledger.evidence.words import word_bytes
from greenledger.usage import batches
from greenledger.usage.account_locks import lock_account
from greenledger.usage.database import Database
from greenledger.usage.models.batch import Batch
from greenledger.usage.models.report import Report

SLICE = 5_000  # workloads looked at in one transaction: a fraction of a second
# A report that has run out counts as living for a while: a block that records it may not be known here yet.
GRACE_S = 900


async def close(database: Database, chain: ChainClient, batch: Batch, hold: Hold, now: int) -> None:
    """Takes what is left to take and ends the step. Raises LeaseLost or ChainUnavailable."""
    holding: dict[str, bool] = {}
    while True:
        unknown = await _take_slice(database, batch, holding)
        if unknown is None:
            break
        holding |= await _which_hold(chain, unknown, now)
        hold.mark("slice")
        hold.note(batch.workloads)
    state = State.CLOSED if batch.workloads else State.EMPTY
    async with database.transaction() as session:
        due_at = now if batch.workloads else None
        await hold.end(session, due_at, state=state, done=0, attempts=0, error_code=None, error_detail=None)


async def _take_slice(database: Database, batch: Batch, holding: dict[str, bool]) -> Sequence[Report] | None:
    """Takes one slice; None if none was left. Gives the reports over it that are not in `holding` instead."""
    async with database.transaction() as session:
        await lock_account(session, batch.account)
        left = batch.most - batch.workloads
        end = await batches.end_of_slice(session, batch, SLICE) if left else None
        if end is None:
            return None
        found = await batches.reports_over_slice(session, batch, end)
        unknown = [report for report in found if report.id not in holding]
        if unknown:
            return unknown
        over = [report.id for report in found if holding[report.id]]
        taken = await batches.claim_slice(session, batch, end, left, over)
        if not await batches.change_batch(session, batch, cursor=end, workloads=batch.workloads + taken):
            raise LeaseLost
    batch.cursor, batch.workloads = end, batch.workloads + taken
    return ()


async def _which_hold(chain: ChainClient, reports: Sequence[Report], now: int) -> dict[str, bool]:
    """Whether each report keeps its work to itself: it is recorded, or can be."""
    attestations = await chain.attestations([word_bytes(report.id) for report in reports])
    return {
        report.id: not found.superseded if found is not None else report.valid_until + GRACE_S > now
        for report, found in zip(reports, attestations, strict=True)
    }
