"""Rows of orders for the tests of who may take them."""

from __future__ import annotations

from typing import Any

from greenledger.usage.database import Database
from greenledger.usage.models.order import Order
from greenledger.usage.models.quote import Quote

MINE = "0x" + "11" * 20


def a_quote(identity: str, account: str = MINE) -> Quote:
    return Quote(
        account=account,
        id=identity,
        market="market",
        reference=identity,
        source_id="source",
        project="ICR-1",
        project_name="A project",
        registry_key="icr",
        vintage=2022,
        ex_ante=False,
        amount_ug=str(10**12),
        cost_cents=100,
        price_usd_per_tonne="1",
        created_at=1,
        expires_at=2,
    )


def an_order(identity: str, due_at: int | None, account: str = MINE, **changes: Any) -> Order:
    usual: dict[str, Any] = {
        "account": account,
        "id": identity,
        "quote_id": identity,
        "beneficiary_name": "A person",
        "message": "",
        "state": "placed",
        "proof": None,
        "reports": [],
        "attempts": 0,
        "due_at": due_at,
        "version": 0,
        "created_at": 1,
    }
    return Order(**usual | changes)


async def with_orders(database: Database, *due: tuple[str, int | None]) -> None:
    """Stores an order for each id and time."""
    async with database.transaction() as session:
        session.add_all([a_quote(identity) for identity, _ in due])
        await session.flush()
        session.add_all([an_order(identity, due_at) for identity, due_at in due])
