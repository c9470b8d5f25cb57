/** The factor sets that this page carries, as files of its own that are fetched when one is needed. */

import type { Hex } from "viem";
import { METHOD, type Methodology, readMethodology } from "./methodology";

/** The very files of the Python package. Old sets stay, so that old attestations can be recomputed. */
const FILES = import.meta.glob<string>("../../../backend/greenledger/footprint/data/gal-factors-*.json", {
  query: "?url",
  import: "default",
  eager: true,
});

/** No factor set of this page makes the methodology. `known` are the ones that it has, for people. */
export class UnknownMethodology extends Error {
  override name = "UnknownMethodology";

  constructor(
    readonly id: Hex,
    readonly known: readonly string[],
  ) {
    super(`${id} is not known, expected one of ${known.join(", ")}; another version may know it`);
  }
}

/** A factor set could not be fetched: the server of the page does not answer, or not with the file. */
export class FactorsNotLoaded extends Error {
  override name = "FactorsNotLoaded";
}

async function fetched(url: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url);
    if (!response.ok) throw new FactorsNotLoaded(`the server answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw error instanceof FactorsNotLoaded ? error : new FactorsNotLoaded(String(error));
  }
}

/** Each is made once and stays, so that it is there when the server is not. A failure is tried again. */
function once<Value>(make: (url: string) => Promise<Value>): (url: string) => Promise<Value> {
  const made = new Map<string, Promise<Value>>();
  return (url) => {
    const kept = made.get(url);
    if (kept) return kept;
    const fresh = make(url);
    made.set(url, fresh);
    fresh.catch(() => made.delete(url));
    return fresh;
  };
}

const file = once(fetched);
/** Reading a set and hashing its rows takes a second on a phone: not before it is needed. */
const loaded = once(async (url) => readMethodology(await file(url)));

/** Addresses of the sets, the newest first. */
function newestFirst(): string[] {
  return Object.keys(FILES)
    .sort()
    .reverse()
    .map((name) => FILES[name] as string);
}

/** Fetches the newest set ahead, unread. */
export async function fetchNewest(): Promise<void> {
  await file(newestFirst()[0] as string);
}

/** The newest set: what work that is not attested yet is estimated with. */
export function newestMethodology(): Promise<Methodology> {
  return loaded(newestFirst()[0] as string);
}

/**
 * The set that makes a methodology, also an old one. No list says which one that is: the id is computed from each set's
 * rows, so a set that was changed is never taken. Throws UnknownMethodology.
 */
export async function methodologyOf(id: Hex): Promise<Methodology> {
  const known: string[] = [];
  for (const url of newestFirst()) {
    const found = await loaded(url);
    if (found.id === id.toLowerCase()) return found;
    known.push(`${found.id} (${METHOD} with ${found.factors.setId})`);
  }
  throw new UnknownMethodology(id, known);
}
