"""Firm prices."""

from __future__ import annotations

from fastapi import APIRouter

from greenledger.api.deps import AccountDep, GatewayDep, OffsetsDep
from greenledger.api.requests.quote import quoted
from greenledger.api.schemas.offsets import QuoteBody, QuoteView
from greenledger.api.strict_route import StrictRoute

router = APIRouter(prefix="/v1/quotes", tags=["offsets"], route_class=StrictRoute)


@router.post("", status_code=201)
async def request_quote(
    body: QuoteBody, account: AccountDep, offsets: OffsetsDep, state: GatewayDep
) -> QuoteView:
    """A firm price for an amount of one offer; with a payment token, signed as an order of the desk."""
    return await quoted(offsets, account, body, state.deployment)
