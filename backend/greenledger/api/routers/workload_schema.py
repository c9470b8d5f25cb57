"""The JSON Schema of a workload."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from greenledger.api.deps import GatewayDep
from greenledger.footprint.schema import workload_schema as schema_of

router = APIRouter(prefix="/v1/workload.schema.json", tags=["catalogue"])


@router.get("")
async def workload_schema(state: GatewayDep, response: Response) -> dict[str, Any]:
    """JSON Schema (2020-12) of what a workload may hold under the current factor set."""
    response.headers["cache-control"] = "public, max-age=300"
    return schema_of(state.factors)
