"""Issuing a report: choose the workloads, build it, let the council sign, store it whole or not at all."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.chain.records import Attestation
from greenledger.council.node import CouncilNode
from greenledger.evidence.disclosure import DisclosedWorkload, build_footprint
from greenledger.evidence.typed_data import ZERO, FootprintReport, footprint_hash, report_as_json
from greenledger.evidence.words import as_hex, word_bytes
from greenledger.footprint.fields import FieldError
from greenledger.reports.errors import ReportRefused
from greenledger.reports.workloads import workload_json
from greenledger.usage import batches, reports, workloads
from greenledger.usage.account_locks import lock_account
from greenledger.usage.audit import BY_NODE, Action, Origin, append
from greenledger.usage.database import Database
from greenledger.usage.models.batch import Batch
from greenledger.usage.models.report import Report, ReportWorkload
from greenledger.usage.models.workload import Workload

VALIDITY_S = 24 * 3600  # time to send the record transaction; the ledger allows 7 days
# The council nodes read a request of at most 1 MiB; salts, names and the report need their part of it.
MAX_DISCLOSED_BYTES = 800_000


@dataclass(frozen=True)
class Selection:
    """What a report is asked for; `supersedes` is the footprint hash that it corrects, or 32 zero bytes."""

    account: str
    workload_ids: tuple[str, ...]
    supersedes: bytes

    @classmethod
    def of(cls, account: str, workload_ids: Sequence[str], supersedes: str | None) -> Self:
        return cls(account, tuple(workload_ids), word_bytes(supersedes) if supersedes else ZERO)

    @property
    def key(self) -> str:
        text = "\n".join([*sorted(self.workload_ids), self.supersedes.hex()])
        return hashlib.sha256(text.encode()).hexdigest()


async def issue_report(
    database: Database, node: CouncilNode, selection: Selection, now: int, origin: Origin = BY_NODE
) -> tuple[Report, bool]:
    """The stored report with its signatures, and whether it is new. The same selection gives the same report
    while that can still be recorded.

    Raises ReportRefused (naming the workload that is unknown, double, already reported or already recorded),
    CouncilRefused, NotEnoughSignatures or ChainUnavailable; in each case nothing is stored.
    """
    _refuse_doubles(selection.workload_ids)
    while True:
        async with database.transaction() as session:
            chosen = await _own_workloads(session, selection)
            _refuse_too_much(chosen)
            _refuse_batched(chosen, await _batches_over(session, chosen))
            earlier = await _reports_over(session, chosen)
            corrected = await _corrected_report(session, selection)
        on_chain = await _attestations(node, earlier)
        await _refuse_unknown_correction(node, selection, corrected)
        same = _reusable(selection, earlier, on_chain, corrected, now)
        if same is not None:
            return same, False
        row = await _signed(node, selection, chosen, now)
        if await _store(database, row, chosen, earlier, origin):
            return row, True
        # Another request took some of this work while the council signed: it is looked at with the others.


async def _store(
    database: Database, row: Report, chosen: Sequence[Workload], earlier: Sequence[Report], origin: Origin
) -> bool:
    """Stores the report if no other over the same work was stored since `earlier` was read.

    False: nothing is stored, and the council's signatures are forgotten; nobody has seen them.
    """
    async with database.transaction() as session:
        await lock_account(session, row.account)
        if await _batches_over(session, chosen):
            return False
        if {report.id for report in await _reports_over(session, chosen)} - {report.id for report in earlier}:
            return False
        await reports.release_selection(session, row.account, row.selection)
        await reports.add_report(session, row)
        issued_at, count = row.created_at, len(chosen)
        await append(session, row.account, Action.REPORT_ISSUED, issued_at, origin, row.id, workloads=count)
    return True


async def _reports_over(session: AsyncSession, chosen: Sequence[Workload]) -> list[Report]:
    """The account's reports with any of this work under them, under whichever workload id."""
    return await reports.reports_of_contents(session, chosen[0].account, [row.content_hash for row in chosen])


async def _batches_over(session: AsyncSession, chosen: Sequence[Workload]) -> dict[str, Batch]:
    """By content hash, the batches that have taken any of this work."""
    hashes = [row.content_hash for row in chosen]
    return await batches.batches_of_contents(session, chosen[0].account, hashes)


def _refuse_batched(chosen: Sequence[Workload], held: Mapping[str, Batch]) -> None:
    errors = [
        FieldError(
            f"workload_ids[{position}]",
            f"is in batch {held[row.content_hash].id}",
            "a workload that is in no batch, or the report of that batch",
        )
        for position, row in enumerate(chosen)
        if row.content_hash in held
    ]
    if errors:
        raise ReportRefused("already_reported", "A workload of the request stands in a batch.", errors[:20])


def _refuse_doubles(workload_ids: Sequence[str]) -> None:
    for position, workload_id in enumerate(workload_ids):
        if workload_id in workload_ids[:position]:
            reason = FieldError(f"workload_ids[{position}]", f"repeats {workload_id}", "each workload once")
            raise ReportRefused("invalid_request", "A workload stands twice in the request.", [reason])


