# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title What the rows know of accelerators: power, arithmetic rate, and what making them emitted
@license AGPL-3.0-only
"""


from ..interfaces import IFootprintArithmetic
from ..interfaces import IFootprintModel


from . import bounds


from . import factor_lookup as lookup


from . import footprint_stages as stages


# How power was stated.
SYSTEM: constant(uint8) = 1
DEVICE: constant(uint8) = 2


# Mean power of a device in use with its host. Tier 3 if power or use was measured, 4 if it is a rating.
struct Draw:
    rate: IFootprintModel.Bounds        # mW x ppm (use) x ppm (host), not yet rounded
    tier: uint8


@internal
@pure
def _draw(factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS], phase: IFootprintModel.Phase) -> Draw:
    stated: bool = phase.power_mw != 0
    with_use: bool = phase.utilisation_ppm != 0
    listed_mw: IFootprintModel.Bounds = empty(IFootprintModel.Bounds)
    is_rated: bool = False
    # Where the rating could matter, its absence is not believed: one of the two rows must be there.
    if not stated or (phase.power_scope == DEVICE and not with_use):
        rated: String[88] = concat("hardware/", phase.hardware, "/rated-power in mW")
        is_rated = lookup._has(factors, rated)
        listed_mw = lookup._row(
            factors, rated if is_rated else concat("hardware/", phase.hardware, "/system-power in mW")
        )
    # Nobody measures the rated power as a mean: such a figure is the nameplate, an upper end.
    is_nameplate: bool = stated and is_rated and phase.power_mw >= listed_mw.central

    power: IFootprintModel.Bounds = listed_mw
    if stated:
        power = lookup._spread(factors, phase.power_mw, "stated/power in ppm")
    use: IFootprintModel.Bounds = bounds._exact(bounds.PPM)
    if with_use:
        assert stated or is_rated, "model: no share can be taken of a measured system power"
        use = bounds._share(phase.utilisation_ppm, lookup._row(factors, "stated/utilisation in ppm"))
    elif is_nameplate or not stated and is_rated:
        use = lookup._row(factors, "utilisation/unknown in ppm")
    if is_nameplate:
        power.low = phase.power_mw * use.low // bounds.PPM
        use = bounds._exact(bounds.PPM)
    rate: IFootprintModel.Bounds = bounds._times(power, use)

    with_host: bool = phase.power_scope == SYSTEM or not stated and not is_rated
    host_ppm: IFootprintModel.Bounds = bounds._exact(bounds.PPM)
    if not with_host:
        host_ppm = lookup._row(factors, "host-overhead in ppm")
    is_measured: bool = stated and not is_nameplate or not stated and is_rated and with_use
    return Draw(rate=bounds._times(rate, host_ppm), tier=3 if is_measured else 4)


@internal
@pure
def _mfu_ppm(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS], mfu_ppm: uint256
) -> IFootprintModel.Bounds:
    """
    @notice Share of the peak arithmetic rate that a training reached.
    """
    if mfu_ppm == 0:
        return lookup._row(factors, "training/mfu in ppm")
    return bounds._share(mfu_ppm, lookup._row(factors, "stated/utilisation in ppm"))


@internal
@pure
def _made_ug(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS], phase: IFootprintModel.Phase
) -> IFootprintModel.Bounds:
    """
    @notice What making one device and its share of a server emitted. A stated figure holds the server, and so does
            that of a whole node.
    """
    made_mg: IFootprintModel.Bounds = empty(IFootprintModel.Bounds)
    if phase.embodied_mg.is_stated:
        made_mg = lookup._spread(factors, phase.embodied_mg.value, "stated/embodied in ppm")
    else:
        made_mg = lookup._row(factors, concat("hardware/", phase.hardware, "/embodied in mg"))
        if not lookup._has(factors, concat("hardware/", phase.hardware, "/accelerators in devices")):
            made_mg = bounds._plus(made_mg, lookup._row(factors, "server-share/embodied in mg"))
    return bounds._many(made_mg, 1000)


@internal
@pure
def _life_s(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS], life_s: uint256
) -> IFootprintModel.Bounds:
    """
    @notice Seconds of use that share the embodied carbon. A stated life is a rule, so it has no spread.
    """
    if life_s != 0:
        return bounds._exact(life_s)
    return lookup._row(factors, "hardware-life in s")


@internal
@pure
def _reference_ug(
    factors: DynArray[IFootprintArithmetic.Factor, lookup.MOST_ROWS],
    energy_uwh: IFootprintModel.Bounds,
    life_s: IFootprintModel.Bounds,
    share_ppm: uint256,
) -> IFootprintModel.Bounds:
    """
    @notice Embodied carbon of an accelerator that nobody named, by the energy that it would draw.
    """
    made_mg: IFootprintModel.Bounds = bounds._plus(
        lookup._row(factors, "reference/embodied in mg"), lookup._row(factors, "server-share/embodied in mg")
    )
    power_mw: IFootprintModel.Bounds = lookup._row(factors, "reference/system-power in mW")
    return stages._embodied_by_energy_ug(energy_uwh, made_mg, power_mw, life_s, share_ppm)
