/**
 * Why an estimate is what it is: the share of each stage, and which one input would narrow its bounds most. Computed on
 * request from the same model; nothing of it is recorded.
 */

import { type Estimate, estimate } from "./estimate";
import type { FactorSet } from "./factors";
import { halfUp, type Range } from "./ranges";
import { PPM } from "./stages";
import { type DefaultUsed, merged } from "./trail";
import type { Workload } from "./workload";

/** What to state in place of a default that is no field of its own, or is one under another name. */
const STATE_INSTEAD: Readonly<Record<string, string>> = {
  batch: "batch: how many requests the server worked on at once",
  embodied_mg: "phases[].embodied_mg: what making one device and its share of the server emitted",
  grid_mg_per_kwh: "grid_mg_per_kwh of the site and time, or a finer place",
  hardware_life_s: "hardware_life_s: how long the hardware is used",
  host_ppm: "energy metered at the nodes, or power with power_scope system",
  inactive_experts: "measured energy: how many experts a batch reads is not known",
  mfu_ppm: "device_seconds, or mfu_ppm",
  power_mw: "power_mw: the measured mean",
  pue_ppm: "pue_ppm of the site",
  reference_embodied_mg: "phases with the hardware and its time",
  reference_power_mw: "phases with the hardware and its time",
  server_embodied_mg: "phases[].embodied_mg: what making one device and its share of the server emitted",
  unit_energy_nwh: "measured energy, or phases with the hardware and its time",
  utilisation_ppm: "utilisation_ppm, or power_mw: the measured mean",
};

/** A model and its tokens are better evidence than this row, yet seldom within its bounds, let alone closer. */
const NEVER_NARROWS = "request/published";

/** A part of a whole at the central value, ppm. */
export interface Share {
  readonly stage: string;
  readonly of: "energy_uwh" | "total_ug";
  readonly sharePpm: bigint;
}

/**
 * How far apart the bounds of the total would be if the factor behind one field were known exactly. `advice` is what to
 * state, `widthUg` high - low as things are, `narrowedUg` the same with the factor at its central value.
 */
export interface Narrowing {
  readonly field: string;
  readonly factor: string;
  readonly widthUg: bigint;
  readonly narrowedUg: bigint;
  /** Part of the width that would go, ppm. */
  readonly savedPpm: bigint;
  readonly advice: string;
}

/** One bar of the way from the energy of the machines to the carbon. */
export interface Step {
  readonly name: "machines" | "facility" | "operational" | "embodied" | "total";
  readonly unit: "uWh" | "ug";
  readonly value: Range;
}

/** `narrowing` is sorted by what it saves, best first; `steps` are the waterfall in its order. */
export interface Explanation {
  readonly shares: readonly Share[];
  readonly narrowing: readonly Narrowing[];
  readonly steps: readonly Step[];
}

/** Explains the estimate `made` of this workload under these factors. */
export function explain(workload: Workload, factors: FactorSet, made: Estimate): Explanation {
  return {
    shares: sharesOf(workload, made),
    narrowing: narrowingOf(workload, factors, made),
    steps: stepsOf(made),
  };
}

function sharesOf(workload: Workload, made: Estimate): Share[] {
  const idle = workload.idle_uwh ?? 0n;
  const overhead = made.energy_uwh.central - made.it_energy_uwh.central - idle;
  const parts: readonly (readonly [string, Share["of"], bigint])[] = [
    ["machines", "energy_uwh", made.it_energy_uwh.central],
    ["building", "energy_uwh", overhead],
    ["idle", "energy_uwh", idle],
    ["operational", "total_ug", made.operational_ug.central],
    ["embodied", "total_ug", made.embodied_ug.central],
  ];
  return parts.map(([stage, of, part]) => {
    const whole = made[of].central;
    return { stage, of, sharePpm: whole ? halfUp(part * PPM, whole) : 0n };
  });
}

/** One estimate more for each factor that stood in for a field that was not stated. */
function narrowingOf(workload: Workload, factors: FactorSet, made: Estimate): Narrowing[] {
  const widthUg = made.total_ug.high - made.total_ug.low;
  // From the last to the first, so that the first field that a factor stood in for names it.
  const fields = new Map<string, DefaultUsed>();
  for (const used of merged(made.took).defaults.toReversed()) fields.set(used.factor, used);
  fields.delete(NEVER_NARROWS);
  const found: Narrowing[] = [];
  for (const [factor, { field }] of fields) {
    const total = estimate(workload, factors.withExact(factor)).total_ug;
    const narrowedUg = total.high - total.low;
    if (narrowedUg >= widthUg) continue;
    const name = field.slice(field.lastIndexOf(".") + 1);
    const savedPpm = halfUp((widthUg - narrowedUg) * PPM, widthUg);
    found.push({ field, factor, widthUg, narrowedUg, savedPpm, advice: STATE_INSTEAD[name] ?? field });
  }
  return found.sort(
    (a, b) =>
      Number(a.narrowedUg > b.narrowedUg) - Number(a.narrowedUg < b.narrowedUg) || order(a.field, b.field),
  );
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function stepsOf(made: Estimate): Step[] {
  return [
    { name: "machines", unit: "uWh", value: made.it_energy_uwh },
    { name: "facility", unit: "uWh", value: made.energy_uwh },
    { name: "operational", unit: "ug", value: made.operational_ug },
    { name: "embodied", unit: "ug", value: made.embodied_ug },
    { name: "total", unit: "ug", value: made.total_ug },
  ];
}
