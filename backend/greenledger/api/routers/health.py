"""Whether this node works, and which dependency does not."""

from __future__ import annotations

from fastapi import APIRouter, Response

from greenledger.api.deps import GatewayDep
from greenledger.api.health_checks import HealthView, health_of

router = APIRouter(prefix="/health", tags=["operations"])


@router.get("")
async def health(state: GatewayDep, response: Response) -> HealthView:
    """200 if requests can be served, 503 if the database or the chain is away."""
    view, response.status_code = await health_of(state)
    return view
