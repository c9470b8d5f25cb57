/**
 * Energy of the IT equipment: measured, from device time, from tokens, or from a published average. A workload is one part,
 * or one part for each phase; every part says at which site its energy was used.
 */

import type { FactorSet } from "./factors";
import { drawOf, mfuOf, peakOf } from "./machines";
import { exact, type Range, scaledPpm, spread, ZERO } from "./ranges";
import { type Fed, meterWarnings } from "./ratings";
import { grouped } from "./shown";
import { type Site, type SiteStated, siteOf } from "./site";
import { deviceEnergyUwh, tokenEnergyUwh, trainingSeconds, unitEnergyUwh } from "./stages";
import { servingOf } from "./tokens";
import { defaultOf, type Looked, type PathReads, type Reads, Trail } from "./trail";
import type { Phase, Scope, SiteFields, Workload } from "./workload";

/**
 * IT energy of one part of the work. `tier` is that of its evidence before the site is looked at. `deviceSeconds` is the
 * time of the accelerators where that is known, for the embodied carbon.
 */
export interface Part {
  readonly energyUwh: Range;
  readonly site: Site;
  readonly tier: number;
  readonly reason: string;
  readonly reads: readonly PathReads[];
  readonly deviceSeconds: Range;
}

const NWH_PER_MWH = 1_000_000n; // milliwatt-hour
const METERS: Readonly<Record<Scope, readonly [number, string]>> = {
  facility: [1, "energy metered at the facility"],
  node: [1, "energy metered at the nodes"],
  device: [2, "energy counted by the devices"],
};
const FROM_DEVICE_TIME: Readonly<Record<number, string>> = {
  3: "device time with stated power or utilisation",
  4: "device time at the rated or typical power of the hardware",
  5: "training arithmetic of stated tokens and parameters on known hardware",
};

function yearOf(workload: Workload): number {
  return new Date(Number(workload.start) * 1000).getUTCFullYear();
}

export function siteOfWorkload(workload: Workload, factors: FactorSet, facility: boolean): Site {
  return siteOf(factors, { ...siteFields(workload), year: yearOf(workload), facility });
}

function siteFields({ place, pue_ppm, grid_mg_per_kwh, wue_ul_per_kwh }: SiteFields): SiteFields {
  return { place, pue_ppm, grid_mg_per_kwh, wue_ul_per_kwh };
}

/** The best evidence that the workload holds: a measurement wins over device time, that over tokens. */
export function partsOf(workload: Workload, factors: FactorSet): Part[] {
  const { measured_uwh, measurement_scope: scope } = workload;
  if (measured_uwh !== undefined && scope !== undefined) {
    const metered = meteredOf(factors, measured_uwh, scope, workload.phases);
    const site = siteOfWorkload(workload, factors, scope === "facility");
    const [tier, reason] = METERS[scope];
    return [part(metered.value, site, tier, reason, metered.reads)];
  }
  if (workload.phases.length > 0) {
    const own = siteOfWorkload(workload, factors, false);
    return workload.phases.map((phase, index) => phasePart(workload, index, phase, own, factors));
  }
  if (workload.model !== undefined || workload.active_params !== undefined)
    return [tokenPart(workload, factors)];
  if (workload.task !== undefined) return [taskPart(workload, factors)];
  return [requestPart(workload, factors)];
}

function part(energyUwh: Range, site: Site, tier: number, reason: string, reads: Reads): Part {
  return { energyUwh, site, tier, reason, reads: [["", reads]], deviceSeconds: ZERO };
}

/**
 * A meter's reading with its spread; what only the devices counted gets the host added. The hardware of `phases` is behind
 * the meter.
 */
function meteredOf(factors: FactorSet, measuredUwh: bigint, scope: Scope, phases: readonly Phase[]): Looked {
  const trail = new Trail(factors);
  const energy = spread(measuredUwh, trail.read(`measured/${scope}`).value);
  const value = scope === "device" ? scaledPpm(energy, trail.default("host_ppm", "host-overhead")) : energy;
  const fed = phases.flatMap((phase): Fed[] =>
    phase.hardware === undefined ? [] : [[phase.hardware, deviceSecondsOf(phase, factors).seconds.high]],
  );
  for (const text of meterWarnings(factors, measuredUwh, fed)) trail.warn(text);
  return { value, reads: trail.reads() };
}

