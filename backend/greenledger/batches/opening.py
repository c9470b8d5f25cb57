"""What an account asks for: a batch, its signing again, its end."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.batches.refusing import erased_error
from greenledger.batches.states import DISSOLVABLE, UNDER_WAY, State
from greenledger.council.recount_process import MOST_WORKLOADS
from greenledger.footprint.fields import FieldError
from greenledger.reports.errors import ReportRefused
from greenledger.usage import batches
from greenledger.usage.account_locks import lock_account
from greenledger.usage.audit import BY_NODE, Action, Origin, append
from greenledger.usage.database import Database
from greenledger.usage.models.batch import Batch


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """Work that ended in [ended_from, ended_before) (Unix seconds) and is in no report: at most `most`
    workloads, those first stated first. All that was stated when the batch is opened, nothing later."""

    account: str
    ended_from: int
    ended_before: int
    most: int = MOST_WORKLOADS


async def open_batch(
    database: Database, asked: BatchRequest, now: int, origin: Origin = BY_NODE
) -> tuple[Batch, bool]:
    """The batch, for the worker to close, and whether it is new: what was asked for alike and is still under
    way is given again. Raises ReportRefused for a period without any time in it."""
    if asked.ended_from >= asked.ended_before:
        expected = f"less than ended_before, {asked.ended_before}"
        reason = FieldError("ended_from", f"is {asked.ended_from}", expected)
        raise ReportRefused("invalid_request", "The period holds no time.", [reason])
    async with database.transaction() as session:
        await lock_account(session, asked.account)
        batch = Batch(
            account=asked.account,
            id=f"{now * 1_000:012x}{secrets.token_hex(10)}",
            state=State.OPEN,
            ended_from=asked.ended_from,
            ended_before=asked.ended_before,
            most=asked.most,
            last_id=await batches.newest_workload_id(session, asked.account) or "",
            cursor="",
            workloads=0,
            done=0,
            attempts=0,
            due_at=now,
            created_at=now,
        )
        found = await batches.same_batch(session, batch, UNDER_WAY)
        if found is None:
            await batches.add_batch(session, batch)
            await append(session, asked.account, Action.BATCH_CLOSED, now, origin, batch.id)
    return found or batch, found is None


async def find_batch(session: AsyncSession, account: str, batch_id: str) -> Batch:
    """Raises ReportRefused if the account has no such batch."""
    found = await batches.get_batch(session, account, batch_id)
    if found is None:
        reason = FieldError("batch_id", "is not a batch of yours", "an id from GET /v1/batches")
        raise ReportRefused("unknown_batch", "There is no such batch of yours.", [reason])
    return found


async def sign_again(database: Database, account: str, batch_id: str, now: int) -> Batch:
    """An expired batch, for the worker to have signed anew over the same tree; any other as it is.

    Raises ReportRefused if work of it was erased: the council recounts all of it before it signs.
    """
    async with database.transaction() as session:
        await lock_account(session, account)
        batch = await find_batch(session, account, batch_id)
        if batch.state == State.EXPIRED:
            if erased := await batches.erased_in(session, batch):
                detail = "Work of the batch was erased, so it cannot be signed again; dissolve it."
                raise ReportRefused("erased", detail, [erased_error(batch, erased)])
            again = {"state": State.BUILT, "valid_until": None, "due_at": now, "done": 0, "attempts": 0}
            await batches.change_batch(session, batch, **again)
    async with database.transaction() as session:
        return await find_batch(session, account, batch_id)


async def dissolve(database: Database, account: str, batch_id: str, now: int) -> Batch:
    """Gives a batch up and lets its work go. Raises ReportRefused if its report may be recorded, or was."""
    async with database.transaction() as session:
        await lock_account(session, account)
        batch = await find_batch(session, account, batch_id)
        if batch.state == State.DISSOLVED:
            return batch
        is_taken = batch.locked_until is not None and batch.locked_until > now
        if batch.state not in DISSOLVABLE or is_taken:
            problem = "is being worked on" if is_taken else f"is {batch.state}"
            states = ", ".join(DISSOLVABLE)
            reason = FieldError("batch_id", problem, f"a batch that is {states}, and that nobody works on")
            raise ReportRefused("not_dissolvable", "The batch cannot be dissolved now.", [reason])
        await batches.change_batch(session, batch, state=State.DISSOLVED, due_at=None, locked_until=None)
        await batches.release_work(session, account, batch_id)
    async with database.transaction() as session:
        return await find_batch(session, account, batch_id)
