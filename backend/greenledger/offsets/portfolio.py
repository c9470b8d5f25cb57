"""The portfolio rule: from what is not covered yet to orders that the buyer confirms one by one.

Nothing is bought here. The same input gives the same orders, in the order in which they should be placed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal

from greenledger.offsets.amounts import ug_to_tonnes, usd_to_cents
from greenledger.offsets.labels import TITLES
from greenledger.offsets.market import Project
from greenledger.offsets.project_filter import ProjectFilter, passing

LEAST_UG = 10**6  # one gram
_EXACT = Context(prec=120)


@dataclass(frozen=True)
class Uncovered:
    """What an attestation still takes: its high bound less what is allocated to it, µgCO2e."""

    attestation: str
    account: str
    uncovered_ug: int


@dataclass(frozen=True)
class PortfolioRule:
    """Which offers may be bought, and in what order.

    `round_up` allows what is left below every market's minimum or step to be covered by more than is needed,
    where that costs least, be it a removal or not; the surplus stays unallocated on the certificate.
    """

    filter: ProjectFilter = field(default_factory=ProjectFilter)
    removals_first: bool = True
    round_up: bool = False


@dataclass(frozen=True)
class Part:
    """How much of an order is meant for which attestation, µgCO2e."""

    attestation: str
    account: str
    amount_ug: int


@dataclass(frozen=True)
class ProposedOrder:
    """An order to confirm: µgCO2e from one gram up; its cost in USD cents, rounded up, before a firm quote.

    `surplus_ug` is what it buys beyond `parts`; 0 unless the rule may round up.
    """

    offer: Project
    amount_ug: int
    cost_cents: int
    parts: tuple[Part, ...]
    surplus_ug: int


@dataclass(frozen=True)
class Proposal:
    """Orders in the order to place them, and what would stay uncovered after them, µgCO2e."""

    orders: tuple[ProposedOrder, ...]
    leftover: tuple[Uncovered, ...]

    @property
    def cost_cents(self) -> int:
        """All orders together, USD cents, before firm quotes."""
        return sum(order.cost_cents for order in self.orders)


def propose(uncovered: Sequence[Uncovered], offers: Sequence[Project], rule: PortfolioRule) -> Proposal:
    """Covers `uncovered` in the order given from the offers that pass: removals first if asked, then cheap.

    Raises ValueError for a negative amount, a step below 1, or a name given twice.
    """
    _check(uncovered, offers)
    wanted_ug = sum(one.uncovered_ug for one in uncovered)
    ranked = sorted(passing(offers, rule.filter), key=lambda offer: _rank(offer, rule))
    bought_ug: dict[str, int] = {}
    for offer in ranked:
        if amount_ug := _fitting_ug(offer, wanted_ug):
            bought_ug[offer.source_id] = amount_ug
            wanted_ug -= amount_ug
    if rule.round_up and wanted_ug > 0:
        bought_ug |= _rounded_up(ranked, bought_ug, wanted_ug)
    left = [one for one in uncovered if one.uncovered_ug > 0]
    orders: list[ProposedOrder] = []
    for offer in ranked:
        if offer.source_id in bought_ug:
            parts, left = _assign(left, bought_ug[offer.source_id])
            orders.append(_order(offer, bought_ug[offer.source_id], parts))
    return Proposal(tuple(orders), tuple(left))


def rule_text(rule: PortfolioRule, attestations: int) -> str:
    """The rule as the buyer confirms it."""
    wanted = rule.filter
    parts = [f"cover {attestations} attestations at the high bound"]
    parts += ["removals only"] if wanted.removal else ["removals first"] if rule.removals_first else []
    parts += ["avoided emissions only"] if wanted.removal is False else []
    price = wanted.max_price_usd_per_tonne
    parts += [] if price is None else [f"at most {price:f} USD/t"]
    parts += [f"{name}: {', '.join(sorted(words))}" for name, words in _texts(wanted).items() if words]
    years = (wanted.vintage_from, wanted.vintage_to)
    parts += [f"vintage {years[0] or 'any'} to {years[1] or 'any'}"] if any(years) else []
    parts += ["also ex ante"] if wanted.with_ex_ante else []
    parts += ["rounded up where needed"] if rule.round_up else []
    return ", ".join(parts)


def _texts(wanted: ProjectFilter) -> dict[str, list[str]]:
    return {
        "registry": list(wanted.registries),
        "type": list(wanted.kinds),
        "country": list(wanted.countries),
        "methodology": list(wanted.methodologies),
        "labels": [TITLES[quality] for quality in wanted.labels],
    }


def _check(uncovered: Sequence[Uncovered], offers: Sequence[Project]) -> None:
    for one in uncovered:
        if one.uncovered_ug < 0:
            raise ValueError(f"uncovered_ug: found {one.uncovered_ug}, expected 0 or more")
    if len({one.attestation for one in uncovered}) < len(uncovered):
        raise ValueError("uncovered: found an attestation twice, expected each once")
    if steps := [offer.step_ug for offer in offers if offer.step_ug < 1]:
        raise ValueError(f"step_ug: found {steps[0]}, expected 1 or more")
    if len({offer.source_id for offer in offers}) < len(offers):
        raise ValueError("offers: found a source id twice, expected each once")


def _rank(offer: Project, rule: PortfolioRule) -> tuple[bool, Decimal, str]:
    return (rule.removals_first and offer.removal is not True, offer.price_usd_per_tonne, offer.source_id)


def _fitting_ug(offer: Project, wanted_ug: int) -> int:
    """The most that an offer sells without going beyond `wanted_ug`, 0 if its minimum is above that."""
    amount_ug = _down(min(offer.available_ug, wanted_ug), offer.step_ug)
    return amount_ug if amount_ug >= smallest_ug(offer) else 0


def _rounded_up(ranked: Sequence[Project], bought_ug: dict[str, int], wanted_ug: int) -> dict[str, int]:
    """The cheapest way to buy at least `wanted_ug` more from one offer: its new amount, or nothing."""
    ways: list[tuple[int, int, str, int]] = []
    for place, offer in enumerate(ranked):
        before_ug = bought_ug.get(offer.source_id, 0)
        amount_ug = max(smallest_ug(offer), _up(before_ug + wanted_ug, offer.step_ug))
        if amount_ug <= offer.available_ug:
            more_cents = _cents(offer, amount_ug) - _cents(offer, before_ug)
            ways.append((more_cents, place, offer.source_id, amount_ug))
    return {source_id: amount_ug for _, _, source_id, amount_ug in sorted(ways)[:1]}


def smallest_ug(offer: Project) -> int:
    """The least that can be ordered of an offer, µgCO2e: one gram or its minimum, up to a whole step."""
    return _up(max(LEAST_UG, offer.minimum_ug), offer.step_ug)


def _cents(offer: Project, amount_ug: int) -> int:
    return usd_to_cents(_EXACT.multiply(offer.price_usd_per_tonne, ug_to_tonnes(amount_ug)))


def _assign(left: Sequence[Uncovered], amount_ug: int) -> tuple[tuple[Part, ...], list[Uncovered]]:
    parts: list[Part] = []
    still: list[Uncovered] = []
    for one in left:
        taken_ug = min(amount_ug, one.uncovered_ug)
        amount_ug -= taken_ug
        if taken_ug:
            parts.append(Part(one.attestation, one.account, taken_ug))
        if taken_ug < one.uncovered_ug:
            still.append(Uncovered(one.attestation, one.account, one.uncovered_ug - taken_ug))
    return tuple(parts), still


def _order(offer: Project, amount_ug: int, parts: tuple[Part, ...]) -> ProposedOrder:
    covered_ug = sum(part.amount_ug for part in parts)
    return ProposedOrder(offer, amount_ug, _cents(offer, amount_ug), parts, amount_ug - covered_ug)


def _down(value_ug: int, step_ug: int) -> int:
    return value_ug // step_ug * step_ug


def _up(value_ug: int, step_ug: int) -> int:
    return -(-value_ug // step_ug) * step_ug
