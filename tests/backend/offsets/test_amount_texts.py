"""Amounts in a refusal as a buyer reads them: exact, in the largest unit that keeps them whole."""

from __future__ import annotations

import pytest

from greenledger.offsets.amounts import amount_text
from greenledger.offsets.errors import AmountNotOffered

GRAM, KILOGRAM, TONNE = 10**6, 10**9, 10**12


@pytest.mark.parametrize(
    ("amount_ug", "text"),
    [
        (0, "0 t"),
        (1, "1 µg"),
        (1_500, "1,500 µg"),
        (GRAM, "1 g"),
        (GRAM + 1_000, "1,001 mg"),
        (1_500 * KILOGRAM, "1,500 kg"),
        (4_000 * TONNE, "4,000 t"),
    ],
)
def test_amount__of_any_size__is_whole_in_its_unit(amount_ug: int, text: str) -> None:
    assert amount_text(amount_ug) == text


def test_refusal__of_an_amount_between_two_steps__names_the_step() -> None:
    refused = AmountNotOffered(KILOGRAM, 4_000 * TONNE, GRAM)
    assert refused.expected == "a multiple of 1 g, from 1 kg to 4,000 t of CO2e"
    assert str(refused) == f"expected {refused.expected}"


def test_refusal__where_any_amount_goes__names_the_bounds_alone() -> None:
    assert AmountNotOffered(KILOGRAM, TONNE).expected == "1 kg to 1 t of CO2e"