async def _own_workloads(session: AsyncSession, selection: Selection) -> list[Workload]:
    found = await workloads.workloads_by_id(session, selection.account, selection.workload_ids)
    # Somebody else's workload is "unknown" as well: whether an id exists is not for strangers to learn.
    errors = [
        FieldError(f"workload_ids[{position}]", "is not a workload of yours", "an id from GET /v1/workloads")
        for position, workload_id in enumerate(selection.workload_ids)
        if workload_id not in found
    ]
    if errors:
        raise ReportRefused(
            "unknown_workload", "A workload of the request is not yours or does not exist.", errors[:20]
        )
    chosen = [found[workload_id] for workload_id in selection.workload_ids]
    erased = [
        FieldError(f"workload_ids[{position}]", "was erased", "a workload whose text and salt are still here")
        for position, row in enumerate(chosen)
        if row.erased_at is not None
    ]
    if erased:
        raise ReportRefused("erased", "A workload of the request was erased.", erased[:20])
    return chosen


def _refuse_too_much(chosen: Sequence[Workload]) -> None:
    size = sum(len(row.canonical.encode()) for row in chosen)
    if size > MAX_DISCLOSED_BYTES:
        expected = f"workloads of at most {MAX_DISCLOSED_BYTES} bytes together: use several reports"
        reason = FieldError("workload_ids", f"stand for {size} bytes of workloads", expected)
        raise ReportRefused("too_much", "The workloads are too large for one report.", [reason])


async def _corrected_report(session: AsyncSession, selection: Selection) -> Report | None:
    if selection.supersedes == ZERO:
        return None
    return await reports.report_of_footprint(session, selection.account, as_hex(selection.supersedes))


async def _attestations(node: CouncilNode, earlier: Sequence[Report]) -> dict[str, Attestation | None]:
    found = await asyncio.gather(*(node.chain.attestation(word_bytes(report.id)) for report in earlier))
    return {report.id: attestation for report, attestation in zip(earlier, found, strict=True)}


async def _refuse_unknown_correction(
    node: CouncilNode, selection: Selection, corrected: Report | None
) -> None:
    if selection.supersedes == ZERO:
        return
    attestation = await node.chain.attestation(word_bytes(corrected.id)) if corrected else None
    if attestation is None:
        reason = FieldError(
            "supersedes", "is not an attestation of yours", "the footprint_hash of a report that you recorded"
        )
        raise ReportRefused("unknown_attestation", "There is nothing on chain to correct.", [reason])
    if attestation.superseded:
        reason = FieldError(
            "supersedes", "was corrected already", "the footprint_hash of its latest correction"
        )
        raise ReportRefused("already_superseded", "That attestation was corrected before.", [reason])


def _reusable(
    selection: Selection,
    earlier: Sequence[Report],
    on_chain: Mapping[str, Attestation | None],
    corrected: Report | None,
    now: int,
) -> Report | None:
    """The living report for the same selection, if any. Refuses workloads that another report holds."""
    same: Report | None = None
    for report in earlier:
        attestation = on_chain[report.id]
        if attestation is not None:
            is_corrected = corrected is not None and report.id == corrected.id
            if not attestation.superseded and not is_corrected:
                problem = f"is recorded on chain already, in attestation {report.id}"
                expected = f"a workload that is not recorded, or supersedes = {report.footprint_hash}"
                raise _taken(selection, report, "already_recorded", problem, expected)
        elif report.valid_until > now and report.selection == selection.key:
            same = report
        elif report.valid_until > now:
            problem = f"is in report {report.id}, which can be recorded until {report.valid_until}"
            raise _taken(
                selection, report, "already_reported", problem, "record that report, or wait until then"
            )
    return same


def _taken(selection: Selection, report: Report, code: str, problem: str, expected: str) -> ReportRefused:
    held = {link.workload_id for link in report.workloads}
    # None of the ids: the same work was stated a second time under a new id.
    positions = [at for at, workload_id in enumerate(selection.workload_ids) if workload_id in held]
    fields = [f"workload_ids[{position}]" for position in positions[:20]] or ["workload_ids"]
    errors = [FieldError(field, problem, expected) for field in fields]
    return ReportRefused(code, "A workload of the request stands in another report.", errors)


async def _signed(node: CouncilNode, selection: Selection, chosen: Sequence[Workload], now: int) -> Report:
    disclosed = [DisclosedWorkload(workload_json(row), word_bytes(row.salt)) for row in chosen]
    footprint = await asyncio.to_thread(
        build_footprint, disclosed, node.factors, now + VALIDITY_S, selection.supersedes
    )
    report = FootprintReport(selection.account, footprint)
    digest, signatures = await node.cosign_footprint(report, disclosed)
    links = [
        ReportWorkload(
            account=selection.account, report_id=as_hex(digest), workload_id=row.id, position=position
        )
        for position, row in enumerate(chosen)
    ]
    return Report(
        account=selection.account,
        id=as_hex(digest),
        selection=selection.key,
        report=report_as_json(report),
        footprint_hash=as_hex(footprint_hash(footprint)),
        signatures=[as_hex(signature) for signature in signatures],
        valid_until=footprint.valid_until,
        created_at=now,
        workloads=links,
    )
