"""What the page needs to find the chain and the contracts: its only configuration."""

from __future__ import annotations

from fastapi import APIRouter

from greenledger.api.deps import GatewayDep
from greenledger.api.schemas.config import PageConfig, page_config

router = APIRouter(tags=["page"])


@router.get("/config.json")
async def read_config(state: GatewayDep) -> PageConfig:
    """Chain, contracts and where to read them; the same document can be served as a static file."""
    return page_config(state.deployment, state.settings)
