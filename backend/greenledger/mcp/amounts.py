"""Carbon between what people say (kg) and what the ledger counts (µg), exactly."""

from __future__ import annotations

from decimal import Decimal

UG_PER_KG = 10**9
_KG_PER_TONNE = 1000


def kg_to_ug(amount_kg: str) -> int:
    """Micrograms of a decimal string with at most nine digits after the point, so nothing is rounded."""
    return int(Decimal(amount_kg) * UG_PER_KG)


def kg_text(amount_ug: int | str) -> str:
    """Micrograms as the decimal string of kilograms that the tools take."""
    text = f"{Decimal(amount_ug) / UG_PER_KG:.9f}"
    return text.rstrip("0").rstrip(".")


def kg_words(amount_ug: int) -> str:
    """The same amount as people say it: "1.5 kg CO2e", "94.2 t CO2e". Four significant digits."""
    kg = amount_ug / UG_PER_KG
    value, unit = (kg / _KG_PER_TONNE, "t") if kg >= _KG_PER_TONNE else (kg, "kg")
    if 0 < value < 0.0001:
        return f"{amount_ug} µg CO2e"
    return f"{float(f'{value:.4g}'):,.10g} {unit} CO2e"


def bounds_words(low_ug: int, central_ug: int, high_ug: int) -> str:
    return f"{kg_words(central_ug)} (between {kg_words(low_ug)} and {kg_words(high_ug)})"
