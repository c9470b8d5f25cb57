"""Amounts and strangers' texts as the tools put them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenledger.mcp.amounts import kg_text, kg_to_ug, kg_words
from greenledger.mcp.texts import shown


@given(st.integers(1, 10**21 - 1))
def test_kg_text__any_amount__reads_back_as_the_same_micrograms(amount_ug: int) -> None:
    assert kg_to_ug(kg_text(amount_ug)) == amount_ug


@pytest.mark.parametrize(
    ("amount_ug", "words"),
    [
        (0, "0 kg CO2e"),
        (1, "1 µg CO2e"),
        (99_999, "99999 µg CO2e"),
        (100_000, "0.0001 kg CO2e"),
        (1_500_000_000, "1.5 kg CO2e"),
        (999_949_000_000, "999.9 kg CO2e"),
        (76_086_407_964_557, "76.09 t CO2e"),
        (10**21, "1,000,000,000 t CO2e"),
    ],
)
def test_kg_words__amount__has_four_digits_and_a_unit_that_fits(amount_ug: int, words: str) -> None:
    assert kg_words(amount_ug) == words


@given(st.text(max_size=2_000), st.integers(1, 300))
def test_shown__any_text__is_one_bounded_line_that_can_be_seen(text: str, most: int) -> None:
    line = shown(text, most)
    assert len(line) <= most
    assert line.isprintable()
