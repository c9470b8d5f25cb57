"""An order of ours as the desk knows it, and how its retirement is marked at the market."""

from __future__ import annotations

import re

from greenledger.evidence.typed_data import Order as DeskOrder
from greenledger.evidence.typed_data import order_from_json
from greenledger.offsets.market import Purchase
from greenledger.usage.models.order import Order

# What the mark takes of a market's message: 0x, 64 hex digits, a space.
MARK_CHARACTERS = 67
ORDER_ID = re.compile(r"0[xX][0-9a-fA-F]{64}", re.ASCII)


def desk_order_of(order: Order) -> DeskOrder:
    """The struct that the seller signed; raises ValueError for an order without a desk."""
    if order.desk_order is None:
        raise ValueError(f"order {order.id} is not one of the desk")
    return order_from_json(order.desk_order)


def purchase_of(order: Order) -> Purchase:
    """What the market is asked for. The desk's id comes first in the public message, whatever is cut off."""
    reference = order.reference or order.quote.reference
    if order.desk_id is None:
        return Purchase(reference, order.beneficiary_name, order.account, order.message)
    message = f"{order.desk_id} {order.message}"
    return Purchase(reference, order.beneficiary_name, desk_order_of(order).holder, message)


def mark_of(message: str) -> bytes | None:
    """The order that a retirement's public message says it was made for, None if it names none."""
    word = message.split(" ", 1)[0]
    return bytes.fromhex(word[2:]) if ORDER_ID.fullmatch(word) else None


def is_marked(message: str, desk_id: str) -> bool:
    """Whether a retirement's public message says that it was made for this order and no other."""
    return message.split(" ", 1)[0].lower() == desk_id.lower()
