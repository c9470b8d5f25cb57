"""Stating many events at once: each is accepted, known already, or rejected with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError, InvalidWorkload
from greenledger.reports.errors import ReportRefused
from greenledger.reports.workloads import state_workload
from greenledger.usage.database import Database


@dataclass(frozen=True, slots=True)
class StatedEvent:
    """One piece of work under the client's own id, which is used once within its account."""

    event_id: str  # at most 128 characters
    workload: Mapping[str, Any]  # as in POST /v1/workloads


class Fate(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the event at a position of the sequence; of a rejected one, why."""

    position: int
    event_id: str
    fate: Fate
    workload_id: str | None = None
    errors: tuple[FieldError, ...] = ()


async def state_events(
    database: Database, account: str, events: Sequence[StatedEvent], factors: FactorSet, now: int
) -> list[Outcome]:
    """One outcome for each event, in order. Accepted ones are committed when this returns.

    Raises nothing for a wrong event: that is its outcome, and the others stay.
    """
    return [
        await _state(database, account, position, event, factors, now)
        for position, event in enumerate(events)
    ]


async def _state(
    database: Database, account: str, position: int, event: StatedEvent, factors: FactorSet, now: int
) -> Outcome:
    try:
        row, is_new = await state_workload(database, account, event.workload, event.event_id, factors, now)
    except InvalidWorkload as invalid:
        return Outcome(position, event.event_id, Fate.REJECTED, None, invalid.errors)
    except ReportRefused as refused:
        return Outcome(position, event.event_id, Fate.REJECTED, None, tuple(refused.errors))
    return Outcome(position, event.event_id, Fate.ACCEPTED if is_new else Fate.DUPLICATE, row.id)
