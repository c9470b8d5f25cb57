/** Warnings of a stated power or a meter that the hardware can hardly have drawn; they change no integer. */

import type { FactorSet } from "./factors";
import { grouped } from "./shown";
import type { Phase } from "./workload";

/**
 * With its host a card draws up to 1.8 times its own power (high bound of `host-overhead`), in an old building twice that
 * (high bound of `pue/unknown`): 3.6 times its rating.
 */
const MOST_TIMES_RATED = 4n;

/** The rated power of a card alone; undefined for hardware that is listed with a measured power. */
export function ratedMw(factors: FactorSet, hardware: string): bigint | undefined {
  const key = `hardware/${hardware}/rated-power`;
  return factors.has(key) ? factors.row(key).value.central : undefined;
}

/** Power of a device at full load: rated, or the most that its whole system was measured with. */
function fullMw(factors: FactorSet, hardware: string): bigint {
  return ratedMw(factors, hardware) ?? factors.row(`hardware/${hardware}/system-power`).value.high;
}

/** Of the stated power of a phase. `isNameplate`: it is taken as a rating, not as a mean. */
export function powerWarnings(
  factors: FactorSet,
  { hardware = "", power_mw, power_scope }: Phase,
  isNameplate: boolean,
): readonly string[] {
  const rated = ratedMw(factors, hardware);
  if (power_mw === undefined || rated === undefined) return [];
  const [stated, listed] = [`power_mw: ${grouped(power_mw)} mW`, `${hardware}, ${grouped(rated)} mW`];
  if (power_scope !== "device" && power_mw > MOST_TIMES_RATED * rated)
    return [`${stated} with the host, over ${MOST_TIMES_RATED} times the rated power of ${listed}`];
  const widened = isNameplate ? "; low bound widened" : "";
  if (power_scope === "device" && power_mw > rated)
    return [`${stated}, above the rated power of ${listed}${widened}`];
  return isNameplate ? [`power_mw: the rated power of ${hardware}, not a measured mean${widened}`] : [];
}

/** Hardware behind a meter, with the seconds of all its devices. */
export type Fed = readonly [hardware: string, seconds: bigint];

/** Of a meter's reading. */
export function meterWarnings(
  factors: FactorSet,
  measuredUwh: bigint,
  fed: readonly Fed[],
): readonly string[] {
  const seconds = fed.reduce((sum, [, time]) => sum + time, 0n);
  const fullMws = fed.reduce((sum, [hardware, time]) => sum + fullMw(factors, hardware) * time, 0n);
  const tenths = measuredUwh * 36n; // of 1 mW s: 1 uWh is 3.6 of them
  if (!seconds || tenths <= 10n * MOST_TIMES_RATED * fullMws) return [];
  const [mean, full] = [tenths / seconds / 10_000n, fullMws / seconds / 1000n];
  return [
    `measured_uwh: ${grouped(mean)} W for each device in the mean, over ${MOST_TIMES_RATED} times the` +
      ` ${grouped(full)} W of the hardware: check its unit and the device time`,
  ];
}
