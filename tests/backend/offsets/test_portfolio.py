"""The portfolio rule proposes orders and never more than is uncovered, offered, or affordable."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from offer_strategies import offer, offers

from greenledger.offsets.market import Project
from greenledger.offsets.portfolio import (
    LEAST_UG,
    PortfolioRule,
    Proposal,
    Uncovered,
    propose,
)
from greenledger.offsets.project_filter import ProjectFilter

GRAM, KILOGRAM, TONNE = 10**6, 10**9, 10**12
AT_MOST_40 = PortfolioRule(ProjectFilter(max_price_usd_per_tonne=Decimal(40)))
ROUNDED = PortfolioRule(ProjectFilter(max_price_usd_per_tonne=Decimal(40)), round_up=True)
AMOUNTS = st.lists(st.integers(0, 2 * TONNE) | st.integers(0, 3 * GRAM), max_size=5)


def waiting(*amounts_ug: int) -> list[Uncovered]:
    return [Uncovered(f"0x{index:064x}", "0xabc", amount) for index, amount in enumerate(amounts_ug)]


def bought(proposal: Proposal) -> list[tuple[str, int]]:
    return [(order.offer.source_id, order.amount_ug) for order in proposal.orders]


@settings(deadline=None)
@given(AMOUNTS, offers())
def test_proposal__of_any_offers__never_covers_more_than_is_uncovered(
    amounts_ug: list[int], found: list[Project]
) -> None:
    proposal = propose(waiting(*amounts_ug), found, AT_MOST_40)
    ordered_ug = sum(order.amount_ug for order in proposal.orders)
    assert ordered_ug + sum(one.uncovered_ug for one in proposal.leftover) == sum(amounts_ug)
    assert all(order.surplus_ug == 0 for order in proposal.orders)


@settings(deadline=None)
@given(AMOUNTS, offers(), st.sampled_from([AT_MOST_40, ROUNDED]))
def test_proposal__of_any_offers__keeps_each_offers_bounds_and_the_price_cap(
    amounts_ug: list[int], found: list[Project], rule: PortfolioRule
) -> None:
    for order in propose(waiting(*amounts_ug), found, rule).orders:
        assert max(LEAST_UG, order.offer.minimum_ug) <= order.amount_ug <= order.offer.available_ug
        assert order.amount_ug % order.offer.step_ug == 0
        assert order.offer.price_usd_per_tonne <= 40
        assert not order.offer.ex_ante
        exact_cents = order.offer.price_usd_per_tonne * order.amount_ug / 10**10
        assert 0 <= order.cost_cents - exact_cents < 1


@settings(deadline=None)
@given(AMOUNTS, offers(), st.sampled_from([AT_MOST_40, ROUNDED]))
def test_proposal__of_any_offers__gives_each_attestation_what_it_takes_and_no_more(
    amounts_ug: list[int], found: list[Project], rule: PortfolioRule
) -> None:
    uncovered = waiting(*amounts_ug)
    proposal = propose(uncovered, found, rule)
    for one in uncovered:
        given_ug = sum(
            part.amount_ug
            for order in proposal.orders
            for part in order.parts
            if part.attestation == one.attestation
        )
        left_ug = sum(left.uncovered_ug for left in proposal.leftover if left.attestation == one.attestation)
        assert given_ug + left_ug == one.uncovered_ug
    for order in proposal.orders:
        assert sum(part.amount_ug for part in order.parts) + order.surplus_ug == order.amount_ug
        assert order.parts, "an order that covers nothing"


@settings(deadline=None)
@given(AMOUNTS, offers())
def test_proposal__with_removals_first__uses_them_up_before_any_avoidance(
    amounts_ug: list[int], found: list[Project]
) -> None:
    proposal = propose(waiting(*amounts_ug), found, AT_MOST_40)
    others = [order for order in proposal.orders if order.offer.removal is not True]
    if not others:
        return
    amounts = dict(bought(proposal))
    first_other = proposal.orders.index(others[0])
    assert all(order.offer.removal is True for order in proposal.orders[:first_other])
    still_ug = sum(amounts_ug) - sum(order.amount_ug for order in proposal.orders[:first_other])
    for removal in found:
        if removal.removal is True and not removal.ex_ante and removal.price_usd_per_tonne <= 40:
            more_ug = min(removal.available_ug - amounts.get(removal.source_id, 0), still_ug)
            least_ug = 0 if removal.source_id in amounts else max(LEAST_UG, removal.minimum_ug)
            assert more_ug < max(least_ug, removal.step_ug), "a removal could still have been bought"


@settings(deadline=None)
@given(AMOUNTS, offers(), st.randoms())
def test_proposal__with_offers_in_another_order__is_the_same(
    amounts_ug: list[int], found: list[Project], chance: st.DataObject
) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    for rule in (AT_MOST_40, ROUNDED):
        assert propose(waiting(*amounts_ug), found, rule) == propose(waiting(*amounts_ug), shuffled, rule)


@settings(deadline=None)
@given(AMOUNTS, offers())
def test_proposal__rounded_up__has_one_surplus_at_most_and_less_left(
    amounts_ug: list[int], found: list[Project]
) -> None:
    plain, rounded = (propose(waiting(*amounts_ug), found, rule) for rule in (AT_MOST_40, ROUNDED))
    assert sum(order.surplus_ug > 0 for order in rounded.orders) <= 1
    assert rounded.leftover in ((), plain.leftover)


def test_proposal__for_several_attestations__fills_them_in_order_from_removals_first() -> None:
    found = [
        offer(source_id="wind", price_usd_per_tonne=Decimal(5), removal=False),
        offer(source_id="biochar", price_usd_per_tonne=Decimal(39), removal=True, available_ug=2 * TONNE),
        offer(source_id="dac", price_usd_per_tonne=Decimal(600), removal=True),
    ]
    proposal = propose(waiting(TONNE, 0, 3 * TONNE), found, AT_MOST_40)
    assert bought(proposal) == [("biochar", 2 * TONNE), ("wind", 2 * TONNE)]
    assert [part.amount_ug for part in proposal.orders[0].parts] == [TONNE, TONNE]
    assert proposal.leftover == ()
    assert proposal.cost_cents == 78_00 + 10_00


def test_proposal__below_a_minimum__leaves_the_rest_and_says_so() -> None:
    proposal = propose(waiting(300 * GRAM), [offer(minimum_ug=KILOGRAM)], AT_MOST_40)
    assert proposal.orders == ()
    assert proposal.leftover == tuple(waiting(300 * GRAM))


def test_proposal__of_small_amounts_that_meet_a_minimum_together__is_one_order() -> None:
    proposal = propose(waiting(*[300 * GRAM] * 4), [offer(minimum_ug=KILOGRAM)], AT_MOST_40)
    assert bought(proposal) == [("listing-1", 1200 * GRAM)]
    assert len(proposal.orders[0].parts) == 4


def test_proposal__rounded_up_to_a_minimum__says_the_surplus() -> None:
    (order,) = propose(waiting(300 * GRAM), [offer(minimum_ug=KILOGRAM)], ROUNDED).orders
    assert (order.amount_ug, order.surplus_ug) == (KILOGRAM, 700 * GRAM)
    assert [part.amount_ug for part in order.parts] == [300 * GRAM]


def test_proposal__rounded_up_to_a_step__raises_the_order_it_has() -> None:
    found = [offer(step_ug=KILOGRAM), offer(source_id="other", minimum_ug=TONNE)]
    (order,) = propose(waiting(1500 * GRAM), found, ROUNDED).orders
    assert (order.offer.source_id, order.amount_ug, order.surplus_ug) == (
        "listing-1",
        2 * KILOGRAM,
        500 * GRAM,
    )


def test_proposal__rounded_up__takes_the_way_that_costs_least() -> None:
    found = [
        offer(source_id="dear removal", removal=True, minimum_ug=TONNE, price_usd_per_tonne=Decimal(30)),
        offer(source_id="small", removal=False, minimum_ug=KILOGRAM, price_usd_per_tonne=Decimal(40)),
    ]
    assert bought(propose(waiting(2 * GRAM), found, ROUNDED)) == [("small", KILOGRAM)]


def test_proposal__of_one_gram__is_an_order_and_of_less_is_none() -> None:
    found = [offer(minimum_ug=0)]
    assert bought(propose(waiting(GRAM), found, AT_MOST_40)) == [("listing-1", GRAM)]
    assert propose(waiting(GRAM - 1), found, AT_MOST_40).orders == ()


@pytest.mark.parametrize(
    ("uncovered", "found", "message"),
    [
        (waiting(-1), [], "uncovered_ug: found -1"),
        (waiting(1) + waiting(1), [], "an attestation twice"),
        ([], [offer(), offer()], "a source id twice"),
        ([], [offer(step_ug=0)], "step_ug: found 0"),
    ],
)
def test_proposal__of_contradictory_input__is_refused(
    uncovered: list[Uncovered], found: list[Project], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        propose(uncovered, found, AT_MOST_40)
