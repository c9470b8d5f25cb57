"""An offer passes a filter only if the market says what the buyer asks for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from offer_strategies import OFFER, offer

from greenledger.offsets.labels import Quality
from greenledger.offsets.market import Label
from greenledger.offsets.project_filter import ProjectFilter, passing, unmet


def words(*found: str) -> frozenset[str]:
    return frozenset(found)


@pytest.mark.parametrize(
    "wanted",
    [
        ProjectFilter(),
        ProjectFilter(registries=words("VCS", "gs")),
        ProjectFilter(kinds=words("wind")),
        ProjectFilter(countries=words("INDIA")),
        ProjectFilter(methodologies=words("acm0002")),
        ProjectFilter(vintage_from=2019, vintage_to=2019),
        ProjectFilter(max_price_usd_per_tonne=Decimal("12.5")),
        ProjectFilter(removal=False),
        ProjectFilter(labels=frozenset({Quality.CCP})),
    ],
)
def test_offer__that_meets_the_wish__passes(wanted: ProjectFilter) -> None:
    assert unmet(OFFER, wanted) == ()
    assert passing([OFFER], wanted) == (OFFER,)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        (ProjectFilter(registries=words("gs")), "registry"),
        (ProjectFilter(kinds=words("biochar")), "kind"),
        (ProjectFilter(countries=words("Kenya")), "country"),
        (ProjectFilter(methodologies=words("VM0044")), "methodology"),
        (ProjectFilter(vintage_from=2020), "vintage"),
        (ProjectFilter(vintage_to=2018), "vintage"),
        (ProjectFilter(max_price_usd_per_tonne=Decimal("12.49")), "price"),
        (ProjectFilter(removal=True), "removal"),
        (ProjectFilter(labels=frozenset({Quality.CORSIA_PHASE_1})), "labels"),
        (ProjectFilter(labels=frozenset({Quality.CCP, Quality.CORRESPONDING_ADJUSTMENT})), "labels"),
    ],
)
def test_offer__that_does_not_meet_the_wish__is_left_out_by_its_name(
    wanted: ProjectFilter, name: str
) -> None:
    assert unmet(OFFER, wanted) == (name,)
    assert passing([OFFER], wanted) == ()


@pytest.mark.parametrize(
    ("changes", "wanted", "name"),
    [
        ({"kind": None}, ProjectFilter(kinds=words("wind")), "kind"),
        ({"country": ""}, ProjectFilter(countries=words("")), "country"),
        ({"methodology": None}, ProjectFilter(methodologies=words("ACM0002")), "methodology"),
        ({"removal": None}, ProjectFilter(removal=False), "removal"),
        ({"removal": None}, ProjectFilter(removal=True), "removal"),
        ({"labels": None}, ProjectFilter(labels=frozenset({Quality.CCP})), "labels"),
        ({"not_told": ("vintage",)}, ProjectFilter(vintage_from=1990), "vintage"),
        (
            {"not_told": ("price_usd_per_tonne",)},
            ProjectFilter(max_price_usd_per_tonne=Decimal(99)),
            "price",
        ),
        ({"not_told": ("ex_ante",)}, ProjectFilter(), "ex_ante"),
    ],
)
def test_offer__that_does_not_tell__never_meets_a_wish_about_it(
    changes: dict[str, Any], wanted: ProjectFilter, name: str
) -> None:
    assert unmet(offer(**changes), wanted) == (name,)


def test_offer__ex_ante__passes_only_if_asked_for() -> None:
    assert unmet(offer(ex_ante=True), ProjectFilter()) == ("ex_ante",)
    assert unmet(offer(ex_ante=True), ProjectFilter(with_ex_ante=True)) == ()


def test_offer__with_a_label_of_the_market_only__does_not_count_as_a_known_one() -> None:
    almost = offer(labels=(Label("Not CCP approved", 1),))
    assert unmet(almost, ProjectFilter(labels=frozenset({Quality.CCP}))) == ("labels",)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"vintage_from": 2021, "vintage_to": 2020}, "found 2021 to 2020"),
        ({"max_price_usd_per_tonne": Decimal(-1)}, "found -1"),
        ({"max_price_usd_per_tonne": Decimal("NaN")}, "found NaN"),
    ],
)
def test_filter__that_nothing_could_meet__is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ProjectFilter(**changes)
