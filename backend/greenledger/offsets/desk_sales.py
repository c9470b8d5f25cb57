"""Quotes that are orders of the desk: what the seller signs, and for how much."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from greenledger.evidence.structs import struct_as_json
from greenledger.evidence.typed_data import Domain, order_id
from greenledger.evidence.typed_data import Order as DeskOrder
from greenledger.evidence.words import as_hex
from greenledger.offsets.market import Quote

MILLION = 10**6
SALT_BYTES = 32


@dataclass(frozen=True)
class PaymentToken:
    """A token that is worth one US dollar, by its checksum address; at least two decimals."""

    address: str
    symbol: str
    decimals: int

    def price(self, cents: int) -> int:
        """US cents in base units."""
        return int(cents * 10 ** (self.decimals - 2))


@dataclass(frozen=True)
class Payment:
    """How an order is to be paid and for whom: checksum addresses, the least share in millionths."""

    token: str
    holder: str
    beneficiary_name: str
    reason: str
    min_share_ppm: int = MILLION


@dataclass(frozen=True)
class DeskSales:
    """The seller at the desk: who it is, how it signs a digest, what it takes and asks for itself.

    `deadline_s` is how long a payment may lie in the desk until anyone may send it back, at most 30 days.
    """

    domain: Domain
    seller: str
    sign: Callable[[bytes], bytes]
    tokens: Mapping[str, PaymentToken]
    fee_ppm: int
    deadline_s: int

    def fee_cents(self, cost_cents: int) -> int:
        """The seller's own fee on a market's price, rounded up to a cent."""
        return -(-cost_cents * self.fee_ppm // MILLION)

    def offer(self, given: Quote, payer: str, payment: Payment, now: int) -> DeskOrder:
        """The order that a market's quote becomes, at `now` (Unix seconds)."""
        amount_ug = given.amount_ug
        cents = given.cost_cents + self.fee_cents(given.cost_cents)
        return DeskOrder(
            seller=self.seller,
            payer=payer,
            holder=payment.holder,
            token=payment.token,
            price=max(1, self.tokens[payment.token].price(cents)),
            amount_ug=amount_ug,
            min_ug=max(1, -(-amount_ug * payment.min_share_ppm // MILLION)),
            registry=given.offer.registry.encode().ljust(32, b"\0"),
            project=given.offer.project,
            vintage=given.offer.vintage,
            beneficiary=payment.beneficiary_name,
            quote_until=given.expires_at,
            deadline=now + self.deadline_s,
            salt=secrets.token_bytes(SALT_BYTES),
        )

    def signed(self, order: DeskOrder) -> dict[str, object]:
        """The columns of a stored order that make it one of the desk."""
        identity = order_id(order, self.domain)
        return {
            "desk_id": as_hex(identity),
            "desk_order": struct_as_json(order),
            "seller_signature": as_hex(self.sign(identity)),
        }
