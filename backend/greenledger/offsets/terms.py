"""Terms of a quote, written into its own reference: for markets that keep no quotes.

The reference is the whole memory of such a quote, so an order can be placed after any crash, and it is the
idempotency key of that order.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Self

from greenledger.offsets.errors import MarketRefused

UG_PER_G = 10**6
MOST_UG = 10**18  # 1 Mt an order, which keeps a reference short enough to be stored
MOST_CENTS = 2**40 - 1  # 11 billion USD
LONGEST_ITEM = 20
LONGEST_REFERENCE = 64
ITEM = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST_ITEM}}}")
PLACEABLE_S = 86_400  # an order may be held up by a crash or an outage; an older price is not honoured
_NONCE_BYTES = 6  # 12 hex digits
_REFERENCE = re.compile(
    rf"q([0-9a-f]{{1,12}})\.([0-9a-f]{{1,10}})\.([0-9a-f]{{1,10}})\.([0-9a-f]{{12}})\.({ITEM.pattern})"
)


@dataclass(frozen=True)
class Terms:
    """What was quoted: µgCO2e in whole grams, USD cents, Unix seconds, the item sold, a number used once."""

    amount_ug: int
    cost_cents: int
    quoted_at: int
    item: str
    nonce: str

    @classmethod
    def new(cls, amount_ug: int, cost_cents: int, quoted_at: int, item: str) -> Self:
        """Terms with a nonce of their own. Raises ValueError out of range."""
        if not 0 < amount_ug <= MOST_UG or amount_ug % UG_PER_G or not 0 <= cost_cents <= MOST_CENTS:
            raise ValueError(f"expected whole grams up to {MOST_UG} µg and at most {MOST_CENTS} cents")
        if not ITEM.fullmatch(item):
            raise ValueError(f"item: expected {ITEM.pattern}")
        return cls(amount_ug, cost_cents, quoted_at, item, secrets.token_hex(_NONCE_BYTES))

    @property
    def reference(self) -> str:
        """The terms as text of at most 64 characters."""
        grams = self.amount_ug // UG_PER_G
        return f"q{grams:x}.{self.cost_cents:x}.{self.quoted_at:x}.{self.nonce}.{self.item}"

    def check_fresh(self, now: float) -> None:
        """Raises MarketRefused if the quote is too old to be ordered."""
        if now >= self.quoted_at + PLACEABLE_S:
            raise MarketRefused(f"the quote expired at {self.quoted_at + PLACEABLE_S}", 410, "quote-expired")


def read_terms(reference: str) -> Terms:
    """The terms in a reference; raises MarketRefused for a text that is none."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or len(reference) > LONGEST_REFERENCE:
        raise MarketRefused("no such quote", 404, "unknown-quote")
    grams, cost, at, nonce, item = match.groups()
    return Terms(int(grams, 16) * UG_PER_G, int(cost, 16), int(at, 16), item, nonce)
