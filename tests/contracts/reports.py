"""Reports that a council would sign, each field changeable by name."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from eth_account.signers.local import LocalAccount
from signing import Domain, sign

ZERO = bytes(32)
METHODOLOGY = b"\x11" * 32
REGISTRY = b"icr".ljust(32, b"\0")
SERIAL_RANGE = 1
ON_CHAIN_ORIGIN = 2
SHARED_BLOCK = 3
RETIRED_BY_ADAPTER = 4
ISSUED_IN_ERROR = 1
REVERSED = 2
NOBODY = "0x" + "00" * 20
TONNE_UG = 10**12
DAY_S = 86_400

_fresh = count(1)


def fresh_word() -> bytes:
    """32 bytes no other call of this run gave."""
    return next(_fresh).to_bytes(2).rjust(32, b"\x77")


@dataclass(frozen=True)
class Signed:
    """A report with its EIP-712 digest and the council's signatures over it."""

    report: dict[str, Any]
    digest: bytes
    signatures: list[bytes]
    footprint_hash: bytes = ZERO

    @property
    def token_id(self) -> int:
        """The digest as ERC-721 knows it."""
        return int.from_bytes(self.digest)


@dataclass(frozen=True)
class Footprints:
    """Makes footprint reports for one ledger."""

    domain: Domain
    keys: list[LocalAccount]

    def make(self, account: Any, now: int, **changes: Any) -> Signed:
        """A report of `account` that is valid for an hour after `now`, with `changes` to its footprint."""
        footprint = {
            "root": fresh_word(),
            "count": 1,
            "methodology": METHODOLOGY,
            "period_start": now - 3 * DAY_S,
            "period_end": now - DAY_S,
            "energy_uwh": 433_196_000_000_000,
            "low_ug": 20 * TONNE_UG,
            "central_ug": 24 * TONNE_UG,
            "high_ug": 31 * TONNE_UG,
            "market_ug": 9 * TONNE_UG,
            "embodied_ug": 2 * TONNE_UG,
            "water_ul": 77_000_000_000,
            "tier": 3,
            "supersedes": ZERO,
            "valid_until": now + 3600,
        } | changes
        return self.sign(str(account), footprint)

    def sign(self, account: str, footprint: dict[str, Any]) -> Signed:
        """The report of a whole footprint."""
        report = {"account": account, "footprint": footprint}
        digest = self.domain.digest("FootprintReport", report)
        return Signed(
            report, digest, sign(digest, self.keys), self.domain.struct_hash("Footprint", footprint)
        )

    def consent(self, signed: Signed, key: LocalAccount) -> bytes:
        """Consent of an account to be recorded by somebody else."""
        return sign(self.domain.digest("RecordConsent", {"report": signed.report}), [key])[0]


@dataclass(frozen=True)
class Retirements:
    """Makes retirement reports for one certificates contract."""

    domain: Domain
    keys: list[LocalAccount]

    def make(
        self,
        holder: Any,
        now: int,
        source: dict[str, Any] | None = None,
        minter: Any = NOBODY,
        order: bytes = ZERO,
        **changes: Any,
    ) -> Signed:
        """A report for `holder` that is valid for an hour after `now`, with `changes` to its retirement."""
        retirement = {
            "registry": REGISTRY,
            "project": "ICR-123",
            "vintage": 2021,
            "amount_ug": 5 * TONNE_UG,
            "beneficiary": "Example Labs GmbH",
            "serials": "ICR-123-2021-0001000-0001004",
            "retired_at": now - DAY_S,
            "evidence": b"\x33" * 32,
            "valid_until": now + 3600,
        } | changes
        report = {
            "holder": str(holder),
            "minter": str(minter),
            "order": order,
            "retirement": retirement,
            "source": source or on_chain_origin(),
        }
        digest = self.domain.digest("RetirementReport", report)
        return Signed(report, digest, sign(digest, self.keys))


@dataclass(frozen=True)
class Corrections:
    """Makes the council's reports about certificates that exist."""

    domain: Domain
    keys: list[LocalAccount]

    def void(self, certificate: int, now: int, **changes: Any) -> Signed:
        """A report that `certificate` was issued in error, valid for an hour after `now`, with `changes`."""
        report = {
            "certificate": certificate,
            "reason": ISSUED_IN_ERROR,
            "evidence": b"\x44" * 32,
            "valid_until": now + 3600,
        } | changes
        return self._sign("VoidReport", report)

    def rebind(self, certificate: int, holder: Any, to: Any, now: int, **changes: Any) -> Signed:
        """A report that `to` is the beneficiary's too, valid for an hour after `now`, with `changes`."""
        report = {
            "certificate": certificate,
            "holder": str(holder),
            "to": str(to),
            "evidence": b"\x44" * 32,
            "valid_until": now + 3600,
        } | changes
        return self._sign("RebindReport", report)

    def _sign(self, primary_type: str, report: dict[str, Any]) -> Signed:
        digest = self.domain.digest(primary_type, report)
        return Signed(report, digest, sign(digest, self.keys))


@dataclass(frozen=True)
class Quote:
    """An order with its id and its seller's signature over it."""

    order: dict[str, Any]
    id: bytes
    signature: bytes


@dataclass(frozen=True)
class Orders:
    """Makes orders for one desk, signed by one seller."""

    domain: Domain
    seller: LocalAccount

    def make(self, payer: Any, token: Any, now: int, **changes: Any) -> Quote:
        """An order of `payer`, to open within an hour and fulfil within a day of `now`, with `changes`."""
        order = {
            "seller": self.seller.address,
            "payer": str(payer),
            "holder": str(payer),
            "token": str(token),
            "price": 100_000_000,
            "amount_ug": 5 * TONNE_UG,
            "min_ug": TONNE_UG,
            "registry": REGISTRY,
            "project": "ICR-123",
            "vintage": 2021,
            "beneficiary": "Example Labs GmbH",
            "quote_until": now + 3600,
            "deadline": now + DAY_S,
            "salt": fresh_word(),
        } | changes
        id = self.domain.digest("Order", order)
        return Quote(order, id, sign(id, [self.seller])[0])

    def retirement(self, retirements: Retirements, quote: Quote, now: int, **changes: Any) -> Signed:
        """The report of the retirement that was ordered, with `changes` to it."""
        order = quote.order
        ordered = {name: order[name] for name in ("registry", "project", "amount_ug", "beneficiary")}
        ordered["vintage"] = order["vintage"] or 2021
        fixed = {"minter": self.domain.contract, "order": quote.id, "holder": order["holder"]}
        return retirements.make(now=now, **fixed | ordered | changes)


def on_chain_origin(**changes: Any) -> dict[str, Any]:
    """A source that is a transaction of a chain (first: chain id, last: index in it)."""
    return {"kind": ON_CHAIN_ORIGIN, "book": fresh_word(), "first": 137, "last": 0} | changes


def serial_range(first: int, last: int, book: bytes = b"\x55" * 32) -> dict[str, Any]:
    """A source that is a range of a registry's serial numbers, both ends included."""
    return {"kind": SERIAL_RANGE, "book": book, "first": first, "last": last}


def shared_block(first: int, last: int, book: bytes = b"\x55" * 32) -> dict[str, Any]:
    """A source that is part of a block of serial numbers which several certificates share."""
    return {"kind": SHARED_BLOCK, "book": book, "first": first, "last": last}
