"""A portfolio rule, from the wire to the account's attestations on chain, and back as orders to confirm."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from greenledger.api.followed import book_and_block
from greenledger.api.problems import Problem
from greenledger.api.schemas.portfolio import (
    LeftView,
    PortfolioBody,
    ProposalView,
    UncoveredView,
    WhyLeftView,
    proposed_order_view,
)
from greenledger.api.state import Gateway
from greenledger.chain.client import ChainClient
from greenledger.chain.records import Attestation
from greenledger.evidence.words import word_bytes
from greenledger.footprint.fields import FieldError
from greenledger.journal.ledger import LedgerBook
from greenledger.offsets.amounts import cents_to_usd
from greenledger.offsets.market import Project
from greenledger.offsets.markets import Listing
from greenledger.offsets.portfolio import PortfolioRule, Uncovered, propose, rule_text
from greenledger.offsets.shortfall import shortfall

MOST_ATTESTATIONS = 1_000  # of one account, read anew each time


async def proposed(state: Gateway, account: str, body: PortfolioBody, listing: Listing) -> ProposalView:
    """Orders for what the account's attestations still take. Raises Problem or ChainUnavailable."""
    rule = PortfolioRule(body.wishes.filter(), body.removals_first, body.round_up)
    book, followed_to = await book_and_block(state)
    wanted = await _chosen(book, account, body.attestations)
    found = await state.chain.attestations([word_bytes(one) for one in wanted])
    current = {one: what for one, what in zip(wanted, found, strict=True) if what and not what.superseded}
    uncovered = [Uncovered(one, account, _uncovered_ug(what)) for one, what in current.items()]
    offers = await _certifiable(listing.projects, state.chain)
    proposal = propose(uncovered, offers, rule)
    fees_cents = [_fee_cents(state, order.cost_cents) for order in proposal.orders]
    why = shortfall(proposal, offers, rule)
    return ProposalView(
        account=account,
        followed_to=followed_to,
        rule=rule_text(rule, len(current)),
        attestations=[_uncovered_view(one, what) for one, what in current.items()],
        uncovered_ug=str(sum(one.uncovered_ug for one in uncovered)),
        orders=[
            proposed_order_view(order, fee) for order, fee in zip(proposal.orders, fees_cents, strict=True)
        ],
        cost_usd=cents_to_usd(proposal.cost_cents),
        fee_usd=cents_to_usd(sum(fees_cents)),
        left=[
            LeftView(attestation=one.attestation, uncovered_ug=str(one.uncovered_ug))
            for one in proposal.leftover
        ],
        left_ug=str(sum(one.uncovered_ug for one in proposal.leftover)),
        why_left=WhyLeftView(code=why.code, detail=why.detail) if why else None,
        warnings=list(listing.warnings),
    )


async def _chosen(book: LedgerBook, account: str, named: Sequence[str] | None) -> Sequence[str]:
    """All attestations of the account, or those it named if they are its own; raises Problem."""
    if named is None:
        found = await book.attestations(account, MOST_ATTESTATIONS + 1)
        if len(found) > MOST_ATTESTATIONS:
            reason = FieldError("attestations", "is null", "up to 100 ids, since there are too many for all")
            detail = f"The account has more than {MOST_ATTESTATIONS} attestations: name those to cover."
            raise Problem(422, "too_many_attestations", detail, [reason])
        return found
    if len(set(named)) < len(named):
        reason = FieldError("attestations", "names one twice", "each id once")
        raise Problem(422, "invalid_request", "The request has fields that are not valid.", [reason])
    own = await book.own(account, named)
    for place, one in enumerate(named):
        if one not in own:
            reason = FieldError(f"attestations[{place}]", "is not one of yours", "an id on your account")
            raise Problem(404, "unknown_attestation", "There is no such attestation of yours.", [reason])
    return named


async def _certifiable(offers: tuple[Project, ...], chain: ChainClient) -> list[Project]:
    """Offers of registries that are switched on: nothing is proposed that a quote would refuse."""
    keys = sorted({offer.registry for offer in offers})
    found = await asyncio.gather(*(chain.registry(key) for key in keys))
    enabled = {key for key, registry in zip(keys, found, strict=True) if registry.enabled}
    return [offer for offer in offers if offer.registry in enabled]


def _fee_cents(state: Gateway, cost_cents: int) -> int:
    desk = state.offsets.desk if state.offsets else None
    return desk.fee_cents(cost_cents) if desk else 0


def _uncovered_ug(attestation: Attestation) -> int:
    # After a correction more may be covered than the high bound.
    return max(0, attestation.high_ug - attestation.covered_ug)


def _uncovered_view(identity: str, attestation: Attestation) -> UncoveredView:
    return UncoveredView(
        id=identity,
        high_ug=str(attestation.high_ug),
        covered_ug=str(attestation.covered_ug),
        uncovered_ug=str(_uncovered_ug(attestation)),
    )
