"""Energy of the IT equipment: measured, from device time, from tokens, or from a published average."""

from __future__ import annotations

from dataclasses import dataclass

from greenledger.footprint.ranges import Range
from greenledger.footprint.tokens import token_energy_uwh
from greenledger.footprint.trail import Trail
from greenledger.footprint.workload import Phase, Workload

PPM = 1_000_000


@dataclass(frozen=True, slots=True)
class ItEnergy:
    """`tier` is the evidence tier before the site is looked at; `facility` means PUE is already inside."""

    energy_uwh: Range
    tier: int
    reason: str
    facility: bool = False


@dataclass(frozen=True, slots=True)
class Power:
    """Mean power per accelerator before host overhead; `host` tells whether the host is inside already."""

    power_mw: Range
    host: bool
    tier: int


def _power(phase: Phase, where: str, trail: Trail) -> Power:
    hardware = f"hardware/{phase.hardware}"
    rated_key = f"{hardware}/rated-power"
    rated = trail.factors.row(rated_key).value if trail.factors.has(rated_key) else None
    if phase.power_mw is not None:
        power = trail.stated(phase.power_mw, "stated/power")
        system = phase.power_scope == "system"
        nameplate = (
            not system
            and phase.utilisation_ppm is None
            and rated is not None
            and phase.power_mw >= rated.central
        )
        if not nameplate:
            return Power(power, system, 3)
        # Nobody measures the rated power as a mean: the figure is the nameplate, an upper end.
        share = trail.default(f"{where}.utilisation_ppm", "utilisation/unknown")
        trail.warn(
            f"{where}.power_mw: the rated power of {phase.hardware}, not a measured mean; low bound widened"
        )
        return Power(Range(phase.power_mw * share.low // PPM, power.central, power.high), False, 4)
    if rated is not None:
        tier = 3 if phase.utilisation_ppm is not None else 4
        return Power(trail.default(f"{where}.power_mw", rated_key), False, tier)
    return Power(trail.default(f"{where}.power_mw", f"{hardware}/system-power"), True, 4)


def _utilisation(phase: Phase, where: str, power: Power, trail: Trail) -> Range:
    if phase.utilisation_ppm is not None:
        share = trail.stated(phase.utilisation_ppm, "stated/utilisation")
        return Range(share.low, share.central, max(share.central, min(share.high, PPM)))
    if phase.power_mw is None and not power.host:
        return trail.default(f"{where}.utilisation_ppm", "utilisation/unknown")
    return Range.exact(PPM)


def phase_energy_uwh(power_mw: Range, device_seconds: int, utilisation_ppm: Range, host_ppm: Range) -> Range:
    """mW x s x ppm x ppm to uWh: 1 mW s is 10/36 uWh. Rounds once."""
    return (power_mw * utilisation_ppm * host_ppm * (device_seconds * 10)).divided(36 * PPM * PPM)


def _phases(workload: Workload, trail: Trail) -> ItEnergy:
    total, tier = Range.exact(0), 3
    for index, phase in enumerate(workload.phases):
        where = f"phases[{index}]"
        power = _power(phase, where, trail)
        utilisation = _utilisation(phase, where, power, trail)
        host = Range.exact(PPM) if power.host else trail.default(f"{where}.host_ppm", "host-overhead")
        total += phase_energy_uwh(power.power_mw, phase.device_seconds, utilisation, host)
        tier = max(tier, power.tier)
    stated = "device time with stated power or utilisation"
    return ItEnergy(
        total, tier, stated if tier == 3 else "device time at the rated or typical power of the hardware"
    )


def _measured(measured_uwh: int, scope: str, trail: Trail) -> ItEnergy:
    energy = trail.stated(measured_uwh, f"measured/{scope}")
    if scope == "facility":
        return ItEnergy(energy, 1, "energy metered at the facility", facility=True)
    if scope == "node":
        return ItEnergy(energy, 1, "energy metered at the nodes")
    host = trail.default("host_ppm", "host-overhead")
    return ItEnergy((energy * host).divided(PPM), 2, "energy counted by the devices")


def it_energy(workload: Workload, trail: Trail) -> ItEnergy:
    """The best evidence that the workload holds: a measurement wins over device time, that over tokens."""
    if workload.measured_uwh is not None and workload.measurement_scope is not None:
        return _measured(workload.measured_uwh, workload.measurement_scope, trail)
    if workload.phases:
        return _phases(workload, trail)
    if workload.model is not None or workload.active_params is not None:
        tier = 5 if workload.model is not None else 6
        weights = "known open weights" if tier == 5 else "stated parameters"
        return ItEnergy(token_energy_uwh(workload, trail), tier, f"tokens of a model with {weights}")
    per_request_nwh = trail.default("output_tokens", "request/published")
    energy = (per_request_nwh * (workload.requests or 1)).divided(1000)
    return ItEnergy(energy, 7, "one published average per request", facility=True)
