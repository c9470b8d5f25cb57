"""Faults of the marketplace in a rehearsal, a few at a time, drawn at random."""

from __future__ import annotations

import random
from typing import Any

import httpx

ATTEMPTS = 5
REPLIES: tuple[dict[str, Any], ...] = (
    {"kind": "cut-after-accept", "on": "POST *orders", "times": 1},
    {"kind": "cut-after-accept", "on": "POST *orders", "times": 1},
    {"kind": "500", "on": "POST *orders", "times": 2},
    {"kind": "500", "on": "GET *", "times": 3},
    {"kind": "429", "on": "POST *orders", "times": 1, "seconds": 1},
    {"kind": "slow", "on": "POST *orders", "times": 1, "seconds": 1.5},
    {"kind": "slow", "on": "GET *orders*", "times": 2, "seconds": 1.0},
    {"kind": "out-of-order", "on": "GET *orders*", "times": 2},
)
OUTCOMES: tuple[dict[str, Any], ...] = (
    {"kind": "order-fails", "on": "POST *orders", "times": 1},
    {"kind": "partial", "on": "POST *orders", "times": 1},
    {"kind": "wrong-beneficiary", "on": "POST *orders", "times": 1},
    {"kind": "wrong-serials", "on": "POST /cnaught*", "times": 1},
    {"kind": "used-serials", "on": "POST /cnaught*", "times": 1},
    {"kind": "price-moved", "on": "POST *orders", "times": 1},
    {"kind": "supply-gone", "on": "POST *orders", "times": 1},
    {"kind": "quote-expired", "on": "POST *orders", "times": 1},
)


def drawn(chance: random.Random) -> list[dict[str, Any]]:
    """What goes wrong for a while: usually the transport, sometimes the order itself, often nothing."""
    found = [dict(chance.choice(REPLIES)) for _ in range(chance.randint(0, 2))]
    return found + ([dict(chance.choice(OUTCOMES))] if chance.random() < 0.3 else [])


def switch(url: str, key: str, faults: list[dict[str, Any]]) -> None:
    """Makes exactly these faults happen from now on."""
    headers = {"authorization": f"Bearer {key}"}
    for attempt in range(1, ATTEMPTS + 1):
        try:
            body = {"faults": faults}
            httpx.post(f"{url}/_sandbox/faults", json=body, headers=headers, timeout=10, trust_env=False)
            return
        except httpx.HTTPError:
            # A busy machine may keep it waiting.
            if attempt == ATTEMPTS:
                raise
