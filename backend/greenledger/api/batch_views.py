"""Batches and proofs as they go over the wire."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from greenledger.api.problems import Problem
from greenledger.api.schemas.batches import BatchView, ProofView, SignedReport
from greenledger.api.schemas.consents import SponsoredView
from greenledger.api.schemas.reports import Transaction as ToSend
from greenledger.api.state import Gateway
from greenledger.batches.evidence import bundle_pieces
from greenledger.batches.opening import find_batch
from greenledger.batches.proofs import Proven, disclosure_json
from greenledger.batches.states import State
from greenledger.chain.calldata import encode_record
from greenledger.chain.records import Attestation
from greenledger.chain.transactions import Transaction
from greenledger.evidence.typed_data import footprint_domain, footprint_report_from_json, footprint_typed_data
from greenledger.evidence.words import as_hex, word_bytes
from greenledger.footprint.fields import FieldError
from greenledger.footprint.workload import WORKLOAD_VERSION
from greenledger.usage import batches
from greenledger.usage.models.batch import Batch, BatchReport


async def batch_views(state: Gateway, rows: Sequence[Batch]) -> list[BatchView]:
    """Rows of one account, with what the chain says of their reports. Raises ChainUnavailable."""
    if not rows:
        return []
    async with state.database.transaction() as session:
        signed = await batches.reports_of_batches(session, rows[0].account, [row.id for row in rows])
    by_id = {report.id: report for report in signed}
    newest = [by_id.get(row.report_id or "") for row in rows]
    asked = [report for report in newest if report is not None]
    found = await state.chain.attestations([word_bytes(report.id) for report in asked])
    attestations = {report.id: one for report, one in zip(asked, found, strict=True)}
    return [
        _batch_view(state, row, report, attestations.get(report.id) if report else None)
        for row, report in zip(rows, newest, strict=True)
    ]


def _batch_view(
    state: Gateway, row: Batch, report: BatchReport | None, attestation: Attestation | None
) -> BatchView:
    return BatchView(
        id=row.id,
        state=State.RECORDED if attestation else row.state,
        ended_from=row.ended_from,
        ended_before=row.ended_before,
        most=row.most,
        workloads=row.workloads,
        done=row.done,
        report=_signed_report(state, report, attestation) if report else None,
        error_code=row.error_code,
        error_detail=row.error_detail,
        created_at=row.created_at,
    )


def _signed_report(state: Gateway, row: BatchReport, attestation: Attestation | None) -> SignedReport:
    deployment = state.deployment
    report = footprint_report_from_json(row.report)
    data = encode_record(report, [word_bytes(signature) for signature in row.signatures])
    return SignedReport(
        id=row.id,
        report=row.report,
        footprint_hash=row.footprint_hash,
        signatures=row.signatures,
        transaction=ToSend(to=deployment.ledger, data=as_hex(data), chain_id=deployment.chain_id),
        typed_data=footprint_typed_data(report, footprint_domain(deployment.chain_id, deployment.ledger)),
        valid_until=row.valid_until,
        recorded_at=attestation.recorded_at if attestation else None,
    )


async def batch_view(state: Gateway, account: str, batch_id: str) -> BatchView:
    """Raises ReportRefused if the account has no such batch."""
    async with state.database.transaction() as session:
        row = await find_batch(session, account, batch_id)
    return (await batch_views(state, [row]))[0]


async def batch_bundle(state: Gateway, account: str, batch_id: str) -> AsyncIterator[bytes]:
    """The pieces of a batch's evidence bundle.

    Raises ReportRefused, or Problem if nothing was signed yet or nothing is left of the work.
    """
    async with state.database.transaction() as session:
        batch = await find_batch(session, account, batch_id)
        report = await batches.get_report(session, account, batch.report_id or "")
        left = await batches.disclosures(session, account, batch_id, "", 1)
    if report is None:
        reason = FieldError("batch_id", f"is {batch.state}", "a batch that the council has signed")
        raise Problem(409, "not_signed", "The batch has no report yet.", [reason])
    if not left:
        expected = "a bundle that was saved before: nothing here can show what the hashes stand for"
        reason = FieldError("workloads", "were erased", expected)
        raise Problem(410, "erased", "Texts and salts of the batch's work were erased.", [reason])
    return bundle_pieces(state.database, state.deployment, report)


def sponsored_view(report_id: str, sent: Transaction) -> SponsoredView:
    return SponsoredView(
        report_id=report_id,
        transaction=sent.mined_hash or sent.bids[-1].hash,
        outcome=sent.outcome,
        reason=sent.reason,
        block=sent.block,
    )


def proof_view(state: Gateway, workload_id: str, proven: Proven) -> ProofView:
    report = proven.report
    return ProofView(
        **disclosure_json(proven),
        workload_id=workload_id,
        batch_id=report.batch_id if isinstance(report, BatchReport) else None,
        kind=proven.computed.workload.kind.leaf_code,
        version=WORKLOAD_VERSION,
        workload_hash=as_hex(proven.computed.hash),
        leaf=as_hex(proven.computed.leaf),
        report_id=report.id,
        report=report.report,
        signatures=report.signatures,
        recorded=proven.attested,
        chain_id=state.deployment.chain_id,
        ledger=state.deployment.ledger,
    )
