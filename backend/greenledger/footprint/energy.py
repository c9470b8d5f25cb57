"""Energy of the IT equipment: measured, from device time, from tokens, or from a published average.

A workload is one part, or one part for each phase; every part says at which site its energy was used.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from greenledger.footprint import stages
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.machines import draw_of, mfu_of, peak_of
from greenledger.footprint.ranges import ZERO, Range, spread
from greenledger.footprint.ratings import meter_warnings
from greenledger.footprint.site import Site, SiteStated, site_of
from greenledger.footprint.tokens import ServedModel, serving_of
from greenledger.footprint.trail import Looked, Reads, Trail, default_of
from greenledger.footprint.workload import Phase, Workload

PathReads = tuple[str, Reads]  # the path of the object that the look-up was made for, as "phases[0]."


class Part(NamedTuple):
    """IT energy of one part of the work. `tier` is that of its evidence before the site is looked at.

    `device_seconds` is the time of the accelerators where that is known, for the embodied carbon.
    """

    energy_uwh: Range
    site: Site
    tier: int
    reason: str
    reads: tuple[PathReads, ...]
    device_seconds: Range = ZERO


def site_of_workload(workload: Workload, factors: FactorSet, *, facility: bool) -> Site:
    stated = SiteStated(
        workload.place,
        time.gmtime(workload.start).tm_year,
        workload.pue_ppm,
        workload.grid_mg_per_kwh,
        workload.wue_ul_per_kwh,
        facility,
    )
    return site_of(factors, stated)


def parts_of(workload: Workload, factors: FactorSet) -> list[Part]:
    """The best evidence that the workload holds: a measurement wins over device time, that over tokens."""
    if workload.measured_uwh is not None and workload.measurement_scope is not None:
        scope = workload.measurement_scope
        site = site_of_workload(workload, factors, facility=scope == "facility")
        metered = _metered(factors, workload.measured_uwh, scope, workload.phases)
        return [Part(metered.value, site, *_METERS[scope], (("", metered.reads),))]
    if workload.phases:
        own = site_of_workload(workload, factors, facility=False)
        return [
            _phase_part(workload, index, phase, own, factors) for index, phase in enumerate(workload.phases)
        ]
    if workload.model is not None or workload.active_params is not None:
        return [_token_part(workload, factors)]
    if workload.task is not None:
        return [_task_part(workload, factors)]
    return [_request_part(workload, factors)]


_NWH_PER_MWH = 10**6  # milliwatt-hour
_METERS = {
    "facility": (1, "energy metered at the facility"),
    "node": (1, "energy metered at the nodes"),
    "device": (2, "energy counted by the devices"),
}


def _metered(factors: FactorSet, measured_uwh: int, scope: str, phases: Sequence[Phase]) -> Looked:
    """A meter's reading with its spread; what only the devices counted gets the host added. The hardware of
    `phases` is behind the meter.
    """
    spread_ppm, host_ppm, reads = _meter_rows(factors, scope)
    energy = spread(measured_uwh, spread_ppm)
    fed = [(one.hardware, device_seconds_of(one, factors)[0].high) for one in phases if one.hardware]
    if warnings := meter_warnings(factors, measured_uwh, fed):
        reads = replace(reads, warnings=warnings)
    return Looked(energy if host_ppm is None else energy.scaled_ppm(host_ppm), reads)


@lru_cache(maxsize=64)
def _meter_rows(factors: FactorSet, scope: str) -> tuple[Range, Range | None, Reads]:
    trail = Trail(factors)
    spread_ppm = trail.read(f"measured/{scope}").value
    host_ppm = trail.default("host_ppm", "host-overhead") if scope == "device" else None
    return spread_ppm, host_ppm, trail.reads()


def _request_part(workload: Workload, factors: FactorSet) -> Part:
    published = _request_rows(factors)
    energy = stages.unit_energy_uwh(published.value, workload.requests or 1)
    site = site_of_workload(workload, factors, facility=True)
    return Part(energy, site, 7, "one published average per request", (("", published.reads),))


@lru_cache(maxsize=64)
def _request_rows(factors: FactorSet) -> Looked:
    """The bounds of the row are those of what it was published for, far closer than those of any request."""
    trail = Trail(factors)
    each = trail.default("output_tokens", "request/published")
    low, high = each.low // _NWH_PER_MWH, each.high // _NWH_PER_MWH
    trail.warn(
        f"requests: the bounds are those of median text requests, {low:,} to {high:,} mWh each by"
        " request/published; long or reasoning requests can use ten times as much and more"
    )
    return Looked(each, trail.reads())


def _task_part(workload: Workload, factors: FactorSet) -> Part:
    published = default_of(factors, "unit_energy_nwh", f"task/{workload.task}")
    energy = stages.unit_energy_uwh(published.value, workload.units or 1)
    site = site_of_workload(workload, factors, facility=False)
    return Part(energy, site, 7, f"one published average of {workload.task}", (("", published.reads),))


def _token_part(workload: Workload, factors: FactorSet) -> Part:
    tokens_in, cached = workload.input_tokens or 0, workload.cached_tokens or 0
    output, requests = workload.output_tokens or 0, workload.requests or 1
    served = ServedModel(workload.model, workload.active_params, workload.total_params, workload.batch)
    serving = serving_of(factors, served, (tokens_in > 0, cached > 0, output > 0))
    energy = stages.token_energy_uwh(serving.costs, (tokens_in - cached, cached, output, requests))
    site = site_of_workload(workload, factors, facility=False)
    return Part(energy, site, serving.tier, serving.reason, (("", serving.reads),))


def _phase_site(workload: Workload, phase: Phase, own: Site, factors: FactorSet) -> Site:
    """The phase's place with its own PUE, WUE and grid; without a place, the workload's site `own`."""
    facility = phase.measurement_scope == "facility"
    stated = phase.place or phase.pue_ppm or phase.wue_ul_per_kwh is not None
    if not facility and not stated and phase.grid_mg_per_kwh is None:
        return own
    inherited: Workload | Phase = workload if phase.place is None else phase
    site = SiteStated(
        inherited.place,
        time.gmtime(workload.start).tm_year,
        inherited.pue_ppm if phase.pue_ppm is None else phase.pue_ppm,
        inherited.grid_mg_per_kwh if phase.grid_mg_per_kwh is None else phase.grid_mg_per_kwh,
        inherited.wue_ul_per_kwh if phase.wue_ul_per_kwh is None else phase.wue_ul_per_kwh,
        facility,
    )
    return site_of(factors, site)


_FROM_DEVICE_TIME = {
    3: "device time with stated power or utilisation",
    4: "device time at the rated or typical power of the hardware",
    5: "training arithmetic of stated tokens and parameters on known hardware",
}


def _phase_part(workload: Workload, index: int, phase: Phase, own: Site, factors: FactorSet) -> Part:
    path = f"phases[{index}]."
    site = _phase_site(workload, phase, own, factors)
    seconds, arithmetic = device_seconds_of(phase, factors)
    if phase.measured_uwh is not None and phase.measurement_scope is not None:
        metered = _metered(factors, phase.measured_uwh, phase.measurement_scope, (phase,))
        tier, reason = _METERS[phase.measurement_scope]
        return Part(metered.value, site, tier, reason, ((path, metered.reads),), seconds)
    draw = draw_of(factors, phase.hardware or "", phase.power_mw, phase.power_scope, phase.utilisation_ppm)
    energy = stages.device_energy_uwh(draw.rate, seconds)
    tier = 5 if arithmetic else draw.tier
    reads = tuple((path, part) for part in (*arithmetic, draw.reads))
    return Part(energy, site, tier, _FROM_DEVICE_TIME[tier], reads, seconds)


def device_seconds_of(phase: Phase, factors: FactorSet) -> tuple[Range, tuple[Reads, ...]]:
    """Seconds of all devices: stated, or from the arithmetic of a training, with what was read for that."""
    if phase.tokens is None or phase.params is None or phase.hardware is None:
        return Range.exact(phase.device_seconds or 0), ()
    peak, share = peak_of(factors, phase.hardware), mfu_of(factors, phase.mfu_ppm)
    seconds = stages.training_seconds(phase.tokens, phase.params, peak.value, share.value)
    return seconds, (peak.reads, share.reads)
