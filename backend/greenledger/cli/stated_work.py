"""Reads the work of a command, good entries and bad ones, with its footprint."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from greenledger.cli.documents import opened, with_head
from greenledger.client.shapes import NOTHING, Bounds, RejectedEntry
from greenledger.client.work import event_id_of
from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import FactorSet, load_factor_set
from greenledger.footprint.fields import InvalidWorkload
from greenledger.footprint.parsing import parse_workload
from greenledger.footprint.workload import Workload
from greenledger.intake import (
    HEAD_BYTES,
    Accepted,
    CodeCarbonOptions,
    Format,
    Rejected,
    check_entries,
    format_of,
    read_entries,
)
from greenledger.intake.entries import rejections

MOST_ENTRIES = 200_000  # of one command; more of them go by the bulk routes


@dataclass(slots=True)
class StatedWork:
    """Entries that the model takes, with their lines, and the others with the reason.

    What says the same as an entry before has the same event id: it counts once, and is one of `repeated`.
    `energy_uwh` is central; `tier` is the worst of all, 0 while there is none.
    """

    workloads: list[Workload] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)  # line, entry of each workload
    rejected: list[RejectedEntry] = field(default_factory=list)
    total: Bounds = NOTHING
    energy_uwh: int = 0
    tier: int = 0
    repeated: int = 0
    _events: set[str] = field(default_factory=set, init=False, repr=False)

    def add(self, row: Accepted, factors: FactorSet) -> None:
        made = estimate(row.workload, factors)
        event = event_id_of(row.workload.canonical())
        if event in self._events:
            self.repeated += 1
            return
        self._events.add(event)
        total = made.total_ug
        self.workloads.append(row.workload)
        self.places.append((row.line, row.entry))
        self.total += Bounds(total.low, total.central, total.high)
        self.energy_uwh += made.energy_uwh.central
        self.tier = max(self.tier, made.tier)

    def refuse(self, row: Rejected) -> None:
        self.rejected.append(RejectedEntry(row.line, row.entry, row.field, row.reason, row.expected))


def work_of_rows(rows: Iterator[Accepted | Rejected], factors: FactorSet) -> StatedWork:
    """All of it. What the model refuses is rejected like any other entry."""
    work = StatedWork()
    for row in rows:
        if isinstance(row, Rejected):
            work.refuse(row)
            continue
        try:
            work.add(row, factors)
        except InvalidWorkload as invalid:
            for rejected in rejections(row.line, row.entry, invalid.errors):
                work.refuse(rejected)
    return work


def work_of_file(file: str, form: Format | None, options: CodeCarbonOptions, *, over: bool) -> StatedWork:
    """The work in a file; `over` refuses what is not over yet. Raises CannotOpen or UnknownFormat."""
    factors = load_factor_set()
    over_at = int(time.time()) if over else None
    with opened(file) as source:
        head, stream = with_head(source.stream, HEAD_BYTES)
        entries = read_entries(stream, form or format_of(file, head), factors, options)
        return work_of_rows(check_entries(entries, factors, over_at), factors)


def work_of_one(stated: dict[str, object], *, over: bool) -> StatedWork:
    """One workload. Raises InvalidWorkload."""
    factors = load_factor_set()
    work = StatedWork()
    over_at = int(time.time()) if over else None
    work.add(Accepted(0, parse_workload(stated, factors, over_at=over_at), 1), factors)
    return work


def repeated_words(count: int) -> str:
    """A line for people; two runs that say all the same need names to be two."""
    entries, say = ("entry says", "counts") if count == 1 else ("entries say", "count")
    return f"{count:,} {entries} the same as one before and {say} once: other work needs another name or time"
