"""Warnings of a stated power or a meter that the hardware can hardly have drawn; they change no integer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from greenledger.footprint.factors import FactorSet

# With its host a card draws up to 1.8 times its own power (high bound of `host-overhead`), in an old building
# twice that (high bound of `pue/unknown`): 3.6 times its rating.
MOST_TIMES_RATED = 4


@lru_cache(maxsize=1024)
def rated_mw(factors: FactorSet, hardware: str) -> int | None:
    """The rated power of a card alone, mW; None for hardware that is listed with a measured power."""
    key = f"hardware/{hardware}/rated-power"
    return factors.row(key).value.central if factors.has(key) else None


def _full_mw(factors: FactorSet, hardware: str) -> int:
    """Power of a device at full load, mW: rated, or the most that its whole system was measured with."""
    rated = rated_mw(factors, hardware)
    return factors.row(f"hardware/{hardware}/system-power").value.high if rated is None else rated


def power_warnings(
    factors: FactorSet, hardware: str, power_mw: int, scope: str | None, *, nameplate: bool
) -> tuple[str, ...]:
    """Of a stated power of a phase. `nameplate`: it is taken as a rating, not as a mean."""
    rated = rated_mw(factors, hardware)
    if rated is None:
        return ()
    if scope != "device" and power_mw > MOST_TIMES_RATED * rated:
        times = f"over {MOST_TIMES_RATED} times the rated power"
        return (f"power_mw: {power_mw:,} mW with the host, {times} of {hardware}, {rated:,} mW",)
    widened = "; low bound widened" if nameplate else ""
    if scope == "device" and power_mw > rated:
        return (f"power_mw: {power_mw:,} mW, above the rated power of {hardware}, {rated:,} mW{widened}",)
    if nameplate:
        return (f"power_mw: the rated power of {hardware}, not a measured mean{widened}",)
    return ()


def meter_warnings(factors: FactorSet, measured_uwh: int, fed: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Of a meter's reading. `fed`: the hardware behind the meter, with the seconds of all devices of each."""
    seconds = sum(time for _, time in fed)
    full_mws = sum(_full_mw(factors, hardware) * time for hardware, time in fed)
    tenths = measured_uwh * 36  # of 1 mW s: 1 uWh is 3.6 of them
    if not seconds or tenths <= 10 * MOST_TIMES_RATED * full_mws:
        return ()
    mean_w, full_w = tenths // seconds // 10_000, full_mws // seconds // 1000
    return (
        f"measured_uwh: {mean_w:,} W for each device in the mean, over {MOST_TIMES_RATED} times the"
        f" {full_w:,} W of the hardware: check its unit and the device time",
    )
