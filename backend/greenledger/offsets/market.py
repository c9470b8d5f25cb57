"""The port: what the ledger needs from a carbon credit marketplace, whichever it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, Self

from greenledger.evidence.words import as_hex, word_bytes


class OrderState(StrEnum):
    """Where an order stands at the market."""

    PENDING = "pending"
    RETIRED = "retired"
    FAILED = "failed"


@dataclass(frozen=True)
class Project:
    """One offer: credits of a project and vintage at a price. Amounts in µgCO2e."""

    source_id: str
    project: str
    name: str
    registry: str
    country: str
    vintage: int
    price_usd_per_tonne: Decimal
    available_ug: int
    minimum_ug: int
    ex_ante: bool


@dataclass(frozen=True)
class Quote:
    """A firm price for an amount; `reference` is single use at the market. Times in Unix seconds."""

    reference: str
    offer: Project
    amount_ug: int
    cost_cents: int
    expires_at: int


@dataclass(frozen=True)
class Purchase:
    """What to retire and in whose name; the quote reference makes it idempotent."""

    quote_reference: str
    beneficiary_name: str
    beneficiary_address: str
    message: str


@dataclass(frozen=True)
class Order:
    """An order at the market; `retirement` is the public reference of its evidence once it is retired."""

    quote_reference: str
    state: OrderState
    status: str
    retirement: str | None = None


@dataclass(frozen=True)
class Origin:
    """A retirement made on a chain: the transaction and the retirement's index in it."""

    chain_id: int
    transaction: bytes
    index: int


@dataclass(frozen=True)
class Proof:
    """Evidence of a retirement, read from the market. Amount in µgCO2e, time in Unix seconds.

    `evidence` is the SHA-256 of the market's raw reply.
    """

    market: str
    reference: str
    registry: str
    project: str
    vintage: int
    amount_ug: int
    beneficiary: str
    beneficiary_address: str
    message: str
    serials: str
    retired_at: int
    origin: Origin
    url: str
    evidence: bytes

    def as_json(self) -> dict[str, Any]:
        """The proof with amounts as decimal strings and bytes as 0x hex."""
        return {
            "market": self.market,
            "reference": self.reference,
            "registry": self.registry,
            "project": self.project,
            "vintage": self.vintage,
            "amount_ug": str(self.amount_ug),
            "beneficiary": self.beneficiary,
            "beneficiary_address": self.beneficiary_address,
            "message": self.message,
            "serials": self.serials,
            "retired_at": self.retired_at,
            "origin": {
                "chain_id": self.origin.chain_id,
                "transaction": as_hex(self.origin.transaction),
                "index": self.origin.index,
            },
            "url": self.url,
            "evidence": as_hex(self.evidence),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read back what `as_json` wrote."""
        origin = value["origin"]
        texts = (
            "market",
            "reference",
            "registry",
            "project",
            "beneficiary",
            "beneficiary_address",
            "message",
        )
        return cls(
            **{name: value[name] for name in (*texts, "serials", "url", "vintage", "retired_at")},
            amount_ug=int(value["amount_ug"]),
            origin=Origin(origin["chain_id"], word_bytes(origin["transaction"]), origin["index"]),
            evidence=word_bytes(value["evidence"]),
        )


class Market(Protocol):
    """A marketplace. Every method raises MarketUnavailable, and MarketRefused where the market says no."""

    @property
    def name(self) -> str:
        """The market's key, as a proof names it."""

    async def projects(self) -> tuple[Project, ...]:
        """Offers that can be bought now, cheapest first."""

    async def quote(self, source_id: str, amount_ug: int) -> Quote:
        """A firm price; raises UnknownSource or AmountNotOffered."""

    async def place(self, purchase: Purchase) -> Order:
        """Buy and retire, at most once per quote however often it is called."""

    async def poll(self, quote_reference: str) -> Order | None:
        """The order that consumed a quote, None if the market has none."""

    async def proof(self, reference: str) -> Proof:
        """The evidence by its public reference; raises ProofNotFound or ProofUnusable."""
