"""An order of the desk over the wire: what the seller signed, and how the payer opens it."""

from __future__ import annotations

from typing import Any

from greenledger.api.schemas.reports import Transaction
from greenledger.api.schemas.words import View
from greenledger.chain.calldata import encode_approve, encode_open
from greenledger.chain.deployment import Deployment
from greenledger.evidence.typed_data import order_from_json
from greenledger.evidence.words import as_hex, word_bytes
from greenledger.offsets.machine import Progress
from greenledger.usage.models.order import Order


class DeskView(View):
    id: str  # 0x, EIP-712 digest of the order: its id at the desk
    address: str  # the desk
    order: dict[str, Any]  # IRetirementDesk.Order; whole numbers as decimal strings
    signature: str  # 0x, the seller's
    transactions: list[Transaction]  # for the payer's wallet to send, in this order; none once it is paid


def desk_view(order: Order, deployment: Deployment) -> DeskView | None:
    """None for an order that nobody pays for."""
    if order.desk_id is None or order.desk_order is None or deployment.desk is None:
        return None
    signature = order.seller_signature or ""
    return DeskView(
        id=order.desk_id,
        address=deployment.desk,
        order=order.desk_order,
        signature=signature,
        transactions=_opening(order, deployment) if order.state == Progress.QUOTED else [],
    )


def _opening(order: Order, deployment: Deployment) -> list[Transaction]:
    struct, desk = order_from_json(order.desk_order), str(deployment.desk)
    calls = (
        (struct.token, encode_approve(desk, struct.price)),
        (desk, encode_open(struct, word_bytes(order.seller_signature or ""))),
    )
    return [Transaction(to=to, data=as_hex(data), chain_id=deployment.chain_id) for to, data in calls]
