"""Verified sources for block explorers: the one lookup of Sourcify's API v2 that they need."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from greenledger.api.deps import GatewayDep
from greenledger.verified.lookup import look_up

router = APIRouter(prefix="/v2", tags=["explorers"])

# Any explorer, on any site, may read what is public on the chain anyway; nothing here knows a cookie.
OPEN = {"access-control-allow-origin": "*", "cache-control": "public, max-age=300"}

Selector = Annotated[str | None, Query(max_length=1000)]


@router.get("/contract/{chain_id}/{address}")
async def verified_contract(
    state: GatewayDep, chain_id: str, address: str, fields: Selector = None, omit: Selector = None
) -> JSONResponse:
    """Source, ABI and more of a contract that is exact, in Sourcify's shapes, its errors included."""
    answer = look_up(state.verified, chain_id, address, fields, omit)
    return JSONResponse(answer.body, status_code=answer.status, headers=OPEN)
