"""Ending a batch that time does not heal: a workload of it cannot be counted, or is not there any more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from greenledger.batches.hold import Hold
from greenledger.batches.states import State
from greenledger.footprint.fields import FieldError
from greenledger.usage import batches
from greenledger.usage.database import Database
from greenledger.usage.models.batch import Batch


async def refuse_workload(database: Database, batch: Batch, hold: Hold, errors: Sequence[FieldError]) -> None:
    """The model does not take a workload that it took before. Raises LeaseLost."""
    first = errors[0]
    async with database.transaction() as session:
        place = re.match(r"workloads\[(\d+)\]", first.field)
        named = await batches.member_at(session, batch, int(place[1])) if place else None
    whose = f"Workload {named}: " if named else ""
    await _end(database, hold, "invalid_workload", f"{whose}{_sentence(first)}")


async def refuse_erased(database: Database, batch: Batch, hold: Hold, erased: int) -> None:
    """Of so many workloads text and salt are gone, so nobody can recount them. Raises LeaseLost."""
    await _end(database, hold, "erased", _sentence(erased_error(batch, erased)))


def erased_error(batch: Batch, erased: int) -> FieldError:
    return FieldError("workloads", f"{erased} of {batch.workloads} were erased", "all of them")


def _sentence(error: FieldError) -> str:
    return f"{error.field} {error.problem}, expected {error.expected}."


async def _end(database: Database, hold: Hold, code: str, detail: str) -> None:
    async with database.transaction() as session:
        told = {"error_code": code, "error_detail": detail[:1000]}
        await hold.end(session, None, state=State.REFUSED, **told)
