"""`order_id`: the EIP-712 digest of every field, as eth_account computes it."""

from __future__ import annotations

from typing import Any

import pytest
from reports import NOBODY, ZERO, Orders
from signing import Domain

OTHER: dict[str, Any] = {
    "seller": "0x" + "12" * 20,
    "payer": "0x" + "12" * 20,
    "holder": "0x" + "12" * 20,
    "token": "0x" + "12" * 20,
    "price": 1,
    "amount_ug": 1,
    "min_ug": 2,
    "registry": b"verra".ljust(32, b"\0"),
    "project": "VCS-191",
    "vintage": 0,
    "beneficiary": "Somebody Else Ltd",
    "quote_until": 1,
    "deadline": 1,
    "salt": ZERO,
}


def test_order_id__any_order__is_the_typed_data_digest(
    desk: Any, orders: Orders, usdc: Any, payer: Any, now: int
) -> None:
    quote = orders.make(payer, usdc, now)
    assert desk.order_id(quote.order) == quote.id


@pytest.mark.parametrize("field", OTHER)
def test_order_id__one_field_changed__is_another_and_still_the_digest(
    desk: Any, orders: Orders, desk_domain: Domain, usdc: Any, payer: Any, now: int, field: str
) -> None:
    quote = orders.make(payer, usdc, now)
    changed = quote.order | {field: OTHER[field]}
    assert desk.order_id(changed) == desk_domain.digest("Order", changed)
    assert desk.order_id(changed) != quote.id


def test_order_id__largest_and_smallest_values__is_the_digest(desk: Any, desk_domain: Domain) -> None:
    largest = {
        **dict.fromkeys(("seller", "payer", "holder", "token"), "0x" + "ff" * 20),
        "price": 2**128 - 1,
        "amount_ug": 2**72 - 1,
        "min_ug": 2**72 - 1,
        "registry": b"\xff" * 32,
        "project": "P" * 32,
        "vintage": 2**16 - 1,
        "beneficiary": "ü" * 32,
        "quote_until": 2**64 - 1,
        "deadline": 2**64 - 1,
        "salt": b"\xff" * 32,
    }
    smallest = {
        **dict.fromkeys(("seller", "payer", "holder", "token"), NOBODY),
        **dict.fromkeys(("price", "amount_ug", "min_ug", "vintage", "quote_until", "deadline"), 0),
        **dict.fromkeys(("registry", "salt"), ZERO),
        **dict.fromkeys(("project", "beneficiary"), ""),
    }
    for order in (largest, smallest):
        assert desk.order_id(order) == desk_domain.digest("Order", order)


def test_order_id__another_desk__is_another(
    project: Any, desk: Any, credits: Any, owner: Any, orders: Orders, usdc: Any, payer: Any, now: int
) -> None:
    quote = orders.make(payer, usdc, now)
    other = owner.deploy(project.RetirementDesk, owner, credits)
    assert other.order_id(quote.order) != desk.order_id(quote.order)
