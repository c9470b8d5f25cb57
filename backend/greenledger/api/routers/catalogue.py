"""What a workload may name."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from greenledger.api.deps import GatewayDep
from greenledger.footprint.catalogue import catalogue as catalogue_of

router = APIRouter(prefix="/v1/catalogue", tags=["catalogue"])


@router.get("")
async def catalogue(state: GatewayDep, response: Response) -> dict[str, list[dict[str, Any]]]:
    """Hardware, countries, states, cloud regions and models of the current factor set."""
    response.headers["cache-control"] = "public, max-age=300"
    return catalogue_of(state.factors)
