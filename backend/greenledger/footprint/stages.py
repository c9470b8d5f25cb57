"""The staged arithmetic: everything that turns resolved factors into the integers of a record.

Every stage rounds once (low down, central half up, high up) and its integers are part of the record. All
factors are non-negative and every formula rises in each of them (or falls in a divisor), so all low factors
give the low bound. `contracts/FootprintModel.vy` is the same arithmetic on chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from greenledger.footprint.ranges import Range
from greenledger.footprint.workload import Contract

PPM = 1_000_000
BILLION = 1_000_000_000
FLOP_PER_PARAM_TOKEN = 6  # forward 2, backward 4: Kaplan et al. 2020 (arXiv 2001.08361), section 2.1


class TokenCosts(NamedTuple):
    """Energy of the nodes per token, in 10^-21 nWh: 10^-9 nWh x ppm (cached share) x ppm (host)."""

    output: Range
    input: Range
    cached: Range


class EnergyCost(NamedTuple):
    """Embodied carbon per energy as an exact quotient of two ranges, ug per uWh."""

    numerator: Range
    divisor: Range


def device_energy_uwh(rate: Range, device_seconds: Range) -> Range:
    """Energy of device time. `rate` is mW x ppm (use) x ppm (host); 3.6 mW s are 1 uWh."""
    return rate.scaled(device_seconds, 3_600 * BILLION)


def training_seconds(tokens: int, params: int, peak_gflops: Range, mfu_ppm: Range) -> Range:
    """Device time of a training by its arithmetic: 6 x tokens x params FLOP at a share of the peak rate."""
    flop = FLOP_PER_PARAM_TOKEN * tokens * params
    return Range.exact(flop).divided_by(peak_gflops * mfu_ppm * 1_000)


def token_energy_uwh(costs: TokenCosts, tokens: tuple[int, int, int, int]) -> Range:
    """Energy of the nodes for all requests. Rounds once.

    `tokens`: input without cached, cached, output, each per request, and the number of requests.
    """
    fresh, cached, output, requests = tokens
    per_request = costs.output * output
    if fresh:
        per_request += costs.input * fresh
    if cached:
        per_request += costs.cached * cached
    return (per_request * requests).divided(1000 * BILLION * PPM * PPM)


def unit_energy_uwh(per_unit_nwh: Range, units: int) -> Range:
    """A published average per unit times the units."""
    return (per_unit_nwh * units).divided(1000)


def facility_energy_uwh(it_energy_uwh: Range, pue_ppm: Range | None) -> Range:
    """E_it x PUE. `pue_ppm` None: the energy is of the whole facility already."""
    return it_energy_uwh if pue_ppm is None else it_energy_uwh.scaled(pue_ppm, PPM)


def location_ug(energy_uwh: Range, grid_mg_per_kwh: Range) -> Range:
    """uWh x mg/kWh is 10^-6 ug."""
    return energy_uwh.scaled(grid_mg_per_kwh, PPM)


def market_ug(energy_uwh: Range, weighted: Range, contracts: Sequence[Contract]) -> Range:
    """Contracted energy at its own factor, the rest at the grid's (or the residual mix).

    `weighted` is the sum over sites of energy x intensity of what is not contracted (uWh x mg/kWh), so that
    the rest is taken from every site in proportion. Contracts for more energy than was used count pro rata,
    so that they never outweigh the use.
    """
    contracted = sum(contract.energy_uwh for contract in contracts)
    at_contracts = sum(contract.energy_uwh * contract.grid_mg_per_kwh for contract in contracts)

    def numerator(energy: int, at_grid: int) -> int:
        return (
            min(energy, contracted) * at_contracts * energy
            + max(energy - contracted, 0) * contracted * at_grid
        )

    bounds = [numerator(energy, at_grid) for energy, at_grid in zip(energy_uwh, weighted, strict=True)]
    low, central, high = (max(energy, 1) * contracted * PPM for energy in energy_uwh)  # no energy: 0 over 1
    return Range(bounds[0] // low, (2 * bounds[1] + central) // (2 * central), -(-bounds[2] // high))


def embodied_ug(made_ug: Range, device_seconds: Range, life_s: Range, share_ppm: int | None = None) -> Range:
    """The part of what making the hardware emitted that falls on this use: TE x time / life x share."""
    if share_ppm is None:
        return made_ug.scaled_over(device_seconds, life_s)
    return (made_ug * device_seconds * share_ppm).divided_by(life_s * PPM)


def embodied_by_energy_ug(cost: EnergyCost, it_energy_uwh: Range) -> Range:
    """As `embodied_ug` where the device time is unknown: it is what the energy gives at a reference power.

    One rounding, as a request takes less than a second of a device.
    """
    return it_energy_uwh.scaled_over(cost.numerator, cost.divisor)


def energy_cost(made_mg: Range, power_mw: Range, life_s: Range, share_ppm: int) -> EnergyCost:
    """Embodied carbon for each uWh: 1 uWh is 3.6 mW s, so energy over power is the time."""
    return EnergyCost(made_mg * (36 * 1000 * share_ppm), power_mw * life_s * (10 * PPM))


def water_ul(it_energy_uwh: Range, wue_ul_per_kwh: Range) -> Range:
    """Water of the site, on IT energy as WUE is defined."""
    return it_energy_uwh.scaled(wue_ul_per_kwh, BILLION)


def grid_water_ul(energy_uwh: Range, ul_per_kwh: Range) -> Range:
    """Water of the power stations, on the energy of the whole facility."""
    return energy_uwh.scaled(ul_per_kwh, BILLION)


def per_unit_ug(total_ug: Range, units: int) -> Range:
    """SCI: location-based total over `units` functional units (>= 1), ug per unit."""
    return total_ug.divided(units)


def added(ranges: Sequence[Range]) -> Range:
    """The sum of rounded parts, exactly."""
    if len(ranges) == 1:
        return ranges[0]
    low = central = high = 0
    for item in ranges:
        low += item[0]
        central += item[1]
        high += item[2]
    return Range(low, central, high)
