# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The arithmetic behind the footprint model, over factors that somebody else has proven
@license AGPL-3.0-only
@notice See `IFootprintArithmetic`. A contract of its own because together with the proofs and rules of the model it
        would be larger than a contract may be (EIP-170).
@dev A second implementation of `greenledger.footprint.estimate`, function by function. Nothing is stored and nobody
     is called.
"""


from .interfaces import IFootprintArithmetic
implements: IFootprintArithmetic


from .interfaces import IFootprintModel


from .modules import bounds
from .modules import calendar
from .modules import factor_lookup as lookup
from .modules import footprint_energy as energy
from .modules import footprint_machines as machines
from .modules import footprint_sites as sites
from .modules import footprint_stages as stages


# A carbon amount on chain is a uint72.
MOST_UG: constant(uint256) = 2**72 - 1


@external
@pure
def estimate(
    workload: IFootprintModel.Workload, factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS]
) -> IFootprintModel.Estimate:
    parts: DynArray[energy.Part, energy.MOST_PARTS] = energy._parts(factors, workload)
    result: IFootprintModel.Estimate = self._operational(factors, workload, parts)
    result.embodied_ug = self._embodied_ug(factors, workload, parts, result.it_energy_uwh)
    result.total_ug = bounds._plus(result.operational_ug, result.embodied_ug)
    result.total_market_ug = bounds._plus(result.operational_market_ug, result.embodied_ug)
    assert (
        max(result.total_ug.high, result.total_market_ug.high) <= MOST_UG
    ), "model: the footprint exceeds 2^72 - 1 ug"
    if workload.requests != 0:
        result.per_request_ug = bounds._divided(result.total_ug, workload.requests)
    if workload.functional_units != 0:
        result.sci_ug = bounds._divided(result.total_ug, workload.functional_units)
    return result


@internal
@pure
def _operational(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS],
    workload: IFootprintModel.Workload,
    parts: DynArray[energy.Part, energy.MOST_PARTS],
) -> IFootprintModel.Estimate:
    """
    @notice Energy, operational carbon and water, with the tier. Every part rounds on its own, so that parts add up.
    """
    year: uint256 = calendar._year(workload.start)
    result: IFootprintModel.Estimate = empty(IFootprintModel.Estimate)
    weighted: IFootprintModel.Bounds = empty(IFootprintModel.Bounds)
    is_lower_tier: bool = False
    is_unknown: bool = False
    for part: energy.Part in parts:
        site: sites.SiteFactors = sites._factors(factors, part.site, year, part.is_facility)
        used: IFootprintModel.Bounds = part.energy_uwh
        if site.has_pue:
            used = bounds._scaled_ppm(used, site.pue_ppm)
        used = bounds._plus(used, part.idle_uwh)
        result.it_energy_uwh = bounds._plus(result.it_energy_uwh, part.energy_uwh)
        result.energy_uwh = bounds._plus(result.energy_uwh, used)
        result.operational_ug = bounds._plus(
            result.operational_ug, stages._location_ug(used, site.grid_mg_per_kwh)
        )
        result.water_ul = bounds._plus(
            result.water_ul, stages._water_ul(part.energy_uwh, site.wue_ul_per_kwh)
        )
        weighted = bounds._plus(weighted, bounds._times(used, site.grid_mg_per_kwh))
        result.tier = max(result.tier, part.tier)
        is_lower_tier = is_lower_tier or site.is_lower_tier
        is_unknown = is_unknown or site.is_unknown
    # One worse without a known PUE or finer place, 6 at best without any place.
    if is_lower_tier:
        result.tier = min(result.tier + 1, 7)
    if is_unknown:
        result.tier = max(result.tier, 6)
    if workload.grid_water_ul_per_kwh.is_stated:
        grid: IFootprintModel.Bounds = lookup._spread(
            factors, workload.grid_water_ul_per_kwh.value, "stated/wue in ppm"
        )
        result.water_ul = bounds._plus(result.water_ul, stages._water_ul(result.energy_uwh, grid))
    # By contract, energy beyond the contracts at the residual mix or the grid.
    result.operational_market_ug = result.operational_ug
    if workload.residual_mg_per_kwh.is_stated:
        residual: IFootprintModel.Bounds = lookup._spread(
            factors, workload.residual_mg_per_kwh.value, "stated/grid in ppm"
        )
        weighted = bounds._times(result.energy_uwh, residual)
        result.operational_market_ug = bounds._divided(weighted, bounds.PPM)
    if len(workload.contracts) != 0:
        result.operational_market_ug = stages._market_ug(result.energy_uwh, weighted, workload.contracts)
    return result


@internal
@pure
def _embodied_ug(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS],
    workload: IFootprintModel.Workload,
    parts: DynArray[energy.Part, energy.MOST_PARTS],
    it_energy_uwh: IFootprintModel.Bounds,
) -> IFootprintModel.Bounds:
    """
    @notice By device time where the phases tell it; where no device is named, by a reference accelerator that would
            draw the energy.
    """
    life_s: IFootprintModel.Bounds = machines._life_s(factors, workload.hardware_life_s)
    share_ppm: uint256 = workload.embodied_share_ppm if workload.embodied_share_ppm != 0 else bounds.PPM
    if len(workload.phases) == 0:
        return machines._reference_ug(factors, it_energy_uwh, life_s, share_ppm)
    total: IFootprintModel.Bounds = empty(IFootprintModel.Bounds)
    for at: uint256 in range(len(workload.phases), bound=8):
        made: IFootprintModel.Bounds = empty(IFootprintModel.Bounds)
        if workload.phases[at].hardware == "":
            made = machines._reference_ug(factors, parts[at].energy_uwh, life_s, share_ppm)
        else:
            # Not the part's: of work with one meter there are no parts by phase.
            seconds: IFootprintModel.Bounds = energy._device_seconds(factors, workload.phases[at])
            made_ug: IFootprintModel.Bounds = machines._made_ug(factors, workload.phases[at])
            made = stages._embodied_ug(made_ug, seconds, life_s, share_ppm)
        total = bounds._plus(total, made)
    return total
