"""Stating many events at once: each is accepted, known already, or rejected with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError, InvalidWorkload
from greenledger.reports.threads import EVENTS, in_thread
from greenledger.reports.workloads import other_first, stands_for_other, stated_workload
from greenledger.usage.bulk import Claim, NewWorkload, add_events
from greenledger.usage.database import Database
from greenledger.usage.partitions import make_parts
from greenledger.usage.workloads import FirstStated, firsts_of_repeated

BATCH = 2_000  # events of a transaction: half a second of estimating on one processor
EVENT_ID = re.compile(r"[\x21-\x7e]{1,128}")


@dataclass(frozen=True, slots=True)
class StatedEvent:
    """One piece of work under the client's own id, which is used once within its account."""

    event_id: str  # 1 to 128 visible ASCII characters
    workload: Mapping[str, Any]  # as in POST /v1/workloads


class Fate(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the event at a position of the sequence; of a rejected one, why.

    `same_as`: who stated the same work first, if that was under another id. A batch counts equal work once.
    """

    position: int
    event_id: str
    fate: Fate
    workload_id: str | None = None
    errors: tuple[FieldError, ...] = ()
    same_as: FirstStated | None = None


@dataclass(slots=True)
class _Prepared:
    """The events of a batch that can be read, by position, and what is wrong with the others."""

    rows: dict[int, NewWorkload] = field(default_factory=dict)
    rejected: list[Outcome] = field(default_factory=list)

    def firsts(self) -> dict[str, NewWorkload]:
        """The row of each event's first mention."""
        found: dict[str, NewWorkload] = {}
        for row in self.rows.values():
            assert row.event_id is not None  # every event has one
            found.setdefault(row.event_id, row)
        return found


async def state_events(
    database: Database, account: str, events: Sequence[StatedEvent], factors: FactorSet, now: int
) -> list[Outcome]:
    """One outcome for each event, in order. Accepted ones are committed when this returns.

    Raises nothing for a wrong event: that is its outcome, and the others stay. The order of events does not
    matter, and an event may be among those of other calls at the same time, in this process or another: it
    becomes one row. If the database fails half way, what was committed stays, and the same events once more
    store the rest.
    """
    await make_parts(database)
    outcomes: list[Outcome] = []
    for first in range(0, len(events), BATCH):
        batch = events[first : first + BATCH]
        prepared = await in_thread(EVENTS, _prepare, account, first, batch, factors, now)
        async with database.transaction() as session:
            holders = await add_events(session, account, prepared.firsts())
            contents = [row.content_hash for row in prepared.rows.values()]
            firsts = await firsts_of_repeated(session, account, contents)
        stored = [_outcome(position, row, holders, firsts) for position, row in prepared.rows.items()]
        outcomes += sorted([*stored, *prepared.rejected], key=lambda outcome: outcome.position)
    return outcomes


def _prepare(
    account: str, first: int, events: Sequence[StatedEvent], factors: FactorSet, now: int
) -> _Prepared:
    prepared = _Prepared()
    for position, event in enumerate(events, start=first):
        try:
            _check_event_id(event.event_id)
            row = stated_workload(account, event.workload, event.event_id, factors, now)
        except InvalidWorkload as invalid:
            rejected = Outcome(position, event.event_id, Fate.REJECTED, None, invalid.errors)
            prepared.rejected.append(rejected)
            continue
        prepared.rows[position] = row
    return prepared


def _check_event_id(event_id: str) -> None:
    if EVENT_ID.fullmatch(event_id) is None:
        problem = (
            f"has {len(event_id)} characters" if len(event_id) > 128 else "is empty or not visible ASCII"
        )
        reason = FieldError("event_id", problem, "1 to 128 visible ASCII characters without spaces")
        raise InvalidWorkload((reason,))


def _outcome(
    position: int, row: NewWorkload, holders: Mapping[str, Claim], firsts: Mapping[str, FirstStated]
) -> Outcome:
    assert row.event_id is not None  # every event has one
    holder = holders[row.event_id]
    if reason := stands_for_other(holder, row):
        return Outcome(position, row.event_id, Fate.REJECTED, None, (reason,))
    fate = Fate.ACCEPTED if holder.workload_id == row.id else Fate.DUPLICATE
    same_as = other_first(firsts, row.content_hash, holder.workload_id)
    return Outcome(position, row.event_id, fate, holder.workload_id, same_as=same_as)
