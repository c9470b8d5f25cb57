"""Base units in words."""

from __future__ import annotations

import pytest

from greenledger.cli import units


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0 ug"),
        (999, "999 ug"),
        (1_000, "1.00 mg"),
        (29_630_606_400_000, "29.63 t"),
        (8_930 * 10**12, "8,930.00 t"),
        (1_005_000, "1.01 g"),
        (1_004_999, "1.00 g"),
    ],
)
def test_mass__of_micrograms__takes_the_largest_fitting_unit(value: int, words: str) -> None:
    assert units.mass(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0.00 %"),
        (1, "0.01 %"),
        (2_550, "25.50 %"),
        (10_000, "100.00 %"),
        (12_345, "123.45 %"),
        (2**256 - 1, "over-covered (footprint of zero)"),
    ],
)
def test_coverage__of_basis_points__is_a_percentage_unless_the_footprint_is_zero(
    value: int, words: str
) -> None:
    assert units.coverage(value) == words


def test_energy_and_water__have_their_own_units() -> None:
    assert units.energy(433_196 * 10**9) == "433.20 MWh"
    assert units.water(129_958_800_000) == "129.96 m3"
