/** Estimates and explanations in the JSON form that the gateway and the command line give them. */

import { type Estimate, STAGES } from "./estimate";
import type { Explanation } from "./explain";
import type { Range } from "./ranges";
import { merged } from "./trail";

type Members = Record<string, unknown>;

function rangeAsJson({ low, central, high }: Range): Record<string, string> {
  return { low: low.toString(), central: central.toString(), high: high.toString() };
}

/** Integers as decimal strings, because they exceed what a JSON number holds exactly. */
export function estimateAsJson(made: Estimate): Members {
  const members: Members = {};
  for (const stage of STAGES) members[stage] = rangeAsJson(made[stage]);
  if (made.per_request_ug) members.per_request_ug = rangeAsJson(made.per_request_ug);
  if (made.sci) {
    const { persona, unit, count, perUnitUg } = made.sci;
    members.sci = { persona, unit, count: count.toString(), per_unit_ug: rangeAsJson(perUnitUg) };
  }
  const { defaults, warnings, keys } = merged(made.took);
  return {
    ...members,
    tier: made.tier,
    tier_reason: made.tier_reason,
    defaults,
    warnings,
    factors: keys,
  };
}

export function explanationAsJson({ shares, narrowing, steps }: Explanation): Members {
  return {
    shares: shares.map(({ stage, of, sharePpm }) => ({ stage, of, share_ppm: sharePpm.toString() })),
    narrowing: narrowing.map((item) => ({
      field: item.field,
      factor: item.factor,
      width_ug: item.widthUg.toString(),
      narrowed_ug: item.narrowedUg.toString(),
      saved_ppm: item.savedPpm.toString(),
      state: item.advice,
    })),
    steps: steps.map(({ name, unit, value }) => ({ name, unit, ...rangeAsJson(value) })),
  };
}
