/** The market-based figure: what the contracts of the account say of its electricity, beside the grid's. */

import type { FactorSet } from "./factors";
import { added, divided, type Range, spread, times } from "./ranges";
import type { Site } from "./site";
import { marketUg, PPM } from "./stages";
import { type PathReads, rowOf, warned } from "./trail";
import type { Workload } from "./workload";

const NO_CONTRACTS = warned(
  "contracts: none stated, so the market-based figure equals the location-based one",
);
const NO_RESIDUAL = warned(
  "contracts: energy beyond them counts at the grid's factor, no residual mix is known",
);
const TOO_MANY = warned("contracts: more energy than was used, counted pro rata");

/** Operational carbon by contract, ug; energy beyond the contracts at the residual mix or the grid. */
export function marketOf(
  workload: Workload,
  energiesUwh: readonly Range[],
  sites: readonly Site[],
  operationalUg: Range,
  factors: FactorSet,
  took: PathReads[],
): Range {
  const { contracts, residual_mg_per_kwh: residual } = workload;
  if (contracts.length === 0 && residual === undefined) {
    took.push(["", NO_CONTRACTS]);
    return operationalUg;
  }
  let grids = sites.map(({ gridMgPerKwh }) => gridMgPerKwh);
  if (residual === undefined) {
    took.push(["", NO_RESIDUAL]);
  } else {
    const rule = rowOf(factors, "stated/grid");
    took.push(["", rule.reads]);
    grids = sites.map(() => spread(residual, rule.value));
  }
  const weighted = added(grids.map((grid, index) => times(grid, energiesUwh[index] as Range)));
  if (contracts.length === 0) return divided(weighted, PPM);
  const energy = added(energiesUwh);
  if (contracts.reduce((sum, { energy_uwh }) => sum + energy_uwh, 0n) > energy.central)
    took.push(["", TOO_MANY]);
  return marketUg(energy, weighted, contracts);
}
