# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Energy of the IT equipment: measured, from device time, from tokens, or from a published average
@license AGPL-3.0-only
@notice A workload is one part, or one part for each phase; every part says at which site its energy was used.
"""


from ..interfaces import IFootprintArithmetic
from ..interfaces import IFootprintModel


from . import bounds


from . import factor_lookup as lookup


from . import footprint_machines as machines


from . import footprint_stages as stages


from . import footprint_tokens as tokens


# What a meter saw.
DEVICE: constant(uint8) = 1
NODE: constant(uint8) = 2
FACILITY: constant(uint8) = 3


# One for each phase, and one for idle energy.
MOST_PARTS: constant(uint256) = 9


# IT energy of one part of the work. The tier is that of its evidence before the site is looked at.
struct Part:
    energy_uwh: IFootprintModel.Bounds
    device_seconds: IFootprintModel.Bounds      # of the accelerators; 0 where it is not known
    tier: uint8
    idle_uwh: IFootprintModel.Bounds            # energy of the facility beside it, which has its PUE inside
    site: IFootprintModel.Site
    is_facility: bool                           # the energy is of the whole facility, so no PUE is looked up


@internal
@pure
def _parts(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS], workload: IFootprintModel.Workload
) -> DynArray[Part, MOST_PARTS]:
    """
    @notice The best evidence that the workload holds: a measurement wins over device time, that over tokens.
    """
    parts: DynArray[Part, MOST_PARTS] = []
    whole: Part = empty(Part)
    whole.site = workload.site
    if workload.idle_uwh != 0:
        whole.idle_uwh = self._metered(factors, workload.idle_uwh, FACILITY)
    if workload.measurement_scope != 0:
        whole.energy_uwh = self._metered(factors, workload.measured_uwh, workload.measurement_scope)
        whole.tier = self._meter_tier(workload.measurement_scope)
        whole.is_facility = workload.measurement_scope == FACILITY
    elif len(workload.phases) != 0:
        for phase: IFootprintModel.Phase in workload.phases:
            parts.append(self._phase_part(factors, phase, workload.site))
        if workload.idle_uwh == 0:
            return parts
        # Beside phases, which may be elsewhere, idle energy is a part of its own.
        whole.is_facility = True
    elif workload.model != "" or workload.active_params != 0:
        serving: tokens.Serving = tokens._serving(factors, workload)
        whole.energy_uwh = stages._token_energy_uwh(serving.costs, max(workload.requests, 1))
        whole.tier = serving.tier
    elif workload.task != "":
        per_unit: IFootprintModel.Bounds = lookup._row(factors, concat("task/", workload.task, " in nWh"))
        whole.energy_uwh = stages._unit_energy_uwh(per_unit, workload.units)
        whole.tier = 7
    else:
        published: IFootprintModel.Bounds = lookup._row(factors, "request/published in nWh")
        whole.energy_uwh = stages._unit_energy_uwh(published, workload.requests)
        whole.tier = 7
        whole.is_facility = True
    parts.append(whole)
    return parts


@internal
@pure
def _device_seconds(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS], phase: IFootprintModel.Phase
) -> IFootprintModel.Bounds:
    """
    @notice Stated, or from the arithmetic of a training.
    """
    if phase.tokens == 0:
        return bounds._exact(phase.device_seconds)
    peak: IFootprintModel.Bounds = lookup._row(
        factors, concat("hardware/", phase.hardware, "/peak-flops in GFLOP/s")
    )
    mfu_ppm: IFootprintModel.Bounds = machines._mfu_ppm(factors, phase.mfu_ppm)
    return stages._training_seconds(phase.tokens, phase.params, peak, mfu_ppm)


@internal
@pure
def _phase_part(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS],
    phase: IFootprintModel.Phase,
    site_of_workload: IFootprintModel.Site,
) -> Part:
    part: Part = empty(Part)
    part.site = self._site(phase.site, site_of_workload)
    part.is_facility = phase.measurement_scope == FACILITY
    part.device_seconds = self._device_seconds(factors, phase)
    if phase.measurement_scope != 0:
        part.energy_uwh = self._metered(factors, phase.measured_uwh, phase.measurement_scope)
        part.tier = self._meter_tier(phase.measurement_scope)
        return part
    draw: machines.Draw = machines._draw(factors, phase)
    part.energy_uwh = stages._device_energy_uwh(draw.rate, part.device_seconds)
    part.tier = draw.tier if phase.tokens == 0 else 5
    return part


@internal
@pure
def _site(phase: IFootprintModel.Site, workload: IFootprintModel.Site) -> IFootprintModel.Site:
    """
    @notice The phase's own place with its own PUE, WUE and grid; without a place, what it lacks is the workload's.
    """
    site: IFootprintModel.Site = phase
    if phase.place != "":
        return site
    site.place = workload.place
    if phase.pue_ppm == 0:
        site.pue_ppm = workload.pue_ppm
    if not phase.wue_ul_per_kwh.is_stated:
        site.wue_ul_per_kwh = workload.wue_ul_per_kwh
    if not phase.grid_mg_per_kwh.is_stated:
        site.grid_mg_per_kwh = workload.grid_mg_per_kwh
    return site


@internal
@pure
def _metered(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS], measured_uwh: uint256, scope: uint8
) -> IFootprintModel.Bounds:
    """
    @notice A meter's reading with its spread; what only the devices counted gets the host added.
    """
    if scope == FACILITY:
        return lookup._spread(factors, measured_uwh, "measured/facility in ppm")
    if scope == NODE:
        return lookup._spread(factors, measured_uwh, "measured/node in ppm")
    energy: IFootprintModel.Bounds = lookup._spread(factors, measured_uwh, "measured/device in ppm")
    return bounds._scaled_ppm(energy, lookup._row(factors, "host-overhead in ppm"))


@internal
@pure
def _meter_tier(scope: uint8) -> uint8:
    return 2 if scope == DEVICE else 1
