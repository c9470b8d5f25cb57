# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Arithmetic of low bound, central value and high bound
@license AGPL-3.0-only
@notice Every operation keeps low <= central <= high, because each of them rises in each of its arguments (and falls
        in a divisor). What overflows reverts.
"""


from ..interfaces import IFootprintModel


# Parts per million in the whole.
PPM: constant(uint256) = 1_000_000


@internal
@pure
def _exact(number: uint256) -> IFootprintModel.Bounds:
    return IFootprintModel.Bounds(low=number, central=number, high=number)


@internal
@pure
def _plus(a: IFootprintModel.Bounds, b: IFootprintModel.Bounds) -> IFootprintModel.Bounds:
    return IFootprintModel.Bounds(low=a.low + b.low, central=a.central + b.central, high=a.high + b.high)


@internal
@pure
def _times(a: IFootprintModel.Bounds, b: IFootprintModel.Bounds) -> IFootprintModel.Bounds:
    return IFootprintModel.Bounds(low=a.low * b.low, central=a.central * b.central, high=a.high * b.high)


@internal
@pure
def _many(a: IFootprintModel.Bounds, times: uint256) -> IFootprintModel.Bounds:
    return IFootprintModel.Bounds(low=a.low * times, central=a.central * times, high=a.high * times)


@internal
@pure
def _over(a: IFootprintModel.Bounds, divisor: IFootprintModel.Bounds) -> IFootprintModel.Bounds:
    """
    @notice One rounding of a stage: low down, central half up, high up. The largest divisor gives the low bound.
    """
    return IFootprintModel.Bounds(
        low=a.low // divisor.high,
        central=(2 * a.central + divisor.central) // (2 * divisor.central),
        high=(a.high + divisor.low - 1) // divisor.low,
    )


@internal
@pure
def _divided(a: IFootprintModel.Bounds, divisor: uint256) -> IFootprintModel.Bounds:
    return self._over(a, self._exact(divisor))


@internal
@pure
def _scaled_ppm(a: IFootprintModel.Bounds, share_ppm: IFootprintModel.Bounds) -> IFootprintModel.Bounds:
    return self._divided(self._times(a, share_ppm), PPM)


@internal
@pure
def _spread(number: uint256, spread_ppm: IFootprintModel.Bounds) -> IFootprintModel.Bounds:
    """
    @notice A stated value: exactly itself in the middle, bounds by its spread.
    """
    scaled: IFootprintModel.Bounds = self._divided(self._many(spread_ppm, number), PPM)
    return IFootprintModel.Bounds(low=scaled.low, central=number, high=scaled.high)


@internal
@pure
def _share(value_ppm: uint256, spread_ppm: IFootprintModel.Bounds) -> IFootprintModel.Bounds:
    """
    @notice A stated share with its spread, which cannot exceed the whole.
    """
    spread: IFootprintModel.Bounds = self._spread(value_ppm, spread_ppm)
    high: uint256 = max(spread.central, min(spread.high, PPM))
    return IFootprintModel.Bounds(low=spread.low, central=spread.central, high=high)
