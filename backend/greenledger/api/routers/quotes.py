"""Firm prices."""

from __future__ import annotations

from fastapi import APIRouter

from greenledger.api.deps import AccountDep, OffsetsDep
from greenledger.api.schemas.offsets import QuoteBody, QuoteView, quote_view
from greenledger.api.strict_route import StrictRoute

router = APIRouter(prefix="/v1/quotes", tags=["offsets"], route_class=StrictRoute)


@router.post("", status_code=201)
async def request_quote(body: QuoteBody, account: AccountDep, offsets: OffsetsDep) -> QuoteView:
    """A firm price for an amount of one offer."""
    return quote_view(await offsets.request_quote(account, body.source_id, int(body.amount_ug)))
