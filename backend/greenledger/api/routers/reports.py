"""Reports of the signed-in account, signed by the council."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from greenledger.api.deps import GatewayDep, NowDep, TransactionDep
from greenledger.api.origin import OriginDep
from greenledger.api.permissions import RecorderDep
from greenledger.api.request_names import workloads_named_by_id
from greenledger.api.schemas.reports import ReportBody, ReportList, ReportView
from greenledger.api.schemas.words import Word
from greenledger.api.strict_route import StrictRoute
from greenledger.api.views import evidence_of, report_view
from greenledger.reports.issue import Selection, issue_report
from greenledger.usage.reports import list_reports

router = APIRouter(prefix="/v1/reports", tags=["reports"], route_class=StrictRoute)


@router.post("", status_code=201)
async def issue(
    body: ReportBody,
    response: Response,
    account: RecorderDep,
    state: GatewayDep,
    now: NowDep,
    origin: OriginDep,
) -> ReportView:
    """A report over workloads, ready to be recorded by the account's own wallet."""
    selection = Selection.of(account, body.workload_ids, body.supersedes)
    with workloads_named_by_id():
        row, is_new = await issue_report(state.database, state.council, selection, now, origin)
    response.status_code = 201 if is_new else 200
    return report_view(row, state.deployment)


@router.get("")
async def mine(
    account: RecorderDep,
    session: TransactionDep,
    state: GatewayDep,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: Word | None = None,
) -> ReportList:
    """Newest first. `before` is the last id of the page before. Whether one is recorded is on the chain."""
    rows = await list_reports(session, account, limit, before)
    return ReportList(items=[report_view(row, state.deployment) for row in rows])


@router.get("/{report_id}/evidence")
async def evidence(
    report_id: Word, account: RecorderDep, session: TransactionDep, state: GatewayDep
) -> dict[str, Any]:
    """The evidence bundle: with it anyone can recompute the attestation from an RPC URL alone."""
    return await evidence_of(session, account, report_id, state.deployment)
