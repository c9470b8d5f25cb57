"""What the contracts ought to hold, in plain Python: the model that the state machine compares them with."""

from __future__ import annotations

from dataclasses import dataclass, field

from eth_abi import encode
from eth_utils import keccak
from reports import Signed

MAX_UG = 2**72 - 1


@dataclass(eq=False)
class Line:
    """An attestation and all its corrections."""

    account: str
    current: Signed
    low_ug: int
    high_ug: int
    covered_ug: int = 0
    superseded: list[Signed] = field(default_factory=list)


@dataclass(frozen=True)
class Allocation:
    """Part of a certificate, assigned to the attestation that a line ended with at that time."""

    line: Line
    attestation: bytes
    account: str
    amount_ug: int

    @property
    def argument(self) -> tuple[bytes, str, int]:
        return self.attestation, self.account, self.amount_ug


@dataclass(eq=False)
class Held:
    """A certificate."""

    holder: str
    signed: Signed
    amount_ug: int
    retirement_hash: bytes
    allocations: list[Allocation] = field(default_factory=list)
    reason: int = 0
    released: bool = False

    @property
    def token_id(self) -> int:
        return self.signed.token_id

    @property
    def allocated_ug(self) -> int:
        return sum(allocation.amount_ug for allocation in self.allocations)

    @property
    def left_ug(self) -> int:
        return self.amount_ug - self.allocated_ug

    def chain(self, length: int | None = None) -> bytes:
        """Hash over the first `length` allocations, or over all."""
        word = bytes(32)
        for allocation in self.allocations[:length]:
            link = keccak(encode(["bytes32", "bytes32", "address", "uint72"], [word, *allocation.argument]))
            word = link[:23] + bytes(9)
        return word


@dataclass(eq=False)
class Opened:
    """An order of the desk."""

    order: dict[str, object]
    id: bytes
    price: int
    amount_ug: int
    min_ug: int
    deadline: int
    state: int = 1


@dataclass
class Ledger:
    """Everything that was recorded."""

    lines: list[Line] = field(default_factory=list)
    certificates: list[Held] = field(default_factory=list)
    orders: list[Opened] = field(default_factory=list)
    serials: dict[int, Held] = field(default_factory=dict)
    blocks: dict[tuple[int, int], int] = field(default_factory=dict)

    def totals(self, account: str) -> tuple[int, int, int, int]:
        """Low, high, covered and count of an account."""
        own = [line for line in self.lines if line.account == account]
        return (
            sum(line.low_ug for line in own),
            sum(line.high_ug for line in own),
            sum(line.covered_ug for line in own),
            len(own),
        )

    def reason_to_refuse(self, held: Held, line: Line, amount_ug: int) -> str | None:
        """Why an allocation must be refused; None if it must be accepted."""
        if held.reason:
            return "credits: certificate is void"
        if amount_ug == 0:
            return "credits: amount must be at least 1 ug"
        if amount_ug > held.left_ug:
            return "credits: more than the certificate has left"
        if line.covered_ug + amount_ug > line.high_ug:
            return "ledger: coverage would pass the high bound"
        if self.totals(line.account)[2] + amount_ug > MAX_UG:
            return "ledger: account total is too large"
        return None

    def hint(self, first: int) -> int:
        """First serial of the nearest claimed range that starts at or below `first`, 0 if there is none."""
        starts = {held.signed.report["source"]["first"] for held in self.serials.values()}
        starts |= {start for start, _ in self.blocks}
        return max((start for start in starts if start <= first), default=0)

    def is_free(self, first: int, last: int) -> bool:
        blocked = any(start <= last and first <= end for start, end in self.blocks)
        return not blocked and not any(first <= serial <= last for serial in self.serials)
