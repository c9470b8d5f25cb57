"""Measurements for Prometheus, of this process alone: each is scraped at its own address."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from greenledger.api.deps import GatewayDep
from greenledger.api.standing import standing_of

router = APIRouter(prefix="/metrics", tags=["operations"])


@router.get("")
async def metrics(request: Request, state: GatewayDep) -> Response:
    """Requests with their times, queues, the followed block, connections and dependencies."""
    own = request.app.state
    standing = await standing_of(state, own.health)
    return Response(own.measurements.exposition(standing), media_type=CONTENT_TYPE_LATEST)
