/**
 * The staged arithmetic: everything that turns resolved factors into the integers of a record.
 *
 * Every stage rounds once (low down, central half up, high up) and its integers are part of the record. All factors are
 * non-negative and every formula rises in each of them (or falls in a divisor), so all low factors give the low bound.
 */

import {
  ceilDiv,
  divided,
  dividedBy,
  exact,
  halfUp,
  larger,
  plus,
  type Range,
  scaled,
  scaledOver,
  smaller,
  times,
  timesWhole,
} from "./ranges";
import type { Contract } from "./workload";

export const PPM = 1_000_000n;
export const BILLION = 1_000_000_000n;
/** Forward 2, backward 4: Kaplan et al. 2020 (arXiv 2001.08361), section 2.1. */
const FLOP_PER_PARAM_TOKEN = 6n;

/** Energy of the nodes per token, in 10^-21 nWh: 10^-9 nWh x ppm (cached share) x ppm (host). */
export interface TokenCosts {
  readonly output: Range;
  readonly input: Range;
  readonly cached: Range;
}

/** Embodied carbon per energy as an exact quotient of two ranges, ug per uWh. */
export interface EnergyCost {
  readonly numerator: Range;
  readonly divisor: Range;
}

/** Tokens per request, and the number of requests. */
export interface TokenCounts {
  readonly fresh: bigint;
  readonly cached: bigint;
  readonly output: bigint;
  readonly requests: bigint;
}

/** Energy of device time. `rate` is mW x ppm (use) x ppm (host); 3.6 mW s are 1 uWh. */
export function deviceEnergyUwh(rate: Range, deviceSeconds: Range): Range {
  return scaled(rate, deviceSeconds, 3_600n * BILLION);
}

/** Device time of a training by its arithmetic: 6 x tokens x params FLOP at a share of the peak rate. */
export function trainingSeconds(tokens: bigint, params: bigint, peakGflops: Range, mfuPpm: Range): Range {
  const flop = exact(FLOP_PER_PARAM_TOKEN * tokens * params);
  return dividedBy(flop, timesWhole(times(peakGflops, mfuPpm), 1_000n));
}

/** Energy of the nodes for all requests. Rounds once. */
export function tokenEnergyUwh(costs: TokenCosts, tokens: TokenCounts): Range {
  const perRequest = plus(
    timesWhole(costs.output, tokens.output),
    plus(timesWhole(costs.input, tokens.fresh), timesWhole(costs.cached, tokens.cached)),
  );
  return divided(timesWhole(perRequest, tokens.requests), 1000n * BILLION * PPM * PPM);
}

/** A published average per unit times the units. */
export function unitEnergyUwh(perUnitNwh: Range, units: bigint): Range {
  return divided(timesWhole(perUnitNwh, units), 1000n);
}

/** E_it x PUE. Without a PUE the energy is of the whole facility already. */
export function facilityEnergyUwh(itEnergyUwh: Range, puePpm: Range | undefined): Range {
  return puePpm === undefined ? itEnergyUwh : scaled(itEnergyUwh, puePpm, PPM);
}

/** uWh x mg/kWh is 10^-6 ug. */
export function locationUg(energyUwh: Range, gridMgPerKwh: Range): Range {
  return scaled(energyUwh, gridMgPerKwh, PPM);
}

/**
 * Contracted energy at its own factor, the rest at the grid's (or the residual mix).
 *
 * `weighted` is the sum over sites of energy x intensity of what is not contracted (uWh x mg/kWh), so that the rest is
 * taken from every site in proportion. Contracts for more energy than was used count pro rata.
 */
export function marketUg(energyUwh: Range, weighted: Range, contracts: readonly Contract[]): Range {
  const contracted = contracts.reduce((sum, { energy_uwh }) => sum + energy_uwh, 0n);
  const atContracts = contracts.reduce((sum, each) => sum + each.energy_uwh * each.grid_mg_per_kwh, 0n);

  function numerator(energy: bigint, atGrid: bigint): bigint {
    const covered = smaller(energy, contracted);
    const rest = larger(energy - contracted, 0n);
    return covered * atContracts * energy + rest * contracted * atGrid;
  }

  // No energy: 0 over 1.
  const divisor = (energy: bigint) => larger(energy, 1n) * contracted * PPM;
  const { low, central, high } = energyUwh;
  return {
    low: numerator(low, weighted.low) / divisor(low),
    central: halfUp(numerator(central, weighted.central), divisor(central)),
    high: ceilDiv(numerator(high, weighted.high), divisor(high)),
  };
}

/** The part of what making the hardware emitted that falls on this use: TE x time / life x share. */
export function embodiedUg(madeUg: Range, deviceSeconds: Range, lifeS: Range, sharePpm?: bigint): Range {
  if (sharePpm === undefined) return scaledOver(madeUg, deviceSeconds, lifeS);
  return dividedBy(timesWhole(times(madeUg, deviceSeconds), sharePpm), timesWhole(lifeS, PPM));
}

/** As `embodiedUg` where the device time is unknown: it is what the energy gives at a reference power. */
export function embodiedByEnergyUg(cost: EnergyCost, itEnergyUwh: Range): Range {
  return scaledOver(itEnergyUwh, cost.numerator, cost.divisor);
}

/** Embodied carbon for each uWh: 1 uWh is 3.6 mW s, so energy over power is the time. */
export function energyCost(madeMg: Range, powerMw: Range, lifeS: Range, sharePpm: bigint): EnergyCost {
  return {
    numerator: timesWhole(madeMg, 36n * 1000n * sharePpm),
    divisor: timesWhole(times(powerMw, lifeS), 10n * PPM),
  };
}

/** Water of the site, on IT energy as WUE is defined; of the power stations, on the energy of the facility. */
export function waterUl(energyUwh: Range, ulPerKwh: Range): Range {
  return scaled(energyUwh, ulPerKwh, BILLION);
}

/** SCI: location-based total over `units` functional units (>= 1), ug per unit. */
export function perUnitUg(totalUg: Range, units: bigint): Range {
  return divided(totalUg, units);
}
