"""Receipts as PDF: of an order for its owner, of a certificate for anybody."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import AfterValidator

from greenledger.api.deps import AccountDep, GatewayDep, OffsetsDep
from greenledger.api.requests.receipt import drawn, receipt_of_certificate, receipt_of_order
from greenledger.api.schemas.offsets import Identity
from greenledger.api.schemas.words import Word
from greenledger.receipts.receipt import Receipt

router = APIRouter(prefix="/v1", tags=["offsets"])

FILE = {"schema": {"type": "string", "format": "binary"}}
PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": FILE}}}


@router.get("/orders/{order_id}/receipt.pdf", response_class=Response, responses=PDF)
async def order_receipt(
    order_id: Identity, account: AccountDep, offsets: OffsetsDep, state: GatewayDep
) -> Response:
    """The receipt of one's own order, with what was paid; once its certificate is minted."""
    return await _pdf(await receipt_of_order(state, await offsets.order(account, order_id)))


@router.get("/certificates/{certificate}/receipt.pdf", response_class=Response, responses=PDF)
async def certificate_receipt(
    certificate: Annotated[Word, AfterValidator(str.lower)], state: GatewayDep
) -> Response:
    """What the chain alone tells of a certificate: nothing of an order, a payment or a reason."""
    return await _pdf(await receipt_of_certificate(state, certificate))


async def _pdf(receipt: Receipt) -> Response:
    name = f"receipt-{receipt.certificate[2:10]}.pdf"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(await drawn(receipt), media_type="application/pdf", headers=headers)
