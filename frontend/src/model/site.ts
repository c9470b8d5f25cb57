/** What the site adds: PUE, grid intensity and water use, stated or from the place and the year. */

import type { FactorSet } from "./factors";
import { larger, type Range, spread } from "./ranges";
import { PPM } from "./stages";
import { type Reads, Trail } from "./trail";
import type { Place, SiteFields } from "./workload";

/** What is stated of one site. `facility`: the energy is of the whole facility, no PUE applies. */
export interface SiteStated extends SiteFields {
  readonly year: number;
  readonly facility: boolean;
}

/** Factors of one site. `puePpm` is undefined where the energy already includes it. The flags feed the tier. */
export interface Site {
  readonly puePpm: Range | undefined;
  readonly gridMgPerKwh: Range;
  readonly wueUlPerKwh: Range;
  readonly pueKnown: boolean;
  readonly countryOnly: boolean;
  readonly unknown: boolean;
  readonly reads: Reads;
  /** Warnings about stated values, after those of the look-up. */
  readonly warnings: readonly string[];
}

/** The factors of a site. */
export function siteOf(factors: FactorSet, stated: SiteStated): Site {
  const trail = new Trail(factors);
  const { place, facility } = stated;
  const [puePpm, pueKnown] = pueOf(stated, trail);
  const { range: gridMgPerKwh, warnings } = gridOf(stated, trail);
  const wueUlPerKwh = wueOf(stated, trail);
  if (facility && stated.wue_ul_per_kwh !== undefined)
    trail.warn("wue_ul_per_kwh: taken on the energy of the whole facility, as that of the IT is unknown");
  const byPlace = stated.grid_mg_per_kwh === undefined;
  return {
    puePpm,
    gridMgPerKwh,
    wueUlPerKwh,
    pueKnown,
    countryOnly: byPlace && place !== undefined && place.state === undefined && place.provider === undefined,
    unknown: byPlace && place === undefined,
    reads: trail.reads(),
    warnings,
  };
}

function pueOf({ place, year, facility, pue_ppm }: SiteStated, trail: Trail): [Range | undefined, boolean] {
  if (facility) return [undefined, true]; // one stated for the rest of the work is inside this energy already
  if (pue_ppm !== undefined) {
    const pue = spread(pue_ppm, trail.read("stated/pue").value);
    return [{ ...pue, low: larger(pue.low, PPM) }, true];
  }
  const key = defaultKey(place, year, trail.factors, "pue");
  return [trail.default("pue_ppm", key), key.startsWith("region/")];
}

function wueOf({ place, year, wue_ul_per_kwh }: SiteStated, trail: Trail): Range {
  if (wue_ul_per_kwh !== undefined) return spread(wue_ul_per_kwh, trail.read("stated/wue").value);
  return trail.default("wue_ul_per_kwh", defaultKey(place, year, trail.factors, "wue"));
}

/** Stated intensities are often of combustion alone: the high bound is at least a life-cycle minimum. */
function gridOf(stated: SiteStated, trail: Trail): { range: Range; warnings: string[] } {
  const value = stated.grid_mg_per_kwh;
  if (value === undefined) return { range: placeGrid(stated.place, stated.year, trail), warnings: [] };
  const range = spread(value, trail.read("stated/grid").value);
  const lowest = trail.factors.row("grid/life-cycle/lowest").value;
  if (range.high >= lowest.high) return { range, warnings: [] };
  trail.read("grid/life-cycle/lowest");
  const below =
    `grid_mg_per_kwh: ${value} is below the life cycle of any source of electricity (${lowest.low});` +
    ` the high bound uses ${lowest.high}`;
  return { range: { ...range, high: lowest.high }, warnings: value < lowest.low ? [below] : [] };
}

/** The row of that year, else of the nearest; of two as near the older, which was known then. */
function ofYear(key: string, year: number, factors: FactorSet): string {
  const years = factors.years(key);
  if (years === undefined) return key;
  const [nearest] = [...years.keys()].sort((a, b) => Math.abs(a - year) - Math.abs(b - year) || a - b);
  return nearest === undefined ? key : (years.get(nearest) ?? key);
}

/** The finest row there is: published for the region, of the provider's fleet, or of unknown sites. */
function defaultKey(place: Place | undefined, year: number, factors: FactorSet, quantity: string): string {
  if (place?.provider === undefined) return ofYear(`${quantity}/unknown`, year, factors);
  const region = `region/${place.provider}/${place.region}/${quantity}`;
  const key = factors.has(region) ? region : `provider/${place.provider}/${quantity}`;
  return ofYear(key, year, factors);
}

function placeGrid(place: Place | undefined, year: number, trail: Trail): Range {
  const { factors } = trail;
  const quantity = gridKey(place);
  const key = ofYear(quantity, year, factors);
  const row = factors.row(key);
  if (place === undefined) {
    trail.warn("place: not stated, so the world average of the grid is used");
  } else if (place.provider !== undefined && row.evidence.startsWith("no factor of its own")) {
    const mapped = factors.label(`${quantity}/place`);
    const region = `${place.provider}/${place.region}`;
    trail.warn(`place: ${region} has no grid factor of its own; that of ${mapped} is used`);
  }
  if (Math.abs(year - row.year) > 1)
    trail.warn(`grid_mg_per_kwh: the work began in ${year}, the grid factor is of ${row.year}`);
  return trail.default("grid_mg_per_kwh", key);
}

function gridKey(place: Place | undefined): string {
  if (place === undefined) return "grid/world";
  if (place.provider !== undefined) return `grid/region/${place.provider}/${place.region}`;
  if (place.state !== undefined) return `grid/state/${place.country}-${place.state}`;
  return `grid/country/${place.country}`;
}
