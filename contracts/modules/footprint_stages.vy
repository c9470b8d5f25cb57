# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The staged arithmetic of methodology `gal-footprint/1`
@license AGPL-3.0-only
@notice The same functions with the same rounding as `greenledger.footprint.stages`: each stage rounds once.
"""


from ..interfaces import IFootprintModel


from . import bounds


BILLION: constant(uint256) = 10**9


# Forward 2, backward 4: Kaplan et al. 2020 (arXiv 2001.08361), section 2.1.
FLOP_PER_PARAM_TOKEN: constant(uint256) = 6


@internal
@pure
def _device_energy_uwh(
    rate: IFootprintModel.Bounds, device_seconds: IFootprintModel.Bounds
) -> IFootprintModel.Bounds:
    """
    @notice Energy of device time. `rate` is mW x ppm (use) x ppm (host); 3.6 mW s are 1 uWh.
    """
    return bounds._divided(bounds._times(rate, device_seconds), 3600 * BILLION)


@internal
@pure
def _training_seconds(
    tokens: uint256, params: uint256, peak_gflops: IFootprintModel.Bounds, mfu_ppm: IFootprintModel.Bounds
) -> IFootprintModel.Bounds:
    """
    @notice Device time of a training by its arithmetic: its FLOP at a share of the peak rate.
    """
    flop: uint256 = FLOP_PER_PARAM_TOKEN * tokens * params
    rate: IFootprintModel.Bounds = bounds._many(bounds._times(peak_gflops, mfu_ppm), 1000)
    return bounds._over(bounds._exact(flop), rate)


@internal
@pure
def _token_energy_uwh(costs: IFootprintModel.Bounds, requests: uint256) -> IFootprintModel.Bounds:
    """
    @notice Energy of the nodes for all requests. `costs` are of one, in 10^-21 nWh.
    """
    return bounds._divided(bounds._many(costs, requests), 1000 * BILLION * 10**12)


@internal
@pure
def _unit_energy_uwh(per_unit_nwh: IFootprintModel.Bounds, units: uint256) -> IFootprintModel.Bounds:
    """
    @notice A published average per unit times the units.
    """
    return bounds._divided(bounds._many(per_unit_nwh, units), 1000)


@internal
@pure
def _location_ug(
    energy_uwh: IFootprintModel.Bounds, grid_mg_per_kwh: IFootprintModel.Bounds
) -> IFootprintModel.Bounds:
    """
    @notice uWh x mg/kWh is 10^-6 ug.
    """
    return bounds._scaled_ppm(energy_uwh, grid_mg_per_kwh)


@internal
@pure
def _market_ug(
    energy_uwh: IFootprintModel.Bounds,
    weighted: IFootprintModel.Bounds,
    contracts: DynArray[IFootprintModel.EnergyContract, 8],
) -> IFootprintModel.Bounds:
    """
    @notice Contracted energy at its own intensity, the rest at the grid's (or the residual mix).
    @param weighted Sum over sites of energy x intensity of what is not contracted (uWh x mg/kWh), so that the rest is
           taken from every site in proportion. Contracts for more energy than was used count pro rata.
    """
    contracted: uint256 = 0
    at_contracts: uint256 = 0
    for contract: IFootprintModel.EnergyContract in contracts:
        contracted += contract.energy_uwh
        at_contracts += contract.energy_uwh * contract.grid_mg_per_kwh
    used: IFootprintModel.Bounds = IFootprintModel.Bounds(
        low=self._at_market(energy_uwh.low, weighted.low, contracted, at_contracts),
        central=self._at_market(energy_uwh.central, weighted.central, contracted, at_contracts),
        high=self._at_market(energy_uwh.high, weighted.high, contracted, at_contracts),
    )
    # Each bound by its own energy: not the crossed divisor of `_over`. No energy gives 0 over 1.
    return bounds._over(
        used,
        IFootprintModel.Bounds(
            low=max(energy_uwh.high, 1) * contracted * bounds.PPM,
            central=max(energy_uwh.central, 1) * contracted * bounds.PPM,
            high=max(energy_uwh.low, 1) * contracted * bounds.PPM,
        ),
    )


@internal
@pure
def _at_market(energy: uint256, at_grid: uint256, contracted: uint256, at_contracts: uint256) -> uint256:
    covered: uint256 = min(energy, contracted)
    return covered * at_contracts * energy + (energy - covered) * contracted * at_grid


@internal
@pure
def _embodied_ug(
    made_ug: IFootprintModel.Bounds,
    device_seconds: IFootprintModel.Bounds,
    life_s: IFootprintModel.Bounds,
    share_ppm: uint256,
) -> IFootprintModel.Bounds:
    """
    @notice The part of what making the hardware emitted that falls on this use: TE x time / life x share.
    """
    made: IFootprintModel.Bounds = bounds._many(bounds._times(made_ug, device_seconds), share_ppm)
    return bounds._over(made, bounds._many(life_s, bounds.PPM))


@internal
@pure
def _embodied_by_energy_ug(
    energy_uwh: IFootprintModel.Bounds,
    made_mg: IFootprintModel.Bounds,
    power_mw: IFootprintModel.Bounds,
    life_s: IFootprintModel.Bounds,
    share_ppm: uint256,
) -> IFootprintModel.Bounds:
    """
    @notice As `_embodied_ug` where the device time is unknown: it is what the energy gives at a reference power,
            3.6 mW s for each uWh. One rounding, as a request takes less than a second of a device.
    """
    made: IFootprintModel.Bounds = bounds._many(bounds._times(made_mg, energy_uwh), 36 * 1000 * share_ppm)
    return bounds._over(made, bounds._many(bounds._times(power_mw, life_s), 10 * bounds.PPM))


@internal
@pure
def _water_ul(
    energy_uwh: IFootprintModel.Bounds, ul_per_kwh: IFootprintModel.Bounds
) -> IFootprintModel.Bounds:
    """
    @notice Water of the site on IT energy, as WUE is defined; that of the power stations on the facility's energy.
    """
    return bounds._divided(bounds._times(energy_uwh, ul_per_kwh), BILLION)
