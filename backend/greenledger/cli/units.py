"""Base units in words for people. Exact integers stay in the JSON output."""

from __future__ import annotations

from greenledger.client.shapes import Bounds

_MASS = ((10**12, "t"), (10**9, "kg"), (10**6, "g"), (10**3, "mg"), (1, "ug"))
_ENERGY = ((10**15, "GWh"), (10**12, "MWh"), (10**9, "kWh"), (10**6, "Wh"), (10**3, "mWh"), (1, "uWh"))
_WATER = ((10**9, "m3"), (10**6, "L"), (10**3, "mL"), (1, "uL"))


_COVERED_ZERO_BPS = 2**256 - 1  # the ledger's answer where a footprint of zero is covered


def _in_words(value: int, steps: tuple[tuple[int, str], ...]) -> str:
    size, unit = next((step for step in steps if value >= step[0]), steps[-1])
    if size == 1:
        return f"{value} {unit}"
    hundredths = (200 * value + size) // (2 * size)
    return f"{hundredths // 100:,}.{hundredths % 100:02} {unit}"


def mass(value_ug: int) -> str:
    """Carbon from ug CO2e to the largest fitting unit, two decimals."""
    return _in_words(value_ug, _MASS)


def footprint(total: Bounds) -> str:
    """Carbon with its bounds, such as "1.49 kg CO2e (from 497.78 g to 3.99 kg)"."""
    return f"{mass(total.central_ug)} CO2e (from {mass(total.low_ug)} to {mass(total.high_ug)})"


def energy(value_uwh: int) -> str:
    """Energy from uWh to the largest fitting unit, two decimals."""
    return _in_words(value_uwh, _ENERGY)


def water(value_ul: int) -> str:
    """Water from uL to the largest fitting unit, two decimals."""
    return _in_words(value_ul, _WATER)


def coverage(value_bps: int) -> str:
    """Coverage from basis points to a percentage, two decimals."""
    if value_bps == _COVERED_ZERO_BPS:
        return "over-covered (footprint of zero)"
    return f"{value_bps // 100}.{value_bps % 100:02} %"


def percent(value_ppm: int) -> str:
    """Parts per million as a percentage, one decimal."""
    tenths = (value_ppm + 500) // 1_000
    return f"{tenths // 10}.{tenths % 10} %"
