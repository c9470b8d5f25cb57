"""What can happen to an order: the causes of its transitions, each read from one place outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# From the chain. "Seen" has one confirmation, the others have all of them.


@dataclass(frozen=True)
class OpeningSeen:
    """The payer's money came into the desk, in a block that may still be taken back."""


@dataclass(frozen=True)
class OpeningUnseen:
    """That block is not on the chain any more."""


@dataclass(frozen=True)
class Opened:
    """The payer's money is in the desk for good."""


@dataclass(frozen=True)
class OpenedTakenBack:
    """A reorganisation deeper than the confirmations took the payment away."""


@dataclass(frozen=True)
class Fulfilled:
    """Somebody sent the report: certificate minted (0x, its id), seller paid."""

    certificate: str


@dataclass(frozen=True)
class FulfilledTakenBack:
    pass


@dataclass(frozen=True)
class Refunded:
    """The payer has the money back: by the seller (`declined`), or by anyone after the deadline."""

    declined: bool


@dataclass(frozen=True)
class RefundedTakenBack:
    pass


@dataclass(frozen=True)
class Allocated:
    """How much of the certificate is allocated now, µgCO2e, of how much."""

    allocated_ug: int
    amount_ug: int


@dataclass(frozen=True)
class Voided:
    """The council took the certificate back: 1 issued in error, 2 reversed by the registry."""

    reason: int


@dataclass(frozen=True)
class VoidedTakenBack:
    pass


# From reads of the chain, for orders without a desk.


@dataclass(frozen=True)
class MintSeen:
    """One of the order's reports is minted: all of them, that one last."""

    reports: list[dict[str, Any]]


@dataclass(frozen=True)
class MintUnseen:
    """None is, or not any more."""


# From the market.


@dataclass(frozen=True)
class Bought:
    """The market has an order under our reference."""


@dataclass(frozen=True)
class NotBought:
    """The market has none, will not make one, and the text says why; nothing was bought."""

    code: str
    detail: str


@dataclass(frozen=True)
class Requoted:
    """The market refused the first price and gives another one that is within the tolerance."""

    reference: str


@dataclass(frozen=True)
class Retired:
    """Evidence that fits the order, and where that of its further parts is if the market split it."""

    proof: Mapping[str, Any]
    further: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartCertified:
    """A further part has a certificate of its own (0x, its id)."""

    reference: str
    certificate: str


@dataclass(frozen=True)
class PartLost:
    """A further part can never have one, and the text says why."""

    reference: str
    problem: str


@dataclass(frozen=True)
class Spoiled:
    """What was bought can never become this order's certificate."""

    code: str
    detail: str


@dataclass(frozen=True)
class Reversed:
    """The registry took a retirement back that has its certificate."""

    detail: str


# From the council, the sender and the clock.


@dataclass(frozen=True)
class Cosigned:
    """Signatures of the council: {certificate, report, signatures, valid_until}."""

    entry: Mapping[str, Any]


@dataclass(frozen=True)
class ReportExpired:
    pass


@dataclass(frozen=True)
class SentInVain:
    """A transaction of ours was mined and changed nothing, or its nonce went elsewhere."""

    reason: str


@dataclass(frozen=True)
class QuoteExpired:
    """Nobody paid in time."""


Happening = (
    OpeningSeen
    | OpeningUnseen
    | Opened
    | OpenedTakenBack
    | Fulfilled
    | FulfilledTakenBack
    | Refunded
    | RefundedTakenBack
    | Allocated
    | Voided
    | VoidedTakenBack
    | MintSeen
    | MintUnseen
    | Bought
    | NotBought
    | Requoted
    | Retired
    | PartCertified
    | PartLost
    | Spoiled
    | Reversed
    | Cosigned
    | ReportExpired
    | SentInVain
    | QuoteExpired
)
