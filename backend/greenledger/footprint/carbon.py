"""The stages after the energy: facility energy, carbon by place and by contract, embodied carbon, water.

Every stage rounds once (low down, central half up, high up) and its integers are part of the record. All
factors are non-negative and every formula rises in each of them, so all low factors give the low bound.
"""

from __future__ import annotations

from greenledger.footprint.ranges import Range
from greenledger.footprint.trail import Trail
from greenledger.footprint.workload import Contract, Workload

PPM = 1_000_000


def facility_energy_uwh(it_energy_uwh: Range, pue_ppm: Range | None, idle_uwh: Range) -> Range:
    """E = E_it x PUE + idle. `pue_ppm` None: the energy is of the whole facility already."""
    facility = it_energy_uwh if pue_ppm is None else (it_energy_uwh * pue_ppm).divided(PPM)
    return facility + idle_uwh


def location_ug(energy_uwh: Range, grid_mg_per_kwh: Range) -> Range:
    """uWh x mg/kWh is 10^-6 ug."""
    return (energy_uwh * grid_mg_per_kwh).divided(PPM)


def market_ug(energy_uwh: Range, grid_mg_per_kwh: Range, contracts: tuple[Contract, ...]) -> Range:
    """Contracted energy at its own factor, the rest at the grid's.

    Contracts for more energy than was used count pro rata, so that they never outweigh the use.
    """
    contracted = sum(contract.energy_uwh for contract in contracts)
    weighted = sum(contract.energy_uwh * contract.grid_mg_per_kwh for contract in contracts)
    if contracted == 0:
        return location_ug(energy_uwh, grid_mg_per_kwh)

    def scaled(energy: int, grid: int) -> int:
        return min(energy, contracted) * weighted + max(energy - contracted, 0) * grid * contracted

    return Range(
        scaled(energy_uwh.low, grid_mg_per_kwh.low),
        scaled(energy_uwh.central, grid_mg_per_kwh.central),
        scaled(energy_uwh.high, grid_mg_per_kwh.high),
    ).divided(PPM * contracted)


def embodied_ug(made_mg: Range, device_seconds: Range, life_s: Range, share_ppm: int = PPM) -> Range:
    """The part of what making the hardware emitted that falls on this use: TE x time / life x share."""
    return (made_mg * device_seconds * (1000 * share_ppm)).divided_by(life_s * PPM)


def water_ul(it_energy_uwh: Range, wue_ul_per_kwh: Range) -> Range:
    """Water of the site, on IT energy as WUE is defined. Water of power stations is not counted."""
    return (it_energy_uwh * wue_ul_per_kwh).divided(1_000_000_000)


def per_unit_ug(total_ug: Range, units: int) -> Range:
    """SCI: location-based total over `units` functional units (>= 1), ug per unit."""
    return total_ug.divided(units)


def embodied_of(workload: Workload, it_energy_uwh: Range, trail: Trail) -> Range:
    """Embodied carbon of the accelerators and their share of a server.

    Without phases the device time is unknown: it is what the energy gives at a reference power.
    """
    life = trail.default("hardware_life_s", "hardware-life")
    server = trail.default("server_embodied_mg", "server-share/embodied")
    if not workload.phases:
        power_mw = trail.default("reference_power_mw", "reference/system-power")
        made = trail.default("reference_embodied_mg", "reference/embodied") + server
        # 1 uWh is 3.6 mW s, so energy over power is the time; one rounding, as a request takes a second.
        return embodied_ug(made, it_energy_uwh * 36, power_mw * life * 10)
    total = Range.exact(0)
    for index, phase in enumerate(workload.phases):
        made = trail.default(f"phases[{index}].embodied_mg", f"hardware/{phase.hardware}/embodied") + server
        total += embodied_ug(made, Range.exact(phase.device_seconds), life)
    return total
