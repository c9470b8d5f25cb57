"""Proving that one workload is under the root of a report: its leaf and the hashes beside its way up."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.batches.tree import proof_of
from greenledger.chain.client import ChainClient
from greenledger.evidence.disclosure import Computed, DisclosedWorkload, compute
from greenledger.evidence.merkle import StandardTree, verify
from greenledger.evidence.methodology import factor_set_of
from greenledger.evidence.words import word_bytes
from greenledger.footprint.fields import FieldError
from greenledger.reports.errors import ReportRefused
from greenledger.reports.workloads import workload_json
from greenledger.usage import batches, reports, workloads
from greenledger.usage.database import Database
from greenledger.usage.models.batch import BatchReport
from greenledger.usage.models.report import Report
from greenledger.usage.models.workload import Workload


@dataclass(frozen=True, slots=True)
class Proven:
    """A workload, its leaf as recomputed, and a report of the account that has it under its root."""

    disclosed: DisclosedWorkload
    computed: Computed
    proof: tuple[bytes, ...]
    report: Report | BatchReport
    attested: bool  # whether that report is on chain


async def prove(database: Database, chain: ChainClient, account: str, workload_id: str) -> Proven:
    """Of several reports the one on chain, else the newest.

    Raises ReportRefused: no such workload, erased, in no report yet; or ChainUnavailable.
    """
    async with database.transaction() as session:
        row = await _workload(session, account, workload_id)
        found = await _batch_reports(session, row) or await reports.reports_with(session, account, row.id)
    if not found:
        expected = "a workload of a batch or report that the council has signed"
        reason = FieldError("workload_id", "is in no signed report", expected)
        raise ReportRefused("not_signed", "There is nothing yet to prove the workload against.", [reason])
    report, attested = await _best(chain, found)
    disclosed = DisclosedWorkload(workload_json(row), word_bytes(row.salt))
    footprint = report.report["footprint"]
    factors = factor_set_of(word_bytes(footprint["methodology"]))
    computed = compute(disclosed, factors)
    if isinstance(report, BatchReport):
        async with database.transaction() as session:
            count = int(footprint["count"])
            proof = await proof_of(session, account, report.batch_id, count, computed.leaf)
    else:
        ids = [link.workload_id for link in report.workloads]
        async with database.transaction() as session:
            all_of_them = await workloads.workloads_by_id(session, account, ids)
        proof = await asyncio.to_thread(
            _proof_among, [all_of_them[one] for one in ids], ids.index(row.id), report
        )
    if proof is None or not verify(word_bytes(footprint["root"]), computed.leaf, proof):
        raise RuntimeError(f"workload {row.id} is not under the root of report {report.id}")
    return Proven(disclosed, computed, tuple(proof), report, attested)


async def _workload(session: AsyncSession, account: str, workload_id: str) -> Workload:
    row = (await workloads.workloads_by_id(session, account, [workload_id])).get(workload_id)
    if row is None:
        reason = FieldError("workload_id", "is not a workload of yours", "an id from GET /v1/workloads")
        raise ReportRefused("unknown_workload", "There is no such workload of yours.", [reason])
    if row.erased_at is not None:
        reason = FieldError("workload_id", "was erased", "a workload whose text and salt are still here")
        detail = "The workload's text and salt were erased; nothing can be proven of it any more."
        raise ReportRefused("erased", detail, [reason])
    return row


async def _batch_reports(session: AsyncSession, row: Workload) -> Sequence[BatchReport]:
    held = await batches.batch_of_content(session, row.account, row.content_hash)
    if held is None:
        return []
    if held.workload_id != row.id:
        reason = FieldError("workload_id", "states work that was stated before", held.workload_id)
        raise ReportRefused("stated_twice", "The same work is in a batch under another id.", [reason])
    return await batches.reports_of_batches(session, row.account, [held.batch_id])


async def _best(
    chain: ChainClient, found: Sequence[Report | BatchReport]
) -> tuple[Report | BatchReport, bool]:
    newest_first = sorted(found, key=lambda report: report.created_at, reverse=True)
    attestations = await chain.attestations([word_bytes(report.id) for report in newest_first])
    on_chain = [one for one, found in zip(newest_first, attestations, strict=True) if found is not None]
    return (on_chain[0], True) if on_chain else (newest_first[0], False)


def _proof_among(rows: Sequence[Workload], index: int, report: Report) -> list[bytes]:
    """Of a single report the tree is made anew: it has at most a thousand leaves."""
    factors = factor_set_of(word_bytes(report.report["footprint"]["methodology"]))
    leaves = [
        compute(DisclosedWorkload(workload_json(row), word_bytes(row.salt)), factors).leaf for row in rows
    ]
    return StandardTree(leaves).proof(index)


def disclosure_json(proven: Proven) -> dict[str, Any]:
    """The file that `greenledger verify` reads: a workload, its salt, its bounds, its proof."""
    total = proven.computed.estimate.total_ug
    return {
        "workload": proven.disclosed.workload,
        "salt": f"0x{proven.disclosed.salt.hex()}",
        "low_ug": str(total.low),
        "central_ug": str(total.central),
        "high_ug": str(total.high),
        "proof": [f"0x{sibling.hex()}" for sibling in proven.proof],
    }
