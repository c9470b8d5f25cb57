"""Why a proposal leaves something uncovered, in the buyer's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from greenledger.offsets.amounts import amount_text
from greenledger.offsets.market import Project
from greenledger.offsets.portfolio import PortfolioRule, Proposal, smallest_ug
from greenledger.offsets.project_filter import ProjectFilter, passing, unmet

WISHES = {
    "registry": "registry",
    "kind": "type",
    "country": "country",
    "methodology": "methodology",
    "vintage": "vintage",
    "price": "price",
    "available": "available amount",
    "removal": "removals",
    "labels": "labels",
    "ex_ante": "ex post only",
}


@dataclass(frozen=True)
class Shortfall:
    """A stable code and a sentence."""

    code: str
    detail: str


def shortfall(proposal: Proposal, offers: Sequence[Project], rule: PortfolioRule) -> Shortfall | None:
    """Why there is something left of a proposal made from these offers, None if there is not."""
    left_ug = sum(one.uncovered_ug for one in proposal.leftover)
    if left_ug == 0:
        return None
    if not offers:
        return Shortfall("no_offers", "No market offers anything that could be certified now.")
    fitting = passing(offers, rule.filter)
    if not fitting:
        return Shortfall("none_fits", _none_fits(offers, rule.filter))
    bought_ug = {order.offer.source_id: order.amount_ug for order in proposal.orders}
    rest_ug = [offer.available_ug - bought_ug.get(offer.source_id, 0) for offer in fitting]
    if all(rest < offer.step_ug for rest, offer in zip(rest_ug, fitting, strict=True)):
        detail = f"The {len(fitting)} offers that fit hold {amount_text(left_ug)} too little."
        return Shortfall("supply", detail)
    least_ug = min(smallest_ug(offer) for offer in fitting)
    detail = (
        f"{amount_text(left_ug)} fit no offer's smallest amount and step (the smallest is"
        f" {amount_text(least_ug)}) or what it still has. Rounding up covers them where one offer has enough."
    )
    return Shortfall("below_smallest", detail)


def _none_fits(offers: Sequence[Project], wanted: ProjectFilter) -> str:
    missed = Counter(name for offer in offers for name in unmet(offer, wanted))
    reasons = ", ".join(f"{WISHES[name]} ({count})" for name, count in missed.most_common())
    return f"None of {len(offers)} offers meets the rule. Not met by so many of them: {reasons}."
