"""Labels are known by their whole name, and stated with the day they were seen."""

from __future__ import annotations

import pytest
from offer_strategies import offer

from greenledger.offsets.labels import Quality, SeenLabel, label_texts, quality_of, seen_labels
from greenledger.offsets.market import Label


@pytest.mark.parametrize(
    ("name", "quality"),
    [
        ("CCP", Quality.CCP),
        ("ccp_approved", Quality.CCP),
        ("CCP-approved", Quality.CCP),
        ("ICVCM Core Carbon Principles", Quality.CCP),
        ("Core Carbon Principles (CCP)", Quality.CCP),
        ("CORSIA Phase 1 (2024-2026)", Quality.CORSIA_PHASE_1),
        ("CORSIA Phase 1 (2024\u20132026)", Quality.CORSIA_PHASE_1),
        ("CORSIA First Phase eligible", Quality.CORSIA_PHASE_1),
        ("Corresponding Adjustment", Quality.CORRESPONDING_ADJUSTMENT),
        ("correspondingly adjusted", Quality.CORRESPONDING_ADJUSTMENT),
    ],
)
def test_label__by_a_name_of_a_market__is_known(name: str, quality: Quality) -> None:
    assert quality_of(name) is quality


@pytest.mark.parametrize(
    "name",
    [
        *("", "not CCP approved", "CCP pending", "CCP-eligible methodology", "CORSIA", "CORSIA Pilot Phase"),
        *("CORSIA Phase 2", "no corresponding adjustment", "Letter of Authorization", "CCB Gold"),
    ],
)
def test_label__that_only_sounds_alike__is_not_known(name: str) -> None:
    assert quality_of(name) is None


def test_labels__seen_several_times__are_stated_once_with_the_newest_day() -> None:
    labels = [Label("CCP", 1_700_000_000), Label("CCP approved", 1_750_000_000), Label("CCB Gold", 1)]
    assert seen_labels(labels) == (SeenLabel(Quality.CCP, 1_750_000_000),)
    assert seen_labels(labels)[0].text == "CCP (seen 2025-06-15)"


def test_label_texts__of_an_ex_ante_offer__say_so_and_keep_the_markets_own_words() -> None:
    found = label_texts(offer(ex_ante=True, labels=(Label("CCB Gold", 1), Label("CCP", 1_700_000_000))))
    assert found == (
        "CCP (seen 2023-11-14)",
        "CCB Gold (market's own label)",
        "ex ante: the removal or reduction has not happened yet",
    )


def test_label_texts__of_an_offer_without_labels__are_none() -> None:
    assert label_texts(offer(labels=None)) == ()
