"""What a proposal leaves uncovered has a reason, and what it covers has none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from offer_strategies import offer

from greenledger.offsets.claims import claims_in
from greenledger.offsets.labels import Quality
from greenledger.offsets.market import Project
from greenledger.offsets.portfolio import PortfolioRule, Uncovered, propose, rule_text
from greenledger.offsets.project_filter import ProjectFilter
from greenledger.offsets.shortfall import Shortfall, shortfall

GRAM, KILOGRAM, TONNE = 10**6, 10**9, 10**12
ANY = PortfolioRule()
CHEAP = PortfolioRule(ProjectFilter(max_price_usd_per_tonne=Decimal(1)))


def why(amount_ug: int, offers: list[Project], rule: PortfolioRule = ANY) -> Shortfall | None:
    return shortfall(propose([Uncovered("0x1", "0xabc", amount_ug)], offers, rule), offers, rule)


def test_shortfall__of_a_proposal_that_covers_all__is_none() -> None:
    assert why(TONNE, [offer()]) is None


@pytest.mark.parametrize(
    ("amount_ug", "offers", "rule", "code", "text"),
    [
        (TONNE, [], ANY, "no_offers", "offers anything"),
        (TONNE, [offer()], PortfolioRule(ProjectFilter(removal=True)), "none_fits", "removals (1)"),
        (TONNE, [offer()], CHEAP, "none_fits", "price (1)"),
        (9 * TONNE, [offer()], ANY, "supply", "4 t too little"),
        (KILOGRAM - 1, [offer(minimum_ug=KILOGRAM)], ANY, "below_smallest", "smallest is 1 kg"),
        (TONNE + 5, [offer(step_ug=GRAM)], ANY, "below_smallest", "5 µg fit no"),
    ],
)
def test_shortfall__of_what_is_left__says_why(
    amount_ug: int, offers: list[Project], rule: PortfolioRule, code: str, text: str
) -> None:
    found = why(amount_ug, offers, rule)
    assert found is not None and found.code == code and text in found.detail
    assert claims_in(found.detail) == ()


def test_rule_text__of_every_wish__names_it() -> None:
    wanted = ProjectFilter(
        registries=frozenset({"verra"}),
        labels=frozenset({Quality.CCP}),
        vintage_from=2020,
        max_price_usd_per_tonne=Decimal(40),
    )
    assert rule_text(PortfolioRule(wanted, round_up=True), 3) == (
        "cover 3 attestations at the high bound, removals first, at most 40 USD/t, registry: verra,"
        " labels: CCP, vintage 2020 to any, rounded up where needed"
    )
