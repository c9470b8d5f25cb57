"""What the factor set knows of accelerators: power, arithmetic rate, and what making them emitted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.ranges import Range, spread
from greenledger.footprint.ratings import power_warnings, rated_mw
from greenledger.footprint.stages import PPM
from greenledger.footprint.trail import Looked, Reads, Trail, default_of, row_of


class Draw(NamedTuple):
    """Mean power of a device in use with its host, mW x ppm (use) x ppm (host), not yet rounded.

    Tier 3 if power or use was measured, 4 if it is a rating.
    """

    rate: Range
    tier: int
    reads: Reads


@dataclass(frozen=True, slots=True, eq=False)
class DrawRows:
    """Rows for a way of stating power: the power itself or the spread of a stated one, use, and host."""

    power: Range
    utilisation_ppm: Range
    host_ppm: Range
    in_use: Range  # use x host, ppm x ppm
    tier: int
    reads: Reads


def draw_of(
    factors: FactorSet, hardware: str, power_mw: int | None, scope: str | None, utilisation_ppm: int | None
) -> Draw:
    """Power of a device. Defaults and warnings name fields of the phase."""
    rated = rated_mw(factors, hardware)
    # Nobody measures the rated power as a mean: such a figure is the nameplate, an upper end.
    nameplate = (
        power_mw is not None
        and scope == "device"
        and utilisation_ppm is None
        and rated is not None
        and power_mw >= rated
    )
    way = "nameplate" if nameplate else scope
    rows = _draw_rows(factors, hardware, way if power_mw is not None else None, utilisation_ppm is not None)
    power, reads = rows.power, rows.reads
    if power_mw is not None:
        power = spread(power_mw, rows.power)
        if warnings := power_warnings(factors, hardware, power_mw, scope, nameplate=nameplate):
            reads = replace(reads, warnings=warnings)
    if nameplate and power_mw is not None:
        power = Range(power_mw * rows.utilisation_ppm.low // PPM, power.central, power.high)
        return Draw(power * EVERYTHING * rows.host_ppm, rows.tier, reads)
    if utilisation_ppm is None:
        return Draw(power * rows.in_use, rows.tier, reads)
    use = share_of_all(utilisation_ppm, rows.utilisation_ppm)
    return Draw(power * use * rows.host_ppm, rows.tier, reads)


EVERYTHING = Range(PPM, PPM, PPM)


def share_of_all(value_ppm: int, spread_ppm: Range) -> Range:
    """A stated share with its spread, which cannot exceed the whole."""
    low, central, high = spread(value_ppm, spread_ppm)
    return Range(low, central, max(central, min(high, PPM)))


@lru_cache(maxsize=4096)
def _draw_rows(factors: FactorSet, hardware: str, way: str | None, with_use: bool) -> DrawRows:
    """`way`: how the power was stated (system, device, nameplate of the device), None if it was not."""
    trail = Trail(factors)
    rated = rated_mw(factors, hardware) is not None
    if way is not None:
        power, tier = trail.read("stated/power").value, 4 if way == "nameplate" else 3
    else:
        power = trail.default("power_mw", f"hardware/{hardware}/{'rated' if rated else 'system'}-power")
        tier = 3 if rated and with_use else 4
    if with_use:
        use = trail.read("stated/utilisation").value
    elif way == "nameplate" or (way is None and rated):
        use = trail.default("utilisation_ppm", "utilisation/unknown")
    else:
        use = EVERYTHING
    with_host = way == "system" or (way is None and not rated)
    host = EVERYTHING if with_host else trail.default("host_ppm", "host-overhead")
    return DrawRows(power, use, host, use * host, tier, trail.reads())


def mfu_of(factors: FactorSet, mfu_ppm: int | None) -> Looked:
    """Share of the peak arithmetic rate that a training reached, ppm."""
    if mfu_ppm is None:
        return default_of(factors, "mfu_ppm", "training/mfu")
    rule = row_of(factors, "stated/utilisation")
    return Looked(share_of_all(mfu_ppm, rule.value), rule.reads)


def peak_of(factors: FactorSet, hardware: str) -> Looked:
    """Peak arithmetic rate of dense 16-bit matrix products, GFLOP/s."""
    return row_of(factors, f"hardware/{hardware}/peak-flops")


def life_of(factors: FactorSet, life_s: int | None) -> Looked:
    """Seconds of use that share the embodied carbon. A stated life is a rule, so it has no spread."""
    if life_s is None:
        return default_of(factors, "hardware_life_s", "hardware-life")
    return Looked(Range.exact(life_s), Reads())


class Made(NamedTuple):
    """What making one device and its share of a server emitted, ug, with what was read for each of them."""

    ug: Range
    server: Reads
    device: Reads


def made_of(factors: FactorSet, hardware: str, embodied_mg: int | None) -> Made:
    """A stated figure holds the share of the server, and so does the row of a whole node."""
    if embodied_mg is None:
        return _made_by_rows(factors, hardware)
    rule = row_of(factors, "stated/embodied")
    return Made(spread(embodied_mg, rule.value) * 1000, Reads(), rule.reads)


@lru_cache(maxsize=1024)
def _made_by_rows(factors: FactorSet, hardware: str) -> Made:
    device, server = Trail(factors), Trail(factors)
    made = device.default("embodied_mg", f"hardware/{hardware}/embodied")
    if not factors.has(f"hardware/{hardware}/accelerators"):
        made += server.default("server_embodied_mg", "server-share/embodied")
    return Made(made * 1000, server.reads(), device.reads())


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """An accelerator that nobody named: its power with host, and what making it emitted with its server."""

    power_mw: Range
    made_mg: Range
    reads: Reads


@lru_cache(maxsize=64)
def reference_of(factors: FactorSet) -> Reference:
    trail = Trail(factors)
    server = trail.default("server_embodied_mg", "server-share/embodied")
    power = trail.default("reference_power_mw", "reference/system-power")
    made = trail.default("reference_embodied_mg", "reference/embodied")
    return Reference(power, made + server, trail.reads())
