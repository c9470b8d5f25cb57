"""Stating a workload: estimate it, salt it, hash it, store it once."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.evidence.canonical import canonical_bytes
from greenledger.evidence.hashing import keccak256
from greenledger.evidence.methodology import estimate_as_json, methodology_id
from greenledger.evidence.words import as_hex
from greenledger.footprint.estimate import Estimate, estimate
from greenledger.footprint.explain import explain
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError, InvalidWorkload
from greenledger.footprint.parsing import parse_workload
from greenledger.footprint.workload import Workload
from greenledger.reports.errors import ReportRefused
from greenledger.usage.bulk import Claim, NewWorkload, claim_events
from greenledger.usage.database import Database
from greenledger.usage.idempotency import KeyDiffers, RequestKey, claim_key, keep_answer
from greenledger.usage.models.workload import Workload as WorkloadRow
from greenledger.usage.partitions import make_parts
from greenledger.usage.workloads import FirstStated, firsts_of_repeated

SALT_BYTES = 32
# Work may end so much later than this machine's clock says: the clocks of two machines are never the same.
# Council and ledger allow nothing, so a report over such work is signed a minute later at the most.
CLOCK_SKEW_S = 60


def estimate_of(stated: Mapping[str, Any], factors: FactorSet) -> dict[str, Any]:
    """Methodology, estimate and its explanation, as JSON. Raises InvalidWorkload."""
    workload = parse_workload(stated, factors)
    made = estimate(workload, factors)
    return {
        "methodology": as_hex(methodology_id(factors)),
        "estimate": estimate_as_json(made, factors),
        "explanation": explain(workload, factors, made).as_json(),
    }


def new_workload(
    account: str, workload: Workload, made: Estimate, event_id: str | None, factors: FactorSet, now: int
) -> NewWorkload:
    """The row of a workload and its estimate, under a new id and salt."""
    salt = secrets.token_bytes(SALT_BYTES)
    canonical = canonical_bytes(workload.canonical())
    content = keccak256(canonical)
    return NewWorkload(
        account=account,
        id=_new_id(),
        event_id=event_id,
        canonical=canonical.decode(),
        content_hash=as_hex(content),
        salt=as_hex(salt),
        workload_hash=as_hex(keccak256(salt + content)),
        methodology=as_hex(methodology_id(factors)),
        estimate=json.dumps(estimate_as_json(made, factors)),
        created_at=now,
    )


def stated_workload(
    account: str,
    stated: Mapping[str, Any],
    event_id: str | None,
    factors: FactorSet,
    now: int,
) -> NewWorkload:
    """The row of a workload that is the member `workload` of a request: its fields are named from there.

    No report is signed over work that is not over, so it is not stored either. Raises InvalidWorkload.
    """
    try:
        workload = parse_workload(stated, factors, over_at=now + CLOCK_SKEW_S)
        made = estimate(workload, factors)
    except InvalidWorkload as error:
        moved = (FieldError(f"workload.{e.field}".rstrip("."), e.problem, e.expected) for e in error.errors)
        raise InvalidWorkload(tuple(moved)) from error
    return new_workload(account, workload, made, event_id, factors, now)


def _new_id() -> str:
    """32 hex digits that ascend with time, so that the newest come first without another index."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"


class Stated(NamedTuple):
    """A stored workload, whether this statement stored it, and who stated the same work first, if another."""

    row: WorkloadRow
    is_new: bool
    same_as: FirstStated | None


async def state_workload(
    database: Database,
    account: str,
    stated: Mapping[str, Any],
    event_id: str | None,
    factors: FactorSet,
    now: int,
    request: RequestKey | None = None,
) -> Stated:
    """The stored workload. The same event id gives the same row.

    A request under the key of an earlier one gets that one's answer. Raises InvalidWorkload, or ReportRefused
    if the event id stands for another workload or for one that is gone, or the key for another request.
    """
    new = stated_workload(account, stated, event_id, factors, now)
    await make_parts(database)
    async with database.transaction() as session:
        row, is_new = await _answered(session, new, request, now)
        firsts = await firsts_of_repeated(session, account, [row.content_hash])
    return Stated(row, is_new, other_first(firsts, row.content_hash, row.id))


async def _answered(
    session: AsyncSession, new: NewWorkload, request: RequestKey | None, now: int
) -> tuple[WorkloadRow, bool]:
    if request is None:
        return await _store(session, new)
    kept = await answer_under(session, new.account, request, now)
    if kept is not None:
        return await _stored(session, new.account, kept["workload_id"]), kept["is_new"]
    row, is_new = await _store(session, new)
    await keep_answer(session, new.account, request, {"workload_id": row.id, "is_new": is_new})
    return row, is_new


def other_first(firsts: Mapping[str, FirstStated], content_hash: str, workload_id: str) -> FirstStated | None:
    """Who stated a workload's work first, if it was not that workload."""
    first = firsts.get(content_hash)
    return None if first is None or first.workload_id == workload_id else first


def same_work_warning(first: FirstStated) -> str:
    """What whoever states the same work under another id has to know."""
    named = f"event {first.event_id}" if first.event_id else f"workload {first.workload_id}"
    return (
        f"Same work as {named}: a batch counts equal work once. "
        "If it is other work, state it under a name and an event id of its own."
    )


async def answer_under(
    session: AsyncSession, account: str, request: RequestKey, now: int
) -> dict[str, Any] | None:
    """The answer kept under a request's key, if it was answered. Raises ReportRefused if it differs."""
    try:
        return await claim_key(session, account, request, now)
    except KeyDiffers:
        reason = FieldError(
            "header Idempotency-Key", "was used for another request", "a key of its own for each request"
        )
        raise ReportRefused(
            "idempotency_key_used", "The key was used within 24 hours for another request.", [reason]
        ) from None


async def _store(session: AsyncSession, new: NewWorkload) -> tuple[WorkloadRow, bool]:
    if new.event_id is not None:
        wanted = Claim(new.event_id, new.id, new.content_hash)
        holder = (await claim_events(session, new.account, [wanted]))[new.event_id]
        if reason := stands_for_other(holder, new):
            raise ReportRefused("event_id_used", "The event id was used for another workload.", [reason])
        if holder != wanted:
            return await _stored(session, new.account, holder.workload_id), False
    row = WorkloadRow(**new._asdict() | {"estimate": json.loads(new.estimate)})
    session.add(row)
    await session.flush()
    return row, True


async def _stored(session: AsyncSession, account: str, workload_id: str) -> WorkloadRow:
    row = await session.get(WorkloadRow, (account, workload_id))
    if row is None:  # its owner deleted it after it was found
        expected = "the same request again; if that fails too, an event id not used before"
        reason = FieldError("event_id", f"stood for workload {workload_id}, which is gone", expected)
        raise ReportRefused("erased", "The workload was deleted.", [reason])
    return row


def stands_for_other(holder: Claim, new: NewWorkload) -> FieldError | None:
    """What is wrong with an event id that somebody used for other work."""
    if holder.content_hash == new.content_hash:
        return None
    return FieldError(
        "event_id", f"stands for another workload, {holder.workload_id}", "an event id not used before"
    )


def workload_json(row: WorkloadRow) -> dict[str, Any]:
    """The workload as it was hashed."""
    value: dict[str, Any] = json.loads(row.canonical)
    return value
