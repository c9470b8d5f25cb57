"""Every retirement that has a certificate, for whoever keeps the books of carbon credits."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from greenledger.api.deps import GatewayDep
from greenledger.api.requests.retirement import listed
from greenledger.api.schemas.retirements import RetirementList, RetirementQuery

router = APIRouter(prefix="/v1/retirements", tags=["offsets"])

CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}


@router.get("", response_model=RetirementList, responses=CSV)
async def list_retirements(
    asked: Annotated[RetirementQuery, Query()], request: Request, state: GatewayDep
) -> Response:
    """Unit rows of the CAD Trust, as JSON or CSV; the next page is in `next` and in the Link header."""
    return await listed(state, asked, request)
