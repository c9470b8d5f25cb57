"""The portfolio rule."""

from __future__ import annotations

from fastapi import APIRouter

from greenledger.api.deps import AccountDep, GatewayDep, ListingDep
from greenledger.api.requests.portfolio import proposed
from greenledger.api.schemas.portfolio import PortfolioBody, ProposalView
from greenledger.api.strict_route import StrictRoute

router = APIRouter(prefix="/v1/portfolio", tags=["offsets"], route_class=StrictRoute)


@router.post("")
async def propose_orders(
    body: PortfolioBody, account: AccountDep, state: GatewayDep, listing: ListingDep
) -> ProposalView:
    """Orders that would cover the account's attestations at their high bound. Nothing is bought."""
    return await proposed(state, account, body, listing)
