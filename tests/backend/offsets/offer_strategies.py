"""Offers for tests: one to change a field of, and any."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from greenledger.offsets.market import Label, Project

OFFER = Project(
    source_id="listing-1",
    project="VCS-191",
    name="Wind",
    registry="vcs",
    country="India",
    vintage=2019,
    price_usd_per_tonne=Decimal("12.5"),
    available_ug=5 * 10**12,
    minimum_ug=10**9,
    ex_ante=False,
    market="sandbox",
    step_ug=1,
    kind="Wind",
    methodology="ACM0002",
    removal=False,
    labels=(Label("CCP-approved", 1_700_000_000),),
)


def offer(**changes: Any) -> Project:
    return replace(OFFER, **changes)


@st.composite
def offers(draw: st.DrawFn) -> list[Project]:
    """Up to six offers from grams to tonnes, with minimums and steps of any size."""
    count = draw(st.integers(0, 6))
    amounts = st.integers(0, 3 * 10**12)
    return [
        offer(
            source_id=f"listing-{index}",
            price_usd_per_tonne=draw(st.decimals(0, 80, places=3)),
            available_ug=draw(amounts),
            minimum_ug=draw(st.sampled_from([0, 10**6, 10**9, 10**12]) | amounts),
            step_ug=draw(st.sampled_from([1, 10**6, 10**9, 10**12])),
            removal=draw(st.sampled_from([True, False, None])),
            ex_ante=draw(st.booleans()),
        )
        for index in range(count)
    ]
