/**
 * Software Carbon Intensity (ISO/IEC 21031): the location-based total over a functional unit.
 *
 * SCI for AI names two personas: who provides a model accounts for building it, who consumes one for running it. Which of
 * them a figure is for follows from the kind of the workload. Market-based figures never enter an SCI.
 */

import type { Range } from "./ranges";
import { perUnitUg } from "./stages";
import type { Workload } from "./workload";

/** ug CO2e per unit; `unit` as the workload names it. */
export interface Sci {
  readonly persona: "provider" | "consumer";
  readonly unit: string;
  readonly count: bigint;
  readonly perUnitUg: Range;
}

/** Undefined if the workload states no functional unit. */
export function sciOf(workload: Workload, totalUg: Range): Sci | undefined {
  const unit = workload.functional_unit;
  if (unit === undefined) return undefined;
  const persona = workload.kind === "inference" ? "consumer" : "provider";
  return { persona, unit: unit.name, count: unit.count, perUnitUg: perUnitUg(totalUg, unit.count) };
}
