/** What the factor set knows of accelerators: power, arithmetic rate, and what making them emitted. */

import type { FactorSet } from "./factors";
import { exact, larger, plus, type Range, smaller, spread, times, timesWhole } from "./ranges";
import { powerWarnings, ratedMw } from "./ratings";
import { PPM } from "./stages";
import { defaultOf, type Looked, NOTHING_READ, type Reads, rowOf, Trail } from "./trail";
import type { Phase } from "./workload";

const EVERYTHING = exact(PPM);

/**
 * Mean power of a device in use with its host, mW x ppm (use) x ppm (host), not yet rounded. Tier 3 if power or use was
 * measured, 4 if it is a rating.
 */
export interface Draw {
  readonly rate: Range;
  readonly tier: number;
  readonly reads: Reads;
}

/** Power of a device. Defaults and warnings name fields of the phase. */
export function drawOf(factors: FactorSet, phase: Phase): Draw {
  const hardware = phase.hardware ?? "";
  const { power_mw, utilisation_ppm } = phase;
  const rated = ratedMw(factors, hardware);
  // Nobody measures the rated power as a mean: such a figure is the nameplate, an upper end.
  const isNameplate =
    phase.power_scope === "device" && utilisation_ppm === undefined && rated !== undefined
      ? power_mw !== undefined && power_mw >= rated
      : false;
  const way = power_mw === undefined ? undefined : isNameplate ? "nameplate" : phase.power_scope;
  const trail = new Trail(factors);
  const [power, tier] = powerOf(trail, phase, rated !== undefined, isNameplate);
  const use = shareInUse(trail, utilisation_ppm, isNameplate || (way === undefined && rated !== undefined));
  for (const text of powerWarnings(factors, phase, isNameplate)) trail.warn(text);
  const withHost = way === "system" || (way === undefined && rated === undefined);
  const host = withHost ? EVERYTHING : trail.default("host_ppm", "host-overhead");
  const reads = trail.reads();
  if (!isNameplate || power_mw === undefined) return { rate: times(times(power, use), host), tier, reads };
  const widened = { ...power, low: (power_mw * use.low) / PPM };
  return { rate: times(times(widened, EVERYTHING), host), tier, reads };
}

/** The power, stated with its spread or by the catalogue, and the tier of that. */
function powerOf(trail: Trail, phase: Phase, isRated: boolean, isNameplate: boolean): [Range, number] {
  if (phase.power_mw !== undefined) {
    const power = spread(phase.power_mw, trail.read("stated/power").value);
    return [power, isNameplate ? 4 : 3];
  }
  const key = `hardware/${phase.hardware}/${isRated ? "rated" : "system"}-power`;
  return [trail.default("power_mw", key), isRated && phase.utilisation_ppm !== undefined ? 3 : 4];
}

/** The mean share of the power. `ofRating`: the power is a rating, of which an unknown share is drawn. */
function shareInUse(trail: Trail, utilisationPpm: bigint | undefined, ofRating: boolean): Range {
  if (utilisationPpm !== undefined) return shareOfAll(utilisationPpm, trail.read("stated/utilisation").value);
  return ofRating ? trail.default("utilisation_ppm", "utilisation/unknown") : EVERYTHING;
}

/** A stated share with its spread, which cannot exceed the whole. */
function shareOfAll(valuePpm: bigint, spreadPpm: Range): Range {
  const { low, central, high } = spread(valuePpm, spreadPpm);
  return { low, central, high: larger(central, smaller(high, PPM)) };
}

/** Share of the peak arithmetic rate that a training reached, ppm. */
export function mfuOf(factors: FactorSet, mfuPpm: bigint | undefined): Looked {
  if (mfuPpm === undefined) return defaultOf(factors, "mfu_ppm", "training/mfu");
  const rule = rowOf(factors, "stated/utilisation");
  return { value: shareOfAll(mfuPpm, rule.value), reads: rule.reads };
}

/** Peak arithmetic rate of dense 16-bit matrix products, GFLOP/s. */
export function peakOf(factors: FactorSet, hardware: string): Looked {
  return rowOf(factors, `hardware/${hardware}/peak-flops`);
}

/** Seconds of use that share the embodied carbon. A stated life is a rule, so it has no spread. */
export function lifeOf(factors: FactorSet, lifeS: bigint | undefined): Looked {
  if (lifeS === undefined) return defaultOf(factors, "hardware_life_s", "hardware-life");
  return { value: exact(lifeS), reads: NOTHING_READ };
}

/** What making one device and its share of a server emitted, ug, with what was read for each of them. */
export interface Made {
  readonly ug: Range;
  readonly server: Reads;
  readonly device: Reads;
}

/** A stated figure holds the share of the server, and so does the row of a whole node. */
export function madeOf(factors: FactorSet, hardware: string, embodiedMg: bigint | undefined): Made {
  if (embodiedMg !== undefined) {
    const rule = rowOf(factors, "stated/embodied");
    const ug = timesWhole(spread(embodiedMg, rule.value), 1000n);
    return { ug, server: NOTHING_READ, device: rule.reads };
  }
  const [device, server] = [new Trail(factors), new Trail(factors)];
  const alone = device.default("embodied_mg", `hardware/${hardware}/embodied`);
  const isNode = factors.has(`hardware/${hardware}/accelerators`);
  const made = isNode ? alone : plus(alone, server.default("server_embodied_mg", "server-share/embodied"));
  return { ug: timesWhole(made, 1000n), server: server.reads(), device: device.reads() };
}

/** An accelerator that nobody named: its power with host, and what making it emitted with its server. */
export interface Reference {
  readonly powerMw: Range;
  readonly madeMg: Range;
  readonly reads: Reads;
}

export function referenceOf(factors: FactorSet): Reference {
  const trail = new Trail(factors);
  const server = trail.default("server_embodied_mg", "server-share/embodied");
  const powerMw = trail.default("reference_power_mw", "reference/system-power");
  const made = trail.default("reference_embodied_mg", "reference/embodied");
  return { powerMw, madeMg: plus(made, server), reads: trail.reads() };
}
