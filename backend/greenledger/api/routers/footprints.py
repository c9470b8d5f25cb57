"""Estimates, for anyone."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body

from greenledger.api.deps import GatewayDep
from greenledger.api.permissions import EstimatorDep
from greenledger.api.schemas.workloads import EstimateView
from greenledger.api.strict_route import StrictRoute
from greenledger.reports.workloads import estimate_of

router = APIRouter(prefix="/v1/footprints", tags=["footprints"], route_class=StrictRoute)


@router.post("/estimate")
async def estimate(
    workload: Annotated[dict[str, Any], Body()], state: GatewayDep, _account: EstimatorDep
) -> EstimateView:
    """The footprint of one workload, which is the whole body. Nothing is stored."""
    return EstimateView.model_validate(estimate_of(workload, state.factors))
