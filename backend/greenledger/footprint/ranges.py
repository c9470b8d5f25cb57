"""Integer ranges: low bound, central value and high bound, which pass through every stage of the model."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple


def half_up(numerator: int, denominator: int) -> int:
    """Quotient rounded half up, for numerator >= 0 and denominator > 0.

    The expression is the same in Python, Vyper, BigInt and SQL, which is why no other rounding is used.
    """
    return (2 * numerator + denominator) // (2 * denominator)


def spread(value: int, spread_ppm: Range) -> Range:
    """A stated value as a range: exactly itself in the middle, bounds by its spread in parts per million."""
    return Range(value * spread_ppm[0] // 1_000_000, value, -(-value * spread_ppm[2] // 1_000_000))


def ceil_div(numerator: int, denominator: int) -> int:
    """Quotient rounded up, for numerator >= 0 and denominator > 0."""
    return -(-numerator // denominator)


class Range(NamedTuple):
    """Bounds under stated factors, not confidence limits. Always 0 <= low <= central <= high.

    The unit is in the name of whatever holds the range. Whatever comes from outside is made by `ordered`; the
    operations below keep the order, because every one of them rises in each of its arguments.
    """

    low: int
    central: int
    high: int

    @staticmethod
    def ordered(low: int, central: int, high: int) -> Range:
        """A checked range. Raises ValueError if the order is broken."""
        if not 0 <= low <= central <= high:
            raise ValueError(f"range out of order: expected 0 <= {low} <= {central} <= {high}")
        return Range(low, central, high)

    @staticmethod
    def exact(value: int) -> Range:
        """A value with no spread."""
        return Range(value, value, value)

    def __add__(self, other: Range) -> Range:  # type: ignore[override]
        return _range((self[0] + other[0], self[1] + other[1], self[2] + other[2]))

    def __mul__(self, other: Range | int) -> Range:  # type: ignore[override]
        low, central, high = self
        if type(other) is int:
            return _range((low * other, central * other, high * other))
        by_low, by_central, by_high = other  # type: ignore[misc]
        return _range((low * by_low, central * by_central, high * by_high))

    def divided(self, denominator: int) -> Range:
        """One rounding of a stage: low down, central half up, high up, so that intervals only ever widen."""
        low, central, high = self
        half = (2 * central + denominator) // (2 * denominator)
        return _range((low // denominator, half, -(-high // denominator)))

    def divided_by(self, divisor: Range) -> Range:
        """As `divided`, by an uncertain divisor > 0: the largest divisor gives the low bound."""
        return Range(
            self[0] // divisor[2],
            half_up(self[1], divisor[1]),
            ceil_div(self[2], divisor[0]),
        )

    def scaled(self, factor: Range, divisor: int) -> Range:
        """Times a factor over a divisor, rounded once: `(self * factor).divided(divisor)`, in one step."""
        low, central, high = self
        by_low, by_central, by_high = factor
        half = (2 * central * by_central + divisor) // (2 * divisor)
        return _range((low * by_low // divisor, half, -(-high * by_high // divisor)))

    def scaled_over(self, factor: Range, divisor: Range) -> Range:
        """As `scaled`, by an uncertain divisor > 0: `(self * factor).divided_by(divisor)` in one step."""
        low, central, high = self
        by_low, by_central, by_high = factor
        least, middle, most = divisor
        half = (2 * central * by_central + middle) // (2 * middle)
        return _range((low * by_low // most, half, -(-high * by_high // least)))

    def scaled_ppm(self, share_ppm: Range) -> Range:
        """This times a ratio in parts per million, rounded once."""
        return self.scaled(share_ppm, 1_000_000)

    def as_json(self) -> dict[str, str]:
        """Bounds as decimal strings, because they exceed what a JSON number holds exactly."""
        return {"low": str(self[0]), "central": str(self[1]), "high": str(self[2])}


# What Range(..) does after it has matched its arguments: half of the time of an estimate went there.
_range: Callable[[tuple[int, int, int]], Range] = partial(tuple.__new__, Range)
ZERO = Range(0, 0, 0)
