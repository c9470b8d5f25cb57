"""Calls of markets about their orders: hints to read an order again, never news by themselves."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from greenledger.api.deps import WebhooksDep
from greenledger.api.requests.webhook_body import hint_body

router = APIRouter(prefix="/v1/webhooks", tags=["offsets"])


@router.post("/{market}")
async def receive(
    market: str, request: Request, body: Annotated[bytes, Depends(hint_body)], webhooks: WebhooksDep
) -> dict[str, str]:
    """Has the order that the call is about read again. A call about no order of ours has no effect.

    Always 200, the answer that ends a vendor's repetitions, unless a signature was agreed and is wrong.
    """
    webhooks.receive(market, request.headers, body)
    return {"status": "noted"}
