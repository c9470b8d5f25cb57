"""What is offered for gas: enough to be taken, more when stuck, never above the cap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenledger.chain.fees import Fees, FeesAboveCap, outbid, suggest

WEI = st.integers(1, 10**13)


@pytest.mark.parametrize(
    ("base", "priority", "cap", "expected"),
    [
        (100, 5, 1_000, Fees(205, 5)),
        (100, 0, 1_000, Fees(201, 1)),
        (100, 5, 150, Fees(150, 5)),
        (100, 90, 150, Fees(150, 50)),
        (149, 5, 150, Fees(150, 1)),
    ],
)
def test_suggest__base_fee_tip_and_cap__is_twice_the_base_and_the_tip_at_most_the_cap(
    base: int, priority: int, cap: int, expected: Fees
) -> None:
    assert suggest(base, priority, cap) == expected


def test_suggest__base_fee_at_the_cap__is_refused_with_both_numbers() -> None:
    with pytest.raises(FeesAboveCap, match="asks for 151 wei per gas, expected at most 150"):
        suggest(150, 1, 150)


@given(base=WEI, priority=WEI, cap=WEI, later=WEI)
def test_outbid__any_fees__offers_an_eighth_more_in_both_or_refuses(
    base: int, priority: int, cap: int, later: int
) -> None:
    try:
        old = suggest(base, priority, cap)
        wanted = suggest(later, priority, cap)
        new = outbid(old, wanted, cap)
    except FeesAboveCap as error:
        assert error.needed_wei > error.cap_wei == cap
        return
    assert new.max_fee_wei * 8 >= old.max_fee_wei * 9 and new.priority_fee_wei * 8 >= old.priority_fee_wei * 9
    assert new.priority_fee_wei <= new.max_fee_wei <= cap
    assert new.max_fee_wei >= wanted.max_fee_wei
