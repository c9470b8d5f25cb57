"""Stating a workload: estimate it, salt it, hash it, store it once."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from greenledger.evidence.canonical import canonical_bytes
from greenledger.evidence.disclosure import workload_hash
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
from greenledger.usage import workloads
from greenledger.usage.database import Database
from greenledger.usage.models.workload import Workload as WorkloadRow

SALT_BYTES = 32


def estimate_of(stated: Mapping[str, Any], factors: FactorSet) -> dict[str, Any]:
    """Methodology, estimate and its explanation, as JSON. Raises InvalidWorkload."""
    workload = parse_workload(stated, factors)
    made = estimate(workload, factors)
    return {
        "methodology": as_hex(methodology_id(factors)),
        "estimate": estimate_as_json(made, factors),
        "explanation": explain(workload, factors, made).as_json(),
    }


def _estimate_member(stated: Mapping[str, Any], factors: FactorSet, now: int) -> tuple[Workload, Estimate]:
    """For a workload that is the member `workload` of the request: its fields are named from there.

    No report is signed over work that is not over, so it is not stored either.
    """
    try:
        workload = parse_workload(stated, factors, over_at=now)
        return workload, estimate(workload, factors)
    except InvalidWorkload as error:
        moved = (FieldError(f"workload.{e.field}".rstrip("."), e.problem, e.expected) for e in error.errors)
        raise InvalidWorkload(tuple(moved)) from error


def _new_id() -> str:
    """32 hex digits that ascend with time, so that the newest come first without another index."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"


def workload_row(
    account: str, workload: Workload, made: Estimate, factors: FactorSet, now: int
) -> WorkloadRow:
    """The row of a workload and its estimate, under a new id and salt."""
    salt = secrets.token_bytes(SALT_BYTES)
    canonical = canonical_bytes(workload.canonical())
    return WorkloadRow(
        account=account,
        id=_new_id(),
        canonical=canonical.decode(),
        content_hash=as_hex(keccak256(canonical)),
        salt=as_hex(salt),
        workload_hash=as_hex(workload_hash(workload, salt)),
        methodology=as_hex(methodology_id(factors)),
        estimate=estimate_as_json(made, factors),
        created_at=now,
    )


async def state_workload(
    database: Database,
    account: str,
    stated: Mapping[str, Any],
    event_id: str | None,
    factors: FactorSet,
    now: int,
) -> tuple[WorkloadRow, bool]:
    """The stored workload, and whether it is new. The same event id gives the same row.

    Raises InvalidWorkload, or ReportRefused if the event id stands for another workload.
    """
    workload, made = _estimate_member(stated, factors, now)
    canonical = canonical_bytes(workload.canonical()).decode()
    if event_id is not None and (found := await _of_event(database, account, event_id, canonical)):
        return found, False
    row = workload_row(account, workload, made, factors, now)
    row.event_id = event_id
    try:
        async with database.transaction() as session:
            await workloads.add_workload(session, row)
    except IntegrityError:
        # Another request stored the same event in between.
        if event_id is not None and (found := await _of_event(database, account, event_id, canonical)):
            return found, False
        raise
    return row, True


async def _of_event(database: Database, account: str, event_id: str, canonical: str) -> WorkloadRow | None:
    async with database.transaction() as session:
        found = await workloads.workload_of_event(session, account, event_id)
    if found is not None and found.canonical != canonical:
        reason = FieldError(
            "event_id", f"stands for another workload, {found.id}", "an event id not used before"
        )
        raise ReportRefused("event_id_used", "The event id was used for another workload.", [reason])
    return found


def workload_json(row: WorkloadRow) -> dict[str, Any]:
    """The workload as it was hashed."""
    value: dict[str, Any] = json.loads(row.canonical)
    return value
