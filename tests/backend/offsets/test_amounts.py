"""Conversions between a market's decimals and our integers lose nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenledger.offsets.amounts import (
    MAX_UG,
    InexactAmount,
    cents_to_usd,
    plain,
    tonnes_to_ug,
    tonnes_to_ug_down,
    ug_to_tonnes,
    usd_to_cents,
)


@given(st.integers(0, MAX_UG))
def test_ug_to_tonnes_and_back__any_amount__is_the_same(amount_ug: int) -> None:
    assert tonnes_to_ug(ug_to_tonnes(amount_ug)) == amount_ug
    assert tonnes_to_ug(Decimal(format(ug_to_tonnes(amount_ug), "f"))) == amount_ug


@given(st.decimals(0, 10**9, allow_nan=False, places=18))
def test_tonnes_down__any_supply__is_never_more_than_stated(tonnes: Decimal) -> None:
    amount_ug = tonnes_to_ug_down(tonnes)
    assert Decimal(amount_ug) <= tonnes * 10**12 < amount_ug + 1


@given(st.decimals(0, 10**9, allow_nan=False, places=6))
def test_usd_to_cents__any_price__is_never_understated_and_less_than_a_cent_over(usd: Decimal) -> None:
    assert 0 <= usd_to_cents(usd) - usd * 100 < 1


def test_cents__as_text__have_two_decimals() -> None:
    assert [cents_to_usd(cents) for cents in (0, 7, 3250)] == ["0.00", "0.07", "32.50"]


def test_plain__trailing_zeros_and_exponents__are_written_out() -> None:
    assert [str(plain(Decimal(text))) for text in ("1.500", "1E+2", "0", "3.25")] == [
        "1.5",
        "100",
        "0",
        "3.25",
    ]


@pytest.mark.parametrize("text", ["1e-13", "0.0000000000001", "-1", "NaN", "Infinity", "1e999999999"])
def test_tonnes_to_ug__not_a_whole_microgram__is_refused(text: str) -> None:
    with pytest.raises(InexactAmount):
        tonnes_to_ug(Decimal(text))


def test_tonnes_to_ug__one_microgram_above_the_largest__is_refused() -> None:
    assert tonnes_to_ug(Decimal("4722366482.869645213695")) == MAX_UG
    with pytest.raises(InexactAmount):
        tonnes_to_ug(Decimal("4722366482.869645213696"))


@pytest.mark.parametrize("text", ["1e-999999999", "1e999999999", "-0.01", "1" + "0" * 20])
def test_usd_to_cents__absurd__is_refused(text: str) -> None:
    with pytest.raises(InexactAmount):
        usd_to_cents(Decimal(text))
