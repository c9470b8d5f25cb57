"""Integer ranges: low bound, central value and high bound, which pass through every stage of the model."""

from __future__ import annotations

from dataclasses import dataclass


def half_up(numerator: int, denominator: int) -> int:
    """Quotient rounded half up, for numerator >= 0 and denominator > 0.

    The expression is the same in Python, Vyper, BigInt and SQL, which is why no other rounding is used.
    """
    return (2 * numerator + denominator) // (2 * denominator)


def ceil_div(numerator: int, denominator: int) -> int:
    """Quotient rounded up, for numerator >= 0 and denominator > 0."""
    return -(-numerator // denominator)


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds under stated factors, not confidence limits. Always 0 <= low <= central <= high.

    The unit is in the name of whatever holds the range. Raises ValueError if the order is broken.
    """

    low: int
    central: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.central <= self.high:
            raise ValueError(f"range out of order: expected 0 <= {self.low} <= {self.central} <= {self.high}")

    @staticmethod
    def exact(value: int) -> Range:
        """A value with no spread."""
        return Range(value, value, value)

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.central + other.central, self.high + other.high)

    def __mul__(self, other: Range | int) -> Range:
        factor = Range.exact(other) if isinstance(other, int) else other
        return Range(self.low * factor.low, self.central * factor.central, self.high * factor.high)

    def divided(self, denominator: int) -> Range:
        """One rounding of a stage: low down, central half up, high up, so that intervals only ever widen."""
        return Range(
            self.low // denominator, half_up(self.central, denominator), ceil_div(self.high, denominator)
        )

    def divided_by(self, divisor: Range) -> Range:
        """As `divided`, by an uncertain divisor > 0: the largest divisor gives the low bound."""
        return Range(
            self.low // divisor.high,
            half_up(self.central, divisor.central),
            ceil_div(self.high, divisor.low),
        )

    def as_json(self) -> dict[str, str]:
        """Bounds as decimal strings, because they exceed what a JSON number holds exactly."""
        return {"low": str(self.low), "central": str(self.central), "high": str(self.high)}
