"""Rows as they go over the wire."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.api.problems import Problem
from greenledger.api.schemas.reports import ReportView, Transaction
from greenledger.api.schemas.workloads import WorkloadView
from greenledger.chain.calldata import encode_record
from greenledger.chain.deployment import Deployment
from greenledger.evidence.bundle import EvidenceBundle
from greenledger.evidence.disclosure import DisclosedWorkload
from greenledger.evidence.typed_data import footprint_domain, footprint_report_from_json, footprint_typed_data
from greenledger.evidence.words import as_hex, word_bytes
from greenledger.footprint.fields import MOST_ERRORS, FieldError
from greenledger.reports.workloads import same_work_warning, workload_json
from greenledger.usage import reports, workloads
from greenledger.usage.models.report import Report
from greenledger.usage.models.workload import Workload
from greenledger.usage.workloads import FirstStated


def workload_view(row: Workload, same_as: FirstStated | None = None) -> WorkloadView:
    return WorkloadView(
        id=row.id,
        event_id=row.event_id,
        workload=workload_json(row),
        workload_hash=row.workload_hash,
        salt=row.salt,
        methodology=row.methodology,
        estimate=row.estimate,
        created_at=row.created_at,
        erased_at=row.erased_at,
        warning=same_work_warning(same_as) if same_as else None,
    )


def report_view(row: Report, deployment: Deployment) -> ReportView:
    report = footprint_report_from_json(row.report)
    signatures = [word_bytes(signature) for signature in row.signatures]
    return ReportView(
        id=row.id,
        report=row.report,
        footprint_hash=row.footprint_hash,
        signatures=row.signatures,
        transaction=Transaction(
            to=deployment.ledger,
            data=as_hex(encode_record(report, signatures)),
            chain_id=deployment.chain_id,
        ),
        typed_data=footprint_typed_data(report, footprint_domain(deployment.chain_id, deployment.ledger)),
        workload_ids=[link.workload_id for link in row.workloads],
        valid_until=row.valid_until,
        created_at=row.created_at,
    )


async def evidence_of(
    session: AsyncSession, account: str, report_id: str, deployment: Deployment
) -> dict[str, Any]:
    """The evidence bundle of one report. Raises Problem 404 if it is not the account's."""
    row = await reports.get_report(session, account, report_id.lower())
    if row is None:
        reason = FieldError("report_id", "is not a report of yours", "an id from GET /v1/reports")
        raise Problem(404, "unknown_report", "There is no such report of yours.", [reason])
    ids = [link.workload_id for link in row.workloads]
    found = await workloads.workloads_by_id(session, account, ids)
    erased = [f"workloads[{at}]" for at, i in enumerate(ids) if found[i].erased_at is not None]
    if erased:
        expected = "a bundle that was saved before: nothing here can show what the hash stands for"
        errors = [FieldError(field, "was erased", expected) for field in erased[:MOST_ERRORS]]
        raise Problem(410, "erased", "Texts and salts of the report's work were erased.", errors)
    bundle = EvidenceBundle(
        chain_id=deployment.chain_id,
        ledger=deployment.ledger,
        report=footprint_report_from_json(row.report),
        workloads=tuple(DisclosedWorkload(workload_json(found[i]), word_bytes(found[i].salt)) for i in ids),
        id=word_bytes(row.id),
    )
    return bundle.as_json()
