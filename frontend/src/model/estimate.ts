/** The estimate of one workload: every stage as integers with bounds, the evidence tier, each default used. */

import { embodiedOf } from "./embodied";
import { type Part, partsOf, siteOfWorkload } from "./energy";
import type { FactorSet } from "./factors";
import { InvalidWorkload } from "./fields";
import { marketOf } from "./market";
import { added, plus, type Range, spread } from "./ranges";
import { type Sci, sciOf } from "./sci";
import type { Site } from "./site";
import { facilityEnergyUwh, locationUg, perUnitUg, waterUl } from "./stages";
import { NOTHING_READ, type PathReads, rowOf } from "./trail";
import type { Workload } from "./workload";

const MOST_UG = 2n ** 72n - 1n; // a carbon amount on chain is a uint72
const METER = "measured/facility"; // idle energy is of the whole facility

/** The stages in their order; each is a range in the unit of its name. */
export const STAGES = [
  "it_energy_uwh",
  "energy_uwh",
  "operational_ug",
  "operational_market_ug",
  "embodied_ug",
  "water_ul",
  "total_ug",
  "total_market_ug",
] as const;
export type Stage = (typeof STAGES)[number];

/**
 * `per_request_ug` is the total over the requests of a workload that states them, `sci` the total over its functional unit.
 * Tier 1 is metered, 7 a published average. `took` is everything that was read; `merged` puts it together.
 */
export interface Estimate extends Readonly<Record<Stage, Range>> {
  readonly per_request_ug: Range | undefined;
  readonly sci: Sci | undefined;
  readonly tier: number;
  readonly tier_reason: string;
  readonly took: readonly PathReads[];
}

/**
 * Tier of the evidence: that of the weakest part, one worse without a known PUE or finer place, 6 at best without any
 * place. Never declared, always computed.
 */
function tierOf(parts: readonly Part[], sites: readonly Site[]): [number, string] {
  const weakest = parts.reduce((worst, part) => (part.tier > worst.tier ? part : worst));
  let { tier, reason } = weakest;
  const missing = [
    ...(sites.some(({ pueKnown }) => !pueKnown) ? ["no PUE published for the site"] : []),
    ...(sites.some(({ countryOnly }) => countryOnly) ? ["place known as a country only"] : []),
  ];
  if (missing.length > 0) {
    tier = Math.min(tier + 1, 7);
    reason += `; ${missing.join(" and ")}: one tier lower`;
  }
  if (sites.some(({ unknown }) => unknown)) {
    tier = Math.max(tier, 6);
    reason += "; place unknown: tier 6 at best";
  }
  return [tier, reason];
}

/**
 * Footprint of one workload under methodology `gal-footprint/1`. Every part of the work passes the stages and rounds on its
 * own, so that parts add up exactly.
 *
 * Throws InvalidWorkload if the result exceeds what the chain can hold, and UnknownFactor if the workload was read with
 * another factor set.
 */
export function estimate(workload: Workload, factors: FactorSet): Estimate {
  const parts = partsOf(workload, factors);
  const took: PathReads[] = parts.flatMap(({ reads }) => reads);
  const sites = parts.map(({ site }) => site);
  let energies = parts.map(({ energyUwh, site }) => facilityEnergyUwh(energyUwh, site.puePpm));
  const idle = workload.idle_uwh ? spread(workload.idle_uwh, rowOf(factors, METER).value) : undefined;
  if (idle && isIdleApart(workload)) {
    sites.push(siteOfWorkload(workload, factors, true));
    energies.push(idle);
  } else if (idle) {
    energies = energies.map((energy, index) => (index === 0 ? plus(energy, idle) : energy));
  }
  for (const { reads, warnings } of sites) took.push(["", reads], ["", { ...NOTHING_READ, warnings }]);
  if (idle) took.push(["", rowOf(factors, METER).reads]);
  const itEnergy = added(parts.map(({ energyUwh }) => energyUwh));
  const energy = added(energies);
  const operational = added(
    sites.map(({ gridMgPerKwh }, index) => locationUg(energies[index] as Range, gridMgPerKwh)),
  );
  const market = marketOf(workload, energies, sites, operational, factors, took);
  const embodied = embodiedOf(workload, parts, itEnergy, factors, took);
  const water = waterOf(workload, parts, energy, factors, took);
  const total = plus(operational, embodied);
  const totalMarket = plus(market, embodied);
  if (total.high > MOST_UG || totalMarket.high > MOST_UG)
    throw new InvalidWorkload([
      { field: "", problem: `the footprint exceeds ${MOST_UG} ug`, expected: "a workload of at most 4.7 Gt" },
    ]);
  const [tier, reason] = tierOf(parts, sites);
  return {
    it_energy_uwh: itEnergy,
    energy_uwh: energy,
    operational_ug: operational,
    operational_market_ug: market,
    embodied_ug: embodied,
    water_ul: water,
    total_ug: total,
    total_market_ug: totalMarket,
    per_request_ug: workload.requests ? perUnitUg(total, workload.requests) : undefined,
    sci: sciOf(workload, total),
    tier,
    tier_reason: reason,
    took,
  };
}

/** Beside phases, which may be elsewhere, idle energy is a part of its own; its PUE is inside. */
function isIdleApart(workload: Workload): boolean {
  return workload.phases.length > 0 && workload.measured_uwh === undefined;
}

/** Water of the sites; that of the power stations only where its factor is stated. */
function waterOf(
  workload: Workload,
  parts: readonly Part[],
  energyUwh: Range,
  factors: FactorSet,
  took: PathReads[],
): Range {
  const water = added(parts.map((part) => waterUl(part.energyUwh, part.site.wueUlPerKwh)));
  if (workload.grid_water_ul_per_kwh === undefined) return water;
  const rule = rowOf(factors, "stated/wue");
  took.push(["", rule.reads]);
  return plus(water, waterUl(energyUwh, spread(workload.grid_water_ul_per_kwh, rule.value)));
}
