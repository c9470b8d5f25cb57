# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The stages of the footprint model one by one, for tests
@license AGPL-3.0-only
"""


from contracts.interfaces import IFootprintModel
from contracts.modules import bounds
from contracts.modules import calendar
from contracts.modules import factor_rows
from contracts.modules import footprint_stages as stages


@external
@pure
def divided(number: IFootprintModel.Bounds, divisor: IFootprintModel.Bounds) -> IFootprintModel.Bounds:
    return bounds._over(number, divisor)


@external
@pure
def spread(number: uint256, spread_ppm: IFootprintModel.Bounds) -> IFootprintModel.Bounds:
    return bounds._spread(number, spread_ppm)


@external
@pure
def share(number: uint256, spread_ppm: IFootprintModel.Bounds) -> IFootprintModel.Bounds:
    return bounds._share(number, spread_ppm)


@external
@pure
def device_energy(
    rate: IFootprintModel.Bounds, seconds: IFootprintModel.Bounds
) -> IFootprintModel.Bounds:
    return stages._device_energy_uwh(rate, seconds)


@external
@pure
def training_seconds(
    tokens: uint256, params: uint256, peak: IFootprintModel.Bounds, mfu: IFootprintModel.Bounds
) -> IFootprintModel.Bounds:
    return stages._training_seconds(tokens, params, peak, mfu)


@external
@pure
def token_energy(costs: IFootprintModel.Bounds, requests: uint256) -> IFootprintModel.Bounds:
    return stages._token_energy_uwh(costs, requests)


@external
@pure
def unit_energy(per_unit: IFootprintModel.Bounds, units: uint256) -> IFootprintModel.Bounds:
    return stages._unit_energy_uwh(per_unit, units)


@external
@pure
def facility_energy(energy: IFootprintModel.Bounds, pue: IFootprintModel.Bounds) -> IFootprintModel.Bounds:
    return bounds._scaled_ppm(energy, pue)


@external
@pure
def location(energy: IFootprintModel.Bounds, grid: IFootprintModel.Bounds) -> IFootprintModel.Bounds:
    return stages._location_ug(energy, grid)


@external
@pure
def market(
    energy: IFootprintModel.Bounds,
    weighted: IFootprintModel.Bounds,
    contracts: DynArray[IFootprintModel.EnergyContract, 8],
) -> IFootprintModel.Bounds:
    return stages._market_ug(energy, weighted, contracts)


@external
@pure
def embodied(
    made: IFootprintModel.Bounds,
    seconds: IFootprintModel.Bounds,
    life: IFootprintModel.Bounds,
    share_ppm: uint256,
) -> IFootprintModel.Bounds:
    return stages._embodied_ug(made, seconds, life, share_ppm)


@external
@pure
def embodied_by_energy(
    energy: IFootprintModel.Bounds,
    made: IFootprintModel.Bounds,
    power: IFootprintModel.Bounds,
    life: IFootprintModel.Bounds,
    share_ppm: uint256,
) -> IFootprintModel.Bounds:
    return stages._embodied_by_energy_ug(energy, made, power, life, share_ppm)


@external
@pure
def water(energy: IFootprintModel.Bounds, per_kwh: IFootprintModel.Bounds) -> IFootprintModel.Bounds:
    return stages._water_ul(energy, per_kwh)


@external
@pure
def per_unit(total: IFootprintModel.Bounds, units: uint256) -> IFootprintModel.Bounds:
    return bounds._divided(total, units)


@external
@pure
def year(timestamp: uint256) -> uint256:
    return calendar._year(timestamp)


@external
@pure
def row_json(row: IFootprintModel.Row) -> String[600]:
    return factor_rows._json(row)
