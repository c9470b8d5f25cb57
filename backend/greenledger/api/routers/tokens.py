"""Carbon tokens that a wallet retires on chain."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from greenledger.api.deps import GatewayDep, NowDep
from greenledger.api.schemas.offsets import Address, Amount
from greenledger.api.schemas.tokens import (
    CallsBody,
    CallsView,
    TokenList,
    calls_view,
    retirement_of,
    token_view,
)
from greenledger.api.strict_route import StrictRoute
from greenledger.offsets.onchain.calls import retirement_calls
from greenledger.offsets.onchain.offers import read_offers

router = APIRouter(prefix="/v1/tokens", tags=["offsets"], route_class=StrictRoute)


@router.get("")
async def list_tokens(
    state: GatewayDep,
    holder: Annotated[Address | None, Query()] = None,
    amount_ug: Annotated[Amount | None, Query()] = None,
) -> TokenList:
    """Tokens that adapters of the ledger retire now: what a holder has of each, what an amount costs."""
    offers = await read_offers(state.tokens, holder, int(amount_ug) if amount_ug else None)
    return TokenList(items=[token_view(offer) for offer in offers])


@router.post("/calls")
async def retire_calls(body: CallsBody, state: GatewayDep, now: NowDep) -> CallsView:
    """Unsigned transactions that retire a holder's tokens and mint it the certificate. Nothing is stored."""
    calls = await retirement_calls(state.tokens, retirement_of(body), now)
    return calls_view(calls, state.deployment.chain_id)
