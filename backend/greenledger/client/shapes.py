"""What the client's calls return. Amounts are integers in the units of their names, times in Unix seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from greenledger.client.reading import Answer


@dataclass(frozen=True, slots=True)
class Bounds:
    """Carbon in ug CO2e: the true value is expected between low and high."""

    low_ug: int
    central_ug: int
    high_ug: int

    @classmethod
    def of(cls, found: Answer) -> Self:
        return cls(found.whole("low"), found.whole("central"), found.whole("high"))

    def as_json(self) -> dict[str, str]:
        """As decimal strings, by name."""
        return {name: str(value) for name, value in asdict(self).items()}

    def __add__(self, other: Bounds) -> Bounds:
        return Bounds(
            self.low_ug + other.low_ug, self.central_ug + other.central_ug, self.high_ug + other.high_ug
        )


NOTHING = Bounds(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A footprint; `document` is the whole estimate with every stage, default and warning."""

    total: Bounds
    energy_uwh: int  # central
    tier: int
    methodology: str
    document: Mapping[str, Any]

    @classmethod
    def of(cls, methodology: str, found: Answer) -> Self:
        total = Bounds.of(found.inner("total_ug"))
        energy_uwh = found.inner("energy_uwh").whole("central")
        return cls(total, energy_uwh, found.whole("tier"), methodology, found.value)


@dataclass(frozen=True, slots=True)
class Stated:
    """A workload as the gateway stored it. `is_new` is False where its event id was stated before."""

    id: str
    event_id: str | None
    workload: Mapping[str, Any]
    estimate: Estimate
    is_new: bool

    @classmethod
    def of(cls, found: Answer, *, is_new: bool) -> Self:
        estimate = Estimate.of(found.text("methodology"), found.inner("estimate"))
        event_id = found.text_or_none("event_id")
        return cls(found.text("id"), event_id, found.inner("workload").value, estimate, is_new)


@dataclass(frozen=True, slots=True)
class RejectedEntry:
    """One wrong field of an entry of a file; entry 0 is the file itself."""

    line: int
    entry: int
    field: str
    problem: str
    expected: str


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What became of a file. `duplicates` of the accepted were stated before and are not stored twice."""

    rows: int
    accepted: int
    rejected: int
    duplicates: int
    complete: bool
    ids: tuple[str, ...]
    rejections: tuple[RejectedEntry, ...]
    more_rejections: int

    @classmethod
    def of(cls, found: Answer) -> Self:
        rejections = tuple(
            RejectedEntry(
                item.whole("line"),
                item.whole("entry"),
                item.text("field"),
                item.text("reason"),
                item.text("expected"),
            )
            for item in found.items("rejections")
        )
        return cls(
            found.whole("rows"),
            found.whole("accepted"),
            found.whole("rejected"),
            found.whole("duplicates"),
            found.value.get("complete") is True,
            found.texts("ids"),
            rejections,
            found.whole("more_rejections"),
        )


@dataclass(frozen=True, slots=True)
class ToSend:
    """A transaction for a wallet: it carries no ether."""

    to: str
    data: str
    chain_id: int
    value: int = 0

    def as_json(self) -> dict[str, object]:
        return {"to": self.to, "data": self.data, "chain_id": self.chain_id, "value": str(self.value)}


@dataclass(frozen=True, slots=True)
class Report:
    """A report that the council signed. `document` is the whole answer, the report's struct inside it."""

    id: str
    account: str
    footprint: Bounds
    footprint_hash: str
    signatures: tuple[str, ...]
    valid_until: int
    workload_ids: tuple[str, ...]
    to_send: ToSend
    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """A transaction in a block."""

    hash: str
    block: int
    gas_used: int


@dataclass(frozen=True, slots=True)
class Planned:
    """A transaction that was simulated and not sent. `gas` is None where it could not be: another must be
    mined before.
    """

    to_send: ToSend
    sender: str
    gas: int | None
    max_fee_wei: int

    @property
    def most_wei(self) -> int | None:
        """The most that it may cost."""
        return None if self.gas is None else self.gas * self.max_fee_wei


@dataclass(frozen=True, slots=True)
class Recorded:
    """An attestation on chain. `transaction` is None where it was there already, or for a dry run."""

    report: Report
    transaction: Sent | None
    already: bool = False
    planned: Planned | None = None

    @property
    def id(self) -> str:
        return self.report.id


@dataclass(frozen=True, slots=True)
class Position:
    """An account's sums over its attestations that stand, from the chain. `covered_ug` of the high bound."""

    account: str
    chain_id: int
    ledger: str
    block: int
    attestations: int
    footprint: Bounds
    covered_ug: int

    @property
    def coverage_ppm(self) -> int | None:
        """Covered over the high bound in millionths; None where nothing is attested."""
        high = self.footprint.high_ug
        return None if high == 0 else self.covered_ug * 1_000_000 // high


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: int
    expires_at: int | None
    last_used_at: int | None
    revoked_at: int | None


@dataclass(frozen=True, slots=True)
class Config:
    """Where the chain and the contracts are, as the gateway tells."""

    chain_id: int
    chain_name: str
    rpc_url: str
    ledger: str
    credits: str
    desk: str | None
    payment_tokens: tuple[tuple[str, str, int], ...]  # address, symbol, decimals
    deployed_block: int
    explorer_url: str | None
