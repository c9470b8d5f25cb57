"""What the client's calls about retirements return. Amounts are in ug CO2e, times in Unix seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from greenledger.client.reading import Answer
from greenledger.client.shapes import Planned, Sent


@dataclass(frozen=True, slots=True)
class Quote:
    """A firm price; `order_id` is the order that it is, waiting for its payment into the desk."""

    id: str
    order_id: str
    source_id: str
    project: str
    name: str
    registry: str
    vintage: int
    amount_ug: int
    cost_usd: str
    fee_usd: str
    price_usd_per_tonne: str
    expires_at: int
    ex_ante: bool
    desk_id: str
    desk: str
    order: Mapping[str, Any]  # the desk's struct
    seller_signature: str


@dataclass(frozen=True, slots=True)
class Order:
    """An order to retire credits, as the gateway has it now."""

    id: str
    state: str
    certificate: str | None
    waits_for: str | None
    ended: str | None
    error: str | None
    steps: tuple[tuple[str, int], ...]  # state, when
    amount_ug: int
    project: str
    document: Mapping[str, Any]

    @classmethod
    def of(cls, found: Answer) -> Self:
        error = found.inner_or_none("error")
        quote = found.inner("quote")
        return cls(
            id=found.text("id"),
            state=found.text("state"),
            certificate=found.text_or_none("certificate"),
            waits_for=found.text_or_none("waits_for"),
            ended=found.text_or_none("ended"),
            error=None if error is None else f"{error.text('code')}: {error.text('detail')}",
            steps=tuple((step.text("state"), step.whole("at")) for step in found.items("steps")),
            amount_ug=quote.whole("amount_ug"),
            project=quote.text("project"),
            document=found.value,
        )


@dataclass(frozen=True, slots=True)
class Paid:
    """An order opened at the desk; for a dry run with the transactions that were planned instead."""

    order_id: str
    transactions: tuple[Sent, ...]
    planned: tuple[Planned, ...] = ()


@dataclass(frozen=True, slots=True)
class Allocated:
    """Micrograms of a certificate assigned to an attestation, for good."""

    certificate: str
    attestation: str
    amount_ug: int
    transaction: Sent | None
    planned: Planned | None = None
