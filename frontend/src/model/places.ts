/** Reading where the work ran: a country, a US state, or a region of a cloud provider. */

import type { FactorSet } from "./factors";
import { nearest, type Reader } from "./fields";
import { FIELDS } from "./rules";
import { quoted } from "./shown";
import type { Place } from "./workload";

function near(word: string, known: readonly string[]): string {
  return nearest(
    word,
    known.map((name) => name.toLowerCase()),
  );
}

function readCountry(child: Reader, factors: FactorSet): Place | undefined {
  const country = child.code("country", 2, true)?.toUpperCase();
  if (country === undefined) return undefined;
  if (!factors.has(`grid/country/${country}`)) {
    const close = near(country, factors.names("grid/country/"));
    return child.fail("country", `${quoted(country)} is not known`, `an ISO 3166 two-letter code, ${close}`);
  }
  if (!child.has("state")) return { country };
  if (country !== "US")
    return child.fail(
      "state",
      `given for ${country}`,
      "no state, as only US states have factors of their own",
    );
  return readState(child, factors);
}

function readState(child: Reader, factors: FactorSet): Place | undefined {
  const state = child.code("state", 2, false)?.toUpperCase();
  if (state === undefined) return undefined;
  if (factors.has(`grid/state/US-${state}`)) return { country: "US", state };
  const close = near(state, factors.names("grid/state/US-"));
  return child.fail("state", `${quoted(state)} is not known`, `a two-letter US state, ${close}`);
}

function readRegion(child: Reader, factors: FactorSet): Place | undefined {
  const provider = child.code("provider", 20, true)?.toLowerCase();
  const region = child.code("region", 60, true)?.toLowerCase();
  if (provider === undefined || region === undefined) return undefined;
  if (factors.has(`grid/region/${provider}/${region}`)) return { provider, region };
  const known = factors.names("grid/region/").map((name) => name.split("/"));
  const providers = [...new Set(known.map(([first = ""]) => first))].sort();
  if (!providers.includes(provider))
    return child.fail("provider", `${quoted(provider)} is not known`, `one of ${providers.join(", ")}`);
  const regions = known.filter(([first]) => first === provider).map(([, second = ""]) => second);
  return child.fail("region", `${quoted(region)} is not known at ${provider}`, nearest(region, regions));
}

/**
 * The place at `reader`, or undefined if absent or after errors, which are in the reader. An unknown region is refused: it
 * never falls back to a country in silence.
 */
export function readPlace(reader: Reader, factors: FactorSet): Place | undefined {
  const child = reader.child("place");
  if (child === undefined) return undefined;
  child.only(FIELDS.Place);
  const byCountry = child.has("country") || child.has("state");
  const byRegion = child.has("provider") || child.has("region");
  if (byCountry && byRegion)
    return child.fail(
      "provider",
      "given together with country or state",
      "either country (and US state), or provider and region",
    );
  return byRegion ? readRegion(child, factors) : readCountry(child, factors);
}
