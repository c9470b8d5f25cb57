"""Embodied carbon: the part of what making the hardware emitted that falls on this use of it."""

from __future__ import annotations

from functools import lru_cache

from greenledger.footprint import stages
from greenledger.footprint.energy import Part, PathReads, device_seconds_of
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.machines import life_of, made_of, reference_of
from greenledger.footprint.ranges import Range
from greenledger.footprint.workload import Phase, Workload


def embodied_of(
    workload: Workload, parts: list[Part], it_energy_uwh: Range, factors: FactorSet, took: list[PathReads]
) -> Range:
    """Of all devices and their shares of servers, ug.

    By device time where the phases tell it; where no device is named, by a reference accelerator that would
    draw the energy.
    """
    life = life_of(factors, workload.hardware_life_s)
    took.append(("", life.reads))
    share_ppm = workload.embodied_share_ppm
    if not workload.phases:
        return _by_energy(it_energy_uwh, workload, factors, took)
    amounts = []
    metered_whole = workload.measured_uwh is not None
    for index, phase in enumerate(workload.phases):
        part = None if metered_whole else parts[index]
        if phase.hardware is None and part is not None:
            amounts.append(_by_energy(part.energy_uwh, workload, factors, took))
            continue
        made = made_of(factors, phase.hardware or "", phase.embodied_mg)
        took.append(("", made.server))
        took.append((f"phases[{index}].", made.device))
        seconds = part.device_seconds if part else _timed(phase, f"phases[{index}].", factors, took)
        amounts.append(stages.embodied_ug(made.ug, seconds, life.value, share_ppm))
    return stages.added(amounts)


def _timed(phase: Phase, path: str, factors: FactorSet, took: list[PathReads]) -> Range:
    """Device time of a phase whose energy is in the meter of the whole work."""
    seconds, reads = device_seconds_of(phase, factors)
    took.extend((path, read) for read in reads)
    return seconds


def _by_energy(energy_uwh: Range, workload: Workload, factors: FactorSet, took: list[PathReads]) -> Range:
    took.append(("", reference_of(factors).reads))
    cost = reference_cost(factors, workload.hardware_life_s, workload.embodied_share_ppm or stages.PPM)
    return stages.embodied_by_energy_ug(cost, energy_uwh)


@lru_cache(maxsize=256)
def reference_cost(factors: FactorSet, life_s: int | None, share_ppm: int) -> stages.EnergyCost:
    reference = reference_of(factors)
    return stages.energy_cost(
        reference.made_mg, reference.power_mw, life_of(factors, life_s).value, share_ppm
    )
