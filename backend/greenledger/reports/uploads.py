"""Stating the workloads of a whole file: the good ones are stored, the others named, and nothing is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import InvalidWorkload
from greenledger.intake import Accepted, Rejected
from greenledger.intake.entries import rejections
from greenledger.reports.threads import UPLOADS, in_thread
from greenledger.reports.workloads import new_workload
from greenledger.usage.account_locks import lock_account
from greenledger.usage.bulk import NewWorkload, insert_rows
from greenledger.usage.database import Database
from greenledger.usage.idempotency import RequestKey, keep_answer
from greenledger.usage.partitions import make_parts
from greenledger.usage.workloads import ids_of_contents

BATCH = 500  # results of the file for each transaction: one commit in about a tenth of a second
MOST_LISTED = 1_000  # rejections that a summary names one by one


@dataclass(frozen=True, slots=True)
class Progress:
    """What was done so far, in entries of the file. What is counted as accepted is committed."""

    rows: int
    accepted: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The end of an upload.

    `rows` = `accepted` + `rejected`. Of the accepted, `duplicates` were stated before, in this file or
    earlier, and are not stored twice. `ids` are the workloads that the accepted entries stand for, in order
    and each once. `rejections` are the first 1,000 wrong fields, `more_rejections` counts the others.
    `complete` tells whether the file was read to its end: if not, a rejection with entry 0 says why.
    """

    rows: int
    accepted: int
    rejected: int
    duplicates: int
    complete: bool
    ids: tuple[str, ...]
    rejections: tuple[Rejected, ...]
    more_rejections: int


@dataclass(slots=True)
class _Batch:
    """Some results of the file: the rows that may be stored, and what is wrong with the others."""

    rows: list[NewWorkload] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


@dataclass(slots=True)
class _Tally:
    accepted: int = 0
    rejected: int = 0
    duplicates: int = 0
    complete: bool = True
    ids: dict[str, None] = field(default_factory=dict)
    listed: list[Rejected] = field(default_factory=list)
    more: int = 0
    last_rejected: int = 0  # entry

    def add_rejected(self, rejected: list[Rejected]) -> None:
        room = MOST_LISTED - len(self.listed)
        self.listed += rejected[:room]
        self.more += len(rejected[room:])
        for row in rejected:
            # An entry's rejections follow one another.
            if row.entry == 0:
                self.complete = False
            elif row.entry != self.last_rejected:
                self.rejected += 1
                self.last_rejected = row.entry

    def progress(self) -> Progress:
        return Progress(self.accepted + self.rejected, self.accepted, self.rejected)

    def summary(self) -> Summary:
        return Summary(
            rows=self.accepted + self.rejected,
            accepted=self.accepted,
            rejected=self.rejected,
            duplicates=self.duplicates,
            complete=self.complete,
            ids=tuple(self.ids),
            rejections=tuple(self.listed),
            more_rejections=self.more,
        )


def _next_batch(
    results: Iterator[Accepted | Rejected], account: str, factors: FactorSet, now: int
) -> _Batch | None:
    batch = _Batch()
    for result in islice(results, BATCH):
        if isinstance(result, Rejected):
            batch.rejected.append(result)
            continue
        try:
            made = estimate(result.workload, factors)
        except InvalidWorkload as invalid:
            batch.rejected += rejections(result.line, result.entry, invalid.errors)
            continue
        batch.rows.append(new_workload(account, result.workload, made, None, factors, now))
    return batch if batch.rows or batch.rejected else None


async def _store(session: AsyncSession, account: str, rows: list[NewWorkload]) -> tuple[list[str], int]:
    """Stores what the account has not stated yet. The ids of all, and how many were stated before."""
    await lock_account(session, account)
    known = await ids_of_contents(session, account, [row.content_hash for row in rows])
    new = {row.content_hash: row for row in reversed(rows) if row.content_hash not in known}
    await insert_rows(session, list(new.values()))
    known |= {content_hash: row.id for content_hash, row in new.items()}
    return [known[row.content_hash] for row in rows], len(rows) - len(new)


async def store_results(
    database: Database,
    account: str,
    results: Iterator[Accepted | Rejected],
    factors: FactorSet,
    now: int,
    request: RequestKey | None = None,
) -> AsyncIterator[Progress | Summary]:
    """Stores the workloads of a file in transactions of at most BATCH, and says after each how far it is.

    The last thing given is the Summary. If it ends early, what was counted as accepted is stored; the same
    file once more stores the rest and no row twice. Uploads of one account at the same time take turns by
    transaction, in whichever process they run. Under a claimed `request` the summary is kept as its answer;
    of uploads under it at the same time each gives the summary of the one that ended first.
    """
    tally = _Tally()
    await make_parts(database)
    while batch := await in_thread(UPLOADS, _next_batch, results, account, factors, now):
        tally.add_rejected(batch.rejected)
        async with database.transaction() as session:
            ids, duplicates = await _store(session, account, batch.rows)
        tally.accepted += len(ids)
        tally.duplicates += duplicates
        tally.ids |= dict.fromkeys(ids)
        yield tally.progress()
    summary = tally.summary()
    if request is not None:
        async with database.transaction() as session:
            kept = await keep_answer(session, account, request, asdict(summary))
        summary = _summary_of(kept)
    yield summary


def _summary_of(kept: dict[str, Any]) -> Summary:
    listed = tuple(Rejected(**one) for one in kept["rejections"])
    return Summary(**kept | {"ids": tuple(kept["ids"]), "rejections": listed})
