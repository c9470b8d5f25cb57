"""What the steps of an order work with: markets, chain, council, and the seller at the desk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from greenledger.chain.transactions import Call, Transaction
from greenledger.evidence.structs import SHARED_BLOCK
from greenledger.evidence.typed_data import Domain, RetirementReport, Source
from greenledger.offsets.market import Market
from greenledger.offsets.registry_book import RegistryBook

# A registry without an idempotency key may list late what it has retired. So long after we asked, an absence
# from its list proves that it did not.
LISTED_AFTER_S: Mapping[str, int] = {"isometric": 300}


class CertificateChain(RegistryBook, Protocol):
    """What a step asks the chain; raises ChainUnavailable or Reverted."""

    async def certificate(self, identity: int) -> object | None:
        """A certificate by id, None if it was never minted."""

    async def can_back(self, source: Source, amount_ug: int) -> bool:
        """Whether a source is free to back a certificate of so much."""

    async def hint_for(self, book: bytes, first: int) -> int:
        """What the contract wants to know about where a serial range belongs."""

    async def order_state(self, order: bytes) -> int:
        """State of an order at the desk: 0 unknown, 1 open, 2 fulfilled, 3 refunded."""

    async def latest_timestamp(self) -> int:
        """Unix seconds of the newest block."""


class Sends(Protocol):
    """The one sender of the seller's account; see greenledger.chain.sender."""

    async def send(self, key: str, call: Call) -> Transaction:
        """Stored and broadcast; the same key again sends nothing new."""

    async def outcome(self, key: str) -> Transaction | None:
        """As the chain has it now."""


CoSign = Callable[[RetirementReport, Mapping[str, object]], Awaitable[Sequence[bytes]]]
"""Council signatures for a report and where its proof is, ascending by signer; raises CoSigningFailed."""


class SharedParts(Protocol):
    """What council nodes see to where several retirements share a block of serials; see shared_blocks."""

    async def until(self, now: int) -> int:
        """To when a report of such a part is good; raises ChainUnavailable. Unix seconds."""

    async def certificate_of(self, report: RetirementReport) -> str | None:
        """The confirmed certificate of the same retirement; None if there is none, or of other sources."""


VALIDITY_S = 6 * 86_400  # of a report: the contracts allow 7 days; one is left for clocks that differ

Boundary = Callable[[str], None]
"""Told each place where a process may die, by name. Rehearsals kill there; nothing else listens."""


class NothingShared:
    """Where no node holds parts of shared blocks to a time, or looks for their certificates."""

    async def until(self, now: int) -> int:
        return now + VALIDITY_S

    async def certificate_of(self, report: RetirementReport) -> str | None:
        return None


def unmarked(_name: str) -> None:
    """The boundary of every ordinary process: nothing happens."""


@dataclass(frozen=True)
class Seller:
    """The desk and who sells at it."""

    desk: str
    sender: Sends


@dataclass(frozen=True)
class Rules:
    """Limits of an order's way. Seconds; the tolerance in millionths of the price."""

    price_tolerance_ppm: int = 20_000  # a second price may be so much higher; the seller bears the rest
    settle_s: int = 900  # a refusal after an uncertain request counts for good only so long after it
    open_grace_s: int = 3_600  # an unpaid quote is kept so long after it ran out, for late confirmations
    proof_tries: int = 12  # evidence that cannot be used is read again so often, for 20 minutes in all
    place_margin_s: int = 3_600  # nothing is bought that close to the deadline of the payment


@dataclass(frozen=True)
class Parts:
    """`domain` is the certificate contract's; without a `seller` no order of the desk is worked on."""

    markets: Mapping[str, Market]
    chain: CertificateChain
    domain: Domain
    cosign: CoSign
    seller: Seller | None = None
    rules: Rules = field(default=Rules())
    listed_after_s: Mapping[str, int] = field(default_factory=lambda: LISTED_AFTER_S)
    shared: SharedParts = field(default=NothingShared())

    async def report_until(self, source: Source, now: int) -> int:
        """To when a report made at `now` is good, Unix seconds; raises ChainUnavailable."""
        latest = max(await self.chain.latest_timestamp(), now)
        return await self.shared.until(latest) if source.kind == SHARED_BLOCK else latest + VALIDITY_S