/** The bounds of the row are those of what it was published for, far closer than those of any request. */
function requestPart(workload: Workload, factors: FactorSet): Part {
  const trail = new Trail(factors);
  const each = trail.default("output_tokens", "request/published");
  const [low, high] = [grouped(each.low / NWH_PER_MWH), grouped(each.high / NWH_PER_MWH)];
  trail.warn(
    `requests: the bounds are those of median text requests, ${low} to ${high} mWh each by` +
      " request/published; long or reasoning requests can use ten times as much and more",
  );
  const energy = unitEnergyUwh(each, workload.requests ?? 1n);
  const site = siteOfWorkload(workload, factors, true);
  return part(energy, site, 7, "one published average per request", trail.reads());
}

function taskPart(workload: Workload, factors: FactorSet): Part {
  const published = defaultOf(factors, "unit_energy_nwh", `task/${workload.task}`);
  const energy = unitEnergyUwh(published.value, workload.units ?? 1n);
  const site = siteOfWorkload(workload, factors, false);
  return part(energy, site, 7, `one published average of ${workload.task}`, published.reads);
}

function tokenPart(workload: Workload, factors: FactorSet): Part {
  const cached = workload.cached_tokens ?? 0n;
  const serving = servingOf(factors, workload);
  const energy = tokenEnergyUwh(serving.costs, {
    fresh: (workload.input_tokens ?? 0n) - cached,
    cached,
    output: workload.output_tokens ?? 0n,
    requests: workload.requests ?? 1n,
  });
  const site = siteOfWorkload(workload, factors, false);
  return part(energy, site, serving.tier, serving.reason, serving.reads);
}

/** The phase's place with its own PUE, WUE and grid; without a place, the workload's site `own`. */
function phaseSite(workload: Workload, phase: Phase, own: Site, factors: FactorSet): Site {
  const facility = phase.measurement_scope === "facility";
  const stated = Object.values(siteFields(phase)).some((value) => value !== undefined);
  if (!facility && !stated) return own;
  const inherited = phase.place === undefined ? workload : phase;
  const site: SiteStated = {
    place: inherited.place,
    year: yearOf(workload),
    pue_ppm: phase.pue_ppm ?? inherited.pue_ppm,
    grid_mg_per_kwh: phase.grid_mg_per_kwh ?? inherited.grid_mg_per_kwh,
    wue_ul_per_kwh: phase.wue_ul_per_kwh ?? inherited.wue_ul_per_kwh,
    facility,
  };
  return siteOf(factors, site);
}

function phasePart(workload: Workload, index: number, phase: Phase, own: Site, factors: FactorSet): Part {
  const path = `phases[${index}].`;
  const site = phaseSite(workload, phase, own, factors);
  const { seconds, reads: arithmetic } = deviceSecondsOf(phase, factors);
  if (phase.measured_uwh !== undefined && phase.measurement_scope !== undefined) {
    const metered = meteredOf(factors, phase.measured_uwh, phase.measurement_scope, [phase]);
    const [tier, reason] = METERS[phase.measurement_scope];
    const reads: PathReads[] = [[path, metered.reads]];
    return { energyUwh: metered.value, site, tier, reason, reads, deviceSeconds: seconds };
  }
  const draw = drawOf(factors, phase);
  const tier = arithmetic.length > 0 ? 5 : draw.tier;
  return {
    energyUwh: deviceEnergyUwh(draw.rate, seconds),
    site,
    tier,
    reason: FROM_DEVICE_TIME[tier] ?? "",
    reads: [...arithmetic, draw.reads].map((taken) => [path, taken] as const),
    deviceSeconds: seconds,
  };
}

/** Seconds of all devices: stated, or from the arithmetic of a training, with what was read for that. */
export function deviceSecondsOf(
  phase: Phase,
  factors: FactorSet,
): { seconds: Range; reads: readonly Reads[] } {
  const { tokens, params, hardware } = phase;
  if (tokens === undefined || params === undefined || hardware === undefined)
    return { seconds: exact(phase.device_seconds ?? 0n), reads: [] };
  const peak = peakOf(factors, hardware);
  const share = mfuOf(factors, phase.mfu_ppm);
  const seconds = trainingSeconds(tokens, params, peak.value, share.value);
  return { seconds, reads: [peak.reads, share.reads] };
}
