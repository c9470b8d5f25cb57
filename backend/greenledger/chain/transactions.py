"""Transactions of the gateway's own account, and where they are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from greenledger.chain.fees import Fees


class Outcome(StrEnum):
    """What became of a transaction. Only `pending` may still change."""

    PENDING = "pending"
    DONE = "done"  # mined and succeeded, with all its confirmations
    REVERTED = "reverted"  # mined and failed, with all its confirmations: it changed nothing
    DISPLACED = "displaced"  # its nonce went to a transaction of somebody else with the same account's key


@dataclass(frozen=True)
class Call:
    """What a transaction does: checksummed address, calldata, wei."""

    to: str
    data: bytes
    value_wei: int = 0


@dataclass(frozen=True)
class Bid:
    """One signed form of a transaction, as it is broadcast (0x); `made_at` in Unix seconds."""

    hash: str
    raw: str
    fees: Fees
    made_at: int


@dataclass(frozen=True)
class Transaction:
    """All bids have the one nonce, so at most one of them is ever mined.

    `reason` says why it did not succeed; `mined_hash` and `block` where it was mined.
    """

    key: str
    nonce: int
    call: Call
    gas: int
    bids: tuple[Bid, ...]
    outcome: Outcome
    reason: str | None = None
    mined_hash: str | None = None
    block: int | None = None


@dataclass(frozen=True)
class Settled:
    """An outcome that is final, as in Transaction."""

    outcome: Outcome
    reason: str | None = None
    mined_hash: str | None = None
    block: int | None = None


Sign = Callable[[int], Bid]
"""Signs a transaction for a nonce."""


class TransactionStore(Protocol):
    """Transactions of one account on one chain. Each call is one transaction of the database."""

    async def find(self, key: str) -> Transaction | None:
        """What is stored under a key."""

    async def allot(self, key: str, call: Call, gas: int, least_nonce: int, sign: Sign) -> Transaction:
        """Give the key a nonce of its own, at least `least_nonce`, and store its first bid, all or nothing.

        Nobody else allots a nonce meanwhile. If the key has a transaction already, that one is given.
        """

    async def add_bid(self, transaction: Transaction, bid: Bid) -> bool:
        """Store a further bid. False if another process has added one meanwhile."""

    async def settle(self, transaction: Transaction, settled: Settled) -> None:
        """Store the outcome, unless it has one."""

    async def from_nonce(self, nonce: int) -> Sequence[Transaction]:
        """Those with this nonce or a higher one, the lowest first, some hundred at most."""
