"""A market for one order, in memory: it takes, refuses, loses replies and lists late, as it is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any, cast

from greenledger.offsets.errors import MarketRefused, MarketUnavailable
from greenledger.offsets.market import Order as MarketOrder
from greenledger.offsets.market import OrderState, Origin, Project, Proof, Purchase
from greenledger.offsets.market import Quote as MarketQuote

PAYER, TONNE_UG, NOW = "0x" + "1" * 40, 10**12, 1_800_000_000


@dataclass
class MemoryMarket:
    """`mood` is how it takes the next order; with `lags` it lists a purchase only later."""

    now: int = NOW
    mood: str = "good"
    lags: bool = False
    purchases: dict[str, str] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    requotes: int = 0
    desk_id: str = ""  # of the order whose retirement it shows
    name: str = "market"

    async def projects(self) -> tuple[Project, ...]:
        return ()

    async def quote(self, source_id: str, amount_ug: int) -> MarketQuote:
        self.requotes += 1
        offer = cast(Project, SimpleNamespace())
        return MarketQuote(f"r{self.requotes}", offer, amount_ug, 2500, self.now + 600)

    async def place(self, purchase: Purchase) -> MarketOrder:
        reference = purchase.quote_reference
        if self.mood == "down":
            raise MarketUnavailable("down")
        if reference in self.purchases and reference not in self.listed:
            raise MarketRefused("quote already consumed", 400)
        if reference not in self.purchases:
            if self.mood == "refuses":
                raise MarketRefused("no", 400)
            self.purchases[reference] = "pending"
            if not self.lags:
                self.listed.add(reference)
        if self.mood == "cut":
            raise MarketUnavailable("the reply was lost")
        return MarketOrder(reference, OrderState.PENDING, "pending")

    async def poll(self, quote_reference: str) -> MarketOrder | None:
        if quote_reference not in self.listed:
            return None
        state = OrderState(self.purchases[quote_reference])
        return MarketOrder(quote_reference, state, str(state), "r" if state is OrderState.RETIRED else None)

    async def proof(self, reference: str) -> Proof:
        good = Proof(
            market="market",
            reference=reference,
            registry="icr",
            project="ICR-1",
            vintage=2022,
            amount_ug=TONNE_UG,
            beneficiary="A buyer",
            beneficiary_address=PAYER,
            message=f"{self.desk_id} a reason",
            serials="1-2",
            retired_at=NOW,
            origin=Origin(137, b"\2" * 32, 0),
            url="",
            evidence=b"\3" * 32,
        )
        return replace(good, **SPOILED.get(self.mood, {}))

    def finish(self, state: str) -> None:
        """The market ends what is pending there."""
        for reference, present in self.purchases.items():
            if present == "pending":
                self.purchases[reference] = state
        self.listed |= set(self.purchases)


SPOILED: dict[str, dict[str, Any]] = {
    "partial": {"amount_ug": TONNE_UG // 2},
    "too little": {"amount_ug": TONNE_UG // 2 - 1},
    "stranger": {"beneficiary": "Somebody else"},
    "unmarked": {"message": "a reason"},
}
