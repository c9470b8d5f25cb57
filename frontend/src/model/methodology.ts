/** The name of a methodology: model version and factor set in one hash. */

import { concat, type Hex, keccak256, stringToBytes, stringToHex } from "viem";
import { type Factor, type FactorSet, readFactorSet } from "./factors";
import { loadsStrict } from "./strictJson";

export const METHOD = "gal-footprint/1";
const MOST_BYTES = 16_777_216;
const LEAF = 0x00;
const NODE: Hex = "0x01";

/** The row as canonical JSON (RFC 8785): sorted keys, integers as decimal strings. */
function canonicalRow({ key, unit, value, year, sourceId, licence, evidence }: Factor): string {
  return JSON.stringify({
    central: value.central.toString(),
    evidence,
    high: value.high.toString(),
    key,
    licence,
    low: value.low.toString(),
    source_id: sourceId,
    unit,
    year: year.toString(),
  });
}

function leafOf(row: Factor): Hex {
  const bytes = stringToBytes(canonicalRow(row));
  const prefixed = new Uint8Array(bytes.length + 1);
  prefixed[0] = LEAF;
  prefixed.set(bytes, 1);
  return keccak256(prefixed);
}

/**
 * Merkle root over the rows in key order: leaf keccak256(0x00 || canonical row), node keccak256(0x01 || left || right),
 * pairs left to right, an odd last node moves up unchanged. Throws RangeError without rows.
 */
export function factorRoot(factors: FactorSet): Hex {
  let level = factors.rows.map(leafOf);
  while (level.length > 1) {
    const above: Hex[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = [level[index] as Hex, level[index + 1]];
      above.push(right === undefined ? left : keccak256(concat([NODE, left, right])));
    }
    level = above;
  }
  const [root] = level;
  if (root === undefined) throw new RangeError("factor set: expected at least one row");
  return root;
}

/** keccak256(method || 0x00 || factor root): what a footprint names, and the ledger approves. */
export function methodologyId(factors: FactorSet): Hex {
  return keccak256(concat([stringToHex(METHOD), "0x00", factorRoot(factors)]));
}

/** A factor set with the id of its methodology, which was computed from its rows. */
export interface Methodology {
  readonly id: Hex;
  readonly factors: FactorSet;
}

/** Reads a factor set and computes what it is called. */
export function readMethodology(file: Uint8Array): Methodology {
  const factors = readFactorSet(loadsStrict(file, MOST_BYTES));
  return { id: methodologyId(factors), factors };
}
