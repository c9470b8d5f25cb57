/** What an estimate took from the factor set, so that nothing stays silent. */

import type { Factor, FactorSet } from "./factors";
import type { Range } from "./ranges";

/**
 * A factor that stood in for a field that was not stated. Integers as decimal strings, in `unit`. `source` cites where the
 * factor is from, `note` says what was taken from there.
 */
export interface DefaultUsed {
  readonly field: string;
  readonly factor: string;
  readonly value: string;
  readonly unit: string;
  readonly source: string;
  readonly low: string;
  readonly high: string;
  readonly note: string;
}

/** What one look-up took: defaults, warnings (paths relative to what was looked up), keys of rows. */
export interface Reads {
  readonly defaults: readonly DefaultUsed[];
  readonly warnings: readonly string[];
  readonly keys: readonly string[];
}

/** The path of the object that a look-up was made for, as "phases[0].", and what it took. */
export type PathReads = readonly [string, Reads];

export const NOTHING_READ: Reads = { defaults: [], warnings: [], keys: [] };

export function warned(text: string): Reads {
  return { ...NOTHING_READ, warnings: [text] };
}

/** Reads factors for one look-up and remembers which, in the order they were first read. */
export class Trail {
  private readonly defaults: DefaultUsed[] = [];
  private readonly warnings = new Set<string>();
  private readonly keys = new Set<string>();

  constructor(readonly factors: FactorSet) {}

  /** A row that belongs to what was stated: a card's power, the spread of a stated value. */
  read(key: string): Factor {
    this.keys.add(key);
    return this.factors.row(key);
  }

  /** A row in place of the field `field`, which was not stated. */
  default(field: string, key: string): Range {
    const row = this.read(key);
    this.defaults.push({
      field,
      factor: key,
      value: row.value.central.toString(),
      unit: row.unit,
      source: this.factors.citations.get(row.sourceId) ?? row.sourceId,
      low: row.value.low.toString(),
      high: row.value.high.toString(),
      note: row.evidence,
    });
    return row.value;
  }

  warn(text: string): void {
    this.warnings.add(text);
  }

  reads(): Reads {
    return { defaults: this.defaults, warnings: [...this.warnings], keys: [...this.keys] };
  }
}

/** One quantity and what was read for it. */
export interface Looked {
  readonly value: Range;
  readonly reads: Reads;
}

/** A row that belongs to what was stated. */
export function rowOf(factors: FactorSet, key: string): Looked {
  const trail = new Trail(factors);
  const { value } = trail.read(key);
  return { value, reads: trail.reads() };
}

/** A row in place of the field `name`. */
export function defaultOf(factors: FactorSet, name: string, key: string): Looked {
  const trail = new Trail(factors);
  const value = trail.default(name, key);
  return { value, reads: trail.reads() };
}

/** All of them in order with the path of each, every default, warning and key once. */
export function merged(reads: readonly PathReads[]): Reads {
  const defaults = new Map<string, DefaultUsed>();
  const warnings = new Set<string>();
  const keys = new Set<string>();
  for (const [path, taken] of reads) {
    for (const used of taken.defaults) {
      const placed = { ...used, field: path + used.field };
      const name = `${placed.field} ${placed.factor}`; // the rest of a default follows from its factor
      if (!defaults.has(name)) defaults.set(name, placed);
    }
    for (const warning of taken.warnings) warnings.add(path + warning);
    for (const key of taken.keys) keys.add(key);
  }
  return { defaults: [...defaults.values()], warnings: [...warnings], keys: [...keys] };
}
