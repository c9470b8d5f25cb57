"""The same stage without kills and faults: how long a buyer waits for the certificate."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import Any

from scripts.chaos.records import blocks_between, records, spread
from scripts.chaos.stage import COMPLETION_S, CONFIRMATIONS, MIXED, Plan, open_stage

PATIENCE_S = 180.0


@dataclass(frozen=True)
class Quiet:
    """Seconds of each order, one order after the other, until the certificate.

    `final` counts from the payment with all its confirmations to the certificate with all of its own,
    `blocks` from the block of the one to the block of the other.
    """

    plan: Plan
    final: list[int]
    blocks: list[int]

    def as_json(self) -> dict[str, Any]:
        return {
            "orders": len(self.final),
            "database": self.plan.database,
            "workers": self.plan.workers,
            "confirmations": CONFIRMATIONS,
            "market_seconds": COMPLETION_S,
            "seconds_from_payment_to_certificate": spread(self.blocks),
            "seconds_from_final_payment_to_final_certificate": spread(self.final),
            "each_seconds_from_payment_to_certificate": self.blocks,
        }


def measure(plan: Plan, orders: int) -> Quiet:
    """Buys so many orders in turn; raises RuntimeError if one is not minted in three minutes."""
    with open_stage(plan, random.Random(plan.seed)) as stage:
        stage.killing.turn(kills_wanted=0)
        sources = [source for source in stage.sources if not source.endswith(str(MIXED["id"]))]
        for number in range(orders):
            buyer = stage.buyers[number % len(stage.buyers)]
            _wait_until_minted(plan, buyer.buy(stage.chain, sources).id)
        finals = [one.final_s for one in records(plan.database_url).values()]
        blocks = blocks_between(stage.chain)
    return Quiet(plan, [seconds for seconds in finals if seconds is not None], blocks)


def _wait_until_minted(plan: Plan, order_id: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while (found := records(plan.database_url)[order_id]).state != "minted":
        if time.monotonic() > deadline:
            raise RuntimeError(f"{order_id} is {found.state} {found.code} after {PATIENCE_S:.0f} s")
        time.sleep(0.5)
