"""What a stage multiplies and divides by, asked of the stage itself: no formula is written twice."""

from __future__ import annotations

from greenledger.footprint.ranges import Range
from greenledger.footprint.stages import TokenCosts, token_energy_uwh


class Unrounded(Range):
    """A range that keeps the divisor of its one rounding instead of rounding.

    A stage is linear in its amount, so what it makes of the amount ONE holds both of its constants.
    """

    divisor: Range = Range.exact(1)

    def __add__(self, other: Range) -> Unrounded:  # type: ignore[override]
        return Unrounded(*super().__add__(other))

    def __mul__(self, other: Range | int) -> Unrounded:  # type: ignore[override]
        return Unrounded(*super().__mul__(other))

    __rmul__ = __mul__  # type: ignore[assignment]  # also where the plain range stands on the left

    def scaled(self, factor: Range, divisor: int) -> Unrounded:
        return (self * factor).divided(divisor)

    def scaled_over(self, factor: Range, divisor: Range) -> Unrounded:
        return (self * factor).divided_by(divisor)

    def divided(self, denominator: int) -> Unrounded:
        return self.divided_by(Range.exact(denominator))

    def divided_by(self, divisor: Range) -> Unrounded:
        """The largest divisor belongs to the low bound."""
        quotient = Unrounded(*self)
        quotient.divisor = Range(divisor.high, divisor.central, divisor.low)
        return quotient


ONE = Unrounded(1, 1, 1)


def token_energies(costs: TokenCosts) -> tuple[Range, Range, Range]:
    """What one output, one fresh input and one cached token need, unrounded, over the same divisor."""
    open_costs = TokenCosts(*(Unrounded(*cost) for cost in costs))
    return (
        token_energy_uwh(open_costs, (0, 0, 1, 1)),
        token_energy_uwh(open_costs, (1, 0, 0, 1)),
        token_energy_uwh(open_costs, (0, 1, 0, 1)),
    )
