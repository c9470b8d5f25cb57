/** Embodied carbon: the part of what making the hardware emitted that falls on this use of it. */

import { deviceSecondsOf, type Part } from "./energy";
import type { FactorSet } from "./factors";
import { lifeOf, madeOf, referenceOf } from "./machines";
import { added, type Range } from "./ranges";
import { embodiedByEnergyUg, embodiedUg, energyCost, PPM } from "./stages";
import type { PathReads } from "./trail";
import type { Phase, Workload } from "./workload";

/**
 * Of all devices and their shares of servers, ug. By device time where the phases tell it; where no device is named, by a
 * reference accelerator that would draw the energy. What is read is added to `took`.
 */
export function embodiedOf(
  workload: Workload,
  parts: readonly Part[],
  itEnergyUwh: Range,
  factors: FactorSet,
  took: PathReads[],
): Range {
  const life = lifeOf(factors, workload.hardware_life_s);
  took.push(["", life.reads]);
  if (workload.phases.length === 0) return byEnergy(itEnergyUwh, workload, factors, took);
  const isMeteredWhole = workload.measured_uwh !== undefined;
  const amounts = workload.phases.map((phase, index) => {
    const part = isMeteredWhole ? undefined : parts[index];
    if (phase.hardware === undefined && part !== undefined)
      return byEnergy(part.energyUwh, workload, factors, took);
    const made = madeOf(factors, phase.hardware ?? "", phase.embodied_mg);
    const path = `phases[${index}].`;
    took.push(["", made.server], [path, made.device]);
    const seconds = part ? part.deviceSeconds : timed(phase, path, factors, took);
    return embodiedUg(made.ug, seconds, life.value, workload.embodied_share_ppm);
  });
  return added(amounts);
}

/** Device time of a phase whose energy is in the meter of the whole work. */
function timed(phase: Phase, path: string, factors: FactorSet, took: PathReads[]): Range {
  const { seconds, reads } = deviceSecondsOf(phase, factors);
  took.push(...reads.map((read) => [path, read] as const));
  return seconds;
}

function byEnergy(energyUwh: Range, workload: Workload, factors: FactorSet, took: PathReads[]): Range {
  const reference = referenceOf(factors);
  took.push(["", reference.reads]);
  const life = lifeOf(factors, workload.hardware_life_s).value;
  const share = workload.embodied_share_ppm ?? PPM;
  return embodiedByEnergyUg(energyCost(reference.madeMg, reference.powerMw, life, share), energyUwh);
}
