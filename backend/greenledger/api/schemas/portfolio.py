"""A portfolio rule and its proposal over the wire. Amounts in µgCO2e and money are decimal strings."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from greenledger.api.schemas.projects import ProjectWishes
from greenledger.api.schemas.words import Body, View, Word
from greenledger.offsets.amounts import cents_to_usd
from greenledger.offsets.portfolio import ProposedOrder

AttestationId = Annotated[Word, AfterValidator(str.lower)]


class PortfolioWishes(ProjectWishes):
    """The same as of offers, but without those ex ante unless they are asked for."""

    ex_post_only: bool = True


class PortfolioBody(Body):
    """`attestations` names some of the account's own, in the order to cover them; null is all of them.

    `round_up` lets what is left below every smallest amount be covered by more than is needed.
    """

    attestations: Annotated[list[AttestationId], Field(min_length=1, max_length=100)] | None = None
    wishes: PortfolioWishes = PortfolioWishes()
    removals_first: bool = True
    round_up: bool = False


class UncoveredView(View):
    id: str  # 0x, of the attestation
    high_ug: str
    covered_ug: str
    uncovered_ug: str


class PartView(View):
    attestation: str
    account: str
    amount_ug: str


class ProposedOrderView(View):
    """For `POST /v1/quotes`, which gives the firm price; this one may have moved until then."""

    source_id: str
    market: str
    project: str
    name: str
    registry: str
    vintage: int
    removal: bool | None
    price_usd_per_tonne: str
    amount_ug: str
    cost_usd: str
    fee_usd: str  # the seller's own, on top
    surplus_ug: str  # beyond the parts; it stays unallocated on the certificate
    parts: list[PartView]


class LeftView(View):
    attestation: str
    uncovered_ug: str


class WhyLeftView(View):
    code: str
    detail: str


class ProposalView(View):
    """Orders to confirm one by one. Nothing is bought, and nothing is kept of this."""

    account: str
    followed_to: int  # the last block in which attestations were looked for
    rule: str  # in words
    attestations: list[UncoveredView]  # coverage as the ledger has it now
    uncovered_ug: str
    orders: list[ProposedOrderView]
    cost_usd: str
    fee_usd: str
    left: list[LeftView]
    left_ug: str
    why_left: WhyLeftView | None
    warnings: list[str]


def proposed_order_view(order: ProposedOrder, fee_cents: int) -> ProposedOrderView:
    offer = order.offer
    return ProposedOrderView(
        source_id=offer.source_id,
        market=offer.market,
        project=offer.project,
        name=offer.name,
        registry=offer.registry,
        vintage=offer.vintage,
        removal=offer.removal,
        price_usd_per_tonne=format(offer.price_usd_per_tonne, "f"),
        amount_ug=str(order.amount_ug),
        cost_usd=cents_to_usd(order.cost_cents),
        fee_usd=cents_to_usd(fee_cents),
        surplus_ug=str(order.surplus_ug),
        parts=[
            PartView(attestation=part.attestation, account=part.account, amount_ug=str(part.amount_ug))
            for part in order.parts
        ],
    )
