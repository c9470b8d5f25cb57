"""Workloads of the signed-in account."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from greenledger.api.deps import GatewayDep, NowDep, TransactionDep
from greenledger.api.idempotency import RequestKeyDep
from greenledger.api.permissions import SubmitterDep
from greenledger.api.schemas.reports import WorkloadId
from greenledger.api.schemas.workloads import WorkloadBody, WorkloadList, WorkloadView
from greenledger.api.strict_route import StrictRoute
from greenledger.api.views import workload_view
from greenledger.reports.workloads import state_workload
from greenledger.usage.workloads import list_workloads

router = APIRouter(prefix="/v1/workloads", tags=["workloads"], route_class=StrictRoute)


@router.post("", status_code=201)
async def add(
    body: WorkloadBody,
    response: Response,
    account: SubmitterDep,
    state: GatewayDep,
    key: RequestKeyDep,
    now: NowDep,
) -> WorkloadView:
    """States a workload that is over. The same event id gives the same row again, with 200.

    `warning` names the event that stated the same work before under another id: a batch counts both once.
    The same request under the same Idempotency-Key gets the same answer for 24 hours.
    """
    stated = await state_workload(
        state.database, account, body.workload, body.event_id, state.factors, now, key
    )
    response.status_code = 201 if stated.is_new else 200
    return workload_view(stated.row, stated.same_as)


@router.get("")
async def mine(
    account: SubmitterDep,
    session: TransactionDep,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    before: WorkloadId | None = None,
) -> WorkloadList:
    """Newest first. `before` is the last id of the page before."""
    rows = await list_workloads(session, account, limit, before)
    return WorkloadList(items=[workload_view(row) for row in rows])
