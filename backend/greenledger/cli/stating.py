"""Stating the work of a command at the gateway: one by one under event ids, or a large file as one upload."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from greenledger.cli.gateway import PASSING
from greenledger.cli.stated_work import StatedWork
from greenledger.client import Client, Conflict, Invalid
from greenledger.client.shapes import RejectedEntry
from greenledger.client.work import event_id_of
from greenledger.footprint.fields import FieldError
from greenledger.intake import Format

ONE_BY_ONE = 100

Told = Callable[[int, int], None]  # done, of how many


@dataclass(frozen=True, slots=True)
class StatedOutcome:
    """`ids` in the order of the work, each once; `spooled` of the work is on disk and not stated yet.

    `duplicates` of the accepted were known before, or say the same as an entry before.
    """

    ids: tuple[str, ...]
    accepted: int
    duplicates: int
    rejected: tuple[RejectedEntry, ...]
    spooled: int = 0

    def as_json(self) -> dict[str, object]:
        return {
            "workloads": list(self.ids),
            "accepted": self.accepted,
            "duplicates": self.duplicates,
            "rejected": [asdict(row) for row in self.rejected],
            "spooled": self.spooled,
        }


def state(
    client: Client, work: StatedWork, event_id: str | None, told: Told, *, spool: bool
) -> StatedOutcome:
    """States all of it, and names what was rejected here or there.

    `spool` keeps on disk what the gateway cannot take now. Raises ClientError or OSError.
    """
    if spool or event_id is not None or len(work.workloads) <= ONE_BY_ONE:
        done = _one_by_one(client, work, event_id, told, spool=spool)
    else:
        done = _uploaded(client, work, told)
    return _with_repeated(done, work)


def unstated(work: StatedWork) -> StatedOutcome:
    """What a dry run tells."""
    return _with_repeated(StatedOutcome((), len(work.workloads), 0, tuple(work.rejected)), work)


def _with_repeated(done: StatedOutcome, work: StatedWork) -> StatedOutcome:
    if not done.accepted:  # nothing was stated that they could repeat
        return done
    accepted, duplicates = done.accepted + work.repeated, done.duplicates + work.repeated
    return replace(done, accepted=accepted, duplicates=duplicates)


def _one_by_one(
    client: Client, work: StatedWork, event_id: str | None, told: Told, *, spool: bool
) -> StatedOutcome:
    ids: dict[str, None] = {}
    rejected = list(work.rejected)
    accepted = duplicates = spooled = 0
    for index, (workload, (line, entry)) in enumerate(zip(work.workloads, work.places, strict=True)):
        stated = workload.canonical()
        event = event_id or event_id_of(stated)
        try:
            if spooled:  # it was away a moment ago: no waiting for each
                client.keep(stated, event)
                spooled += 1
                continue
            made = client.submit(stated, event)
        except (Invalid, Conflict) as error:
            wrong = error.errors or (FieldError("", error.detail, "what the gateway takes"),)
            rejected += [RejectedEntry(line, entry, e.field, e.problem, e.expected) for e in wrong]
        except PASSING:
            if not spool:
                raise
            client.keep(stated, event)
            spooled += 1
        else:
            ids[made.id] = None
            accepted += 1
            duplicates += not made.is_new
        told(index + 1, len(work.workloads))
    return StatedOutcome(tuple(ids), accepted, duplicates, tuple(rejected), spooled)


def _uploaded(client: Client, work: StatedWork, told: Told) -> StatedOutcome:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "work.jsonl"
        with file.open("w", encoding="utf-8") as stream:
            for workload in work.workloads:
                stream.write(json.dumps(workload.canonical(), ensure_ascii=False) + "\n")
        done = client.submit_file(file, Format.JSONL, on_rows=lambda rows: told(rows, len(work.workloads)))
    there = tuple(_at_its_line(row, work) for row in done.rejections)
    return StatedOutcome(done.ids, done.accepted, done.duplicates, (*work.rejected, *there))


def _at_its_line(row: RejectedEntry, work: StatedWork) -> RejectedEntry:
    """Where the entry stands in the file that the command was given."""
    if not 1 <= row.entry <= len(work.places):
        return row
    line, entry = work.places[row.entry - 1]
    return replace(row, line=line, entry=entry)
