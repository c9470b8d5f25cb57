"""The port: what the ledger needs from a carbon credit marketplace or registry, whichever it is.

What is idempotent, and by which key: `place` by the quote reference (it buys at most once, however often it
is called, after a crash too), `poll` and `proof` because they only read. `quote` is not: each call gives a
new reference, and a quote that is never placed costs nothing.

What a market does not tell is visible and never guessed: an optional field is None, a field that cannot be
left out is named in `not_told`, and what stands in for it is documented at the adapter.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, Self

from greenledger.evidence.words import as_hex, word_bytes


class OrderState(StrEnum):
    """Where an order stands at the market. Only RETIRED has evidence; FAILED and REVERTED are final."""

    PENDING = "pending"  # accepted, or retired and its evidence cannot be read yet: ask again
    RETIRED = "retired"  # the registry's act is done and `Order.retirement` leads to its evidence
    FAILED = "failed"  # ended without any retirement: what was paid for it is to be given back
    REVERTED = "reverted"  # was retired, and the market or the registry has taken that back since


@dataclass(frozen=True)
class Label:
    """A quality label, such as CCP, that a market showed on an offer at a time in Unix seconds."""

    name: str
    seen_at: int


@dataclass(frozen=True)
class Project:
    """One offer: credits of a project and vintage at a price. Amounts in µgCO2e.

    An amount is a multiple of `step_ug`. None is "the market does not tell"; `labels` of () is "it has none".
    """

    source_id: str
    project: str
    name: str
    registry: str
    country: str  # as the market writes it; empty: not told
    vintage: int
    price_usd_per_tonne: Decimal
    available_ug: int
    minimum_ug: int
    ex_ante: bool
    market: str = ""  # the key of the market that sells it
    step_ug: int = 1
    kind: str | None = None  # type or category, as the market writes it
    methodology: str | None = None
    removal: bool | None = None  # True: carbon taken out of the air; False: emissions avoided
    labels: tuple[Label, ...] | None = None
    not_told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quote:
    """A price for an amount; `reference` is single use at the market. Times in Unix seconds."""

    reference: str
    offer: Project
    amount_ug: int
    cost_cents: int
    expires_at: int


@dataclass(frozen=True)
class Purchase:
    """What to retire and in whose name; the quote reference makes it idempotent.

    A market without an idempotency key sends nothing from `send_before` on (Unix seconds): by then somebody
    else may be asking.
    """

    quote_reference: str
    beneficiary_name: str
    beneficiary_address: str
    message: str
    send_before: int | None = None


@dataclass(frozen=True)
class Order:
    """An order at the market; `retirement` is the public reference of its evidence once it is retired.

    `status` is the market's own word. A market may spread an order over several projects: `more` then holds
    the references of the other parts, each with evidence for its own amount.
    """

    quote_reference: str
    state: OrderState
    status: str
    retirement: str | None = None
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Origin:
    """A retirement made on a chain: the transaction and the retirement's index in it."""

    chain_id: int
    transaction: bytes
    index: int


@dataclass(frozen=True)
class Proof:
    """Evidence of a retirement, read from the market. Amount in µgCO2e, time in Unix seconds.

    `origin` is None where the retirement was made in a registry's own books; `serials`, the text as the
    registry prints it, then is what names the retired units. `evidence` is the SHA-256 of the market's raw
    reply, or of its raw replies one after the other where the evidence takes two.
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
    origin: Origin | None
    url: str
    evidence: bytes
    not_told: tuple[str, ...] = ()

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
            "origin": _origin_as_json(self.origin),
            "url": self.url,
            "evidence": as_hex(self.evidence),
            "not_told": list(self.not_told),
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
            origin=_origin_from_json(origin) if origin is not None else None,
            evidence=word_bytes(value["evidence"]),
            not_told=tuple(value.get("not_told", ())),  # proofs stored before this field have none
        )


def _origin_as_json(origin: Origin | None) -> dict[str, Any] | None:
    if origin is None:
        return None
    return {
        "chain_id": origin.chain_id,
        "transaction": as_hex(origin.transaction),
        "index": origin.index,
    }


def _origin_from_json(value: dict[str, Any]) -> Origin:
    return Origin(value["chain_id"], word_bytes(value["transaction"]), value["index"])


class Offering(Protocol):
    """Where offers and prices come from: one market, or several behind one counter."""

    async def projects(self) -> tuple[Project, ...]:
        """Offers that can be bought now, cheapest first."""

    async def quote(self, source_id: str, amount_ug: int) -> Quote:
        """A price; raises UnknownSource or AmountNotOffered."""


class Market(Offering, Protocol):
    """A marketplace. Every method raises MarketUnavailable, and MarketRefused where the market says no."""

    @property
    def name(self) -> str:
        """The market's key, as a proof names it."""

    async def place(self, purchase: Purchase) -> Order:
        """Buy and retire, at most once per quote however often it is called.

        MarketRefused says that nothing was bought; after MarketUnavailable it may have been, and the same
        call again finds out.
        """

    async def poll(self, quote_reference: str) -> Order | None:
        """The order that consumed a quote, None if the market has none."""

    async def proof(self, reference: str) -> Proof:
        """The evidence by its public reference; raises ProofNotFound or ProofUnusable.

        A retirement that was reverted is ProofUnusable, with the status named.
        """
