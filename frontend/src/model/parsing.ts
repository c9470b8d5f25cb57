/** Reads an untrusted workload: each field by its rule, then the rules between fields. */

import { checkWorkload } from "./consistency";
import type { FactorSet } from "./factors";
import { InvalidWorkload, nearest, Reader } from "./fields";
import { readPlace } from "./places";
import { FIELDS, type RecordName, RULES, type Rule } from "./rules";
import { quoted, shown } from "./shown";
import { isObject, type Json } from "./strictJson";
import type { Workload } from "./workload";

type Values = Record<string, unknown>;

/** Where the names of a catalogue's section stand in the keys of a factor set. */
const SECTIONS: Readonly<Record<string, readonly [string, string]>> = {
  hardware: ["hardware/", "/embodied"],
  models: ["model/", "/active-params"],
  tasks: ["task/", ""],
};
/** Fields that a factor set made before them has no rows for. */
const NEEDED_ROWS: Readonly<Record<string, string>> = {
  embodied_mg: "stated/embodied",
  tokens: "training/mfu",
};

/** A name of the catalogue in lower case. */
function readName(
  reader: Reader,
  name: string,
  rule: Extract<Rule, { is: "code" }>,
  factors: FactorSet,
): string | undefined {
  const word = reader.code(name, rule.longest, rule.required)?.toLowerCase();
  if (word === undefined) return undefined;
  const [prefix, suffix] = SECTIONS[rule.section] ?? ["", ""];
  if (factors.has(prefix + word + suffix)) return word;
  const instead = rule.section === "models" ? " (or active_params)" : "";
  const expected = nearest(word, factors.names(prefix, suffix)) + instead;
  return reader.fail(name, `${quoted(word)} is not known`, expected);
}

function readValue(reader: Reader, name: string, rule: Rule, factors: FactorSet): unknown {
  switch (rule.is) {
    case "whole":
      return reader.whole(name, rule.low, rule.high, rule.required);
    case "text":
      return reader.text(name, rule.longest, rule.required);
    case "choice":
      return reader.choice(name, rule.words, rule.required);
    case "hash":
      return reader.hash(name, rule.required);
    case "code":
      return readName(reader, name, rule, factors);
    case "one": {
      if (rule.record === "Place") return readPlace(reader, factors);
      const child = reader.child(name);
      return child && readRecord(child, rule.record, factors);
    }
    case "many":
      return reader
        .children(name, rule.most)
        .map((child) => readRecord(child, rule.record, factors))
        .filter((item) => item !== undefined);
  }
}

/** An object of this type, or undefined after errors within it, which are in the reader. */
function readRecord(reader: Reader, record: RecordName, factors: FactorSet): Values | undefined {
  const before = reader.errors.length;
  const values = readValues(reader, record, factors);
  return reader.errors.length > before || reader.isFull ? undefined : values;
}

/** What is stated of the fields of this type; undefined where it could not be read. */
function readValues(reader: Reader, record: RecordName, factors: FactorSet): Values {
  reader.only(FIELDS[record]);
  const values: Values = {};
  for (const [name, rule] of Object.entries(RULES[record])) {
    if (!rule.required && !reader.has(name)) continue;
    const row = NEEDED_ROWS[name];
    if (row !== undefined && !factors.has(row))
      reader.fail(name, `not part of ${factors.setId}`, "a newer factor set, or no such field");
    values[name] = readValue(reader, name, rule, factors);
  }
  return values;
}

/**
 * Reads an untrusted value. Hardware, places and models must be in `factors`. Planned work is read too.
 *
 * Throws InvalidWorkload with the first 20 problems found: field path, problem, what was expected.
 */
export function parseWorkload(value: Json, factors: FactorSet): Workload {
  if (!isObject(value))
    throw new InvalidWorkload([
      { field: "", problem: `${shown(value)} is not an object`, expected: "a JSON object" },
    ]);
  const reader = new Reader(value);
  const values = readValues(reader, "Workload", factors);
  checkWorkload(reader, values, factors);
  if (reader.errors.length > 0) throw new InvalidWorkload(reader.errors);
  // The table of rules gives every field the type that Workload says.
  return { phases: [], contracts: [], ...values } as unknown as Workload;
}
