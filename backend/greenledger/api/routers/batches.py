"""Batches of the account's workloads: many under one report."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from greenledger.api.batch_views import batch_bundle, batch_view, batch_views
from greenledger.api.deps import GatewayDep, NowDep
from greenledger.api.origin import OriginDep
from greenledger.api.parts.batches import BatchWorkerDep
from greenledger.api.permissions import RecorderDep, SubmitterDep
from greenledger.api.schemas.batches import BatchBody, BatchList, BatchView
from greenledger.api.schemas.reports import WorkloadId
from greenledger.api.strict_route import StrictRoute
from greenledger.batches.opening import BatchRequest, dissolve, open_batch, sign_again
from greenledger.usage.batches import list_batches

router = APIRouter(prefix="/v1/batches", tags=["batches"], route_class=StrictRoute)


@router.post("", status_code=201)
async def add(
    body: BatchBody,
    response: Response,
    account: SubmitterDep,
    state: GatewayDep,
    worker: BatchWorkerDep,
    now: NowDep,
    origin: OriginDep,
) -> BatchView:
    """Closes what was stated so far and is in no report: it is counted, signed, and then to be recorded.

    Follow it at `GET /v1/batches/{batch_id}`. The same request while it is under way gives it again.
    """
    asked = BatchRequest(account, body.ended_from, body.ended_before, body.most)
    row, is_new = await open_batch(state.database, asked, now, origin)
    worker.wake()
    response.status_code = 201 if is_new else 200
    return (await batch_views(state, [row]))[0]


@router.get("")
async def mine(
    account: SubmitterDep,
    state: GatewayDep,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    before: WorkloadId | None = None,
) -> BatchList:
    """Newest first. `before` is the last id of the page before."""
    async with state.database.transaction() as session:
        rows = await list_batches(session, account, limit, before)
    return BatchList(items=await batch_views(state, rows))


@router.get("/{batch_id}")
async def one(batch_id: WorkloadId, account: SubmitterDep, state: GatewayDep) -> BatchView:
    """How far it is, and its report once the council has signed. `recorded` is what the chain says."""
    return await batch_view(state, account, batch_id)


@router.get("/{batch_id}/evidence", response_class=StreamingResponse)
async def evidence(batch_id: WorkloadId, account: SubmitterDep, state: GatewayDep) -> StreamingResponse:
    """The evidence bundle of the whole batch, as one JSON file."""
    return StreamingResponse(await batch_bundle(state, account, batch_id), media_type="application/json")


@router.post("/{batch_id}/sign")
async def sign(
    batch_id: WorkloadId, account: RecorderDep, state: GatewayDep, worker: BatchWorkerDep, now: NowDep
) -> BatchView:
    """Has an expired batch signed anew, over the same tree."""
    row = await sign_again(state.database, account, batch_id, now)
    worker.wake()
    return (await batch_views(state, [row]))[0]


@router.delete("/{batch_id}")
async def give_up(batch_id: WorkloadId, account: RecorderDep, state: GatewayDep, now: NowDep) -> BatchView:
    """Dissolves a batch whose report nobody can record; its workloads are free for another one."""
    row = await dissolve(state.database, account, batch_id, now)
    return (await batch_views(state, [row]))[0]
