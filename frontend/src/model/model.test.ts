import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { zeroHash } from "viem";
import { expect, test } from "vitest";
import { workloadHash } from "../evidence/canonical";
import { estimateAsJson, explanationAsJson } from "./asJson";
import { estimate } from "./estimate";
import { explain } from "./explain";
import { type FieldError, InvalidWorkload } from "./fields";
import { factorRoot, type Methodology, readMethodology } from "./methodology";
import { parseWorkload } from "./parsing";
import { FIELDS, RULES } from "./rules";
import { InvalidJson, isList, isObject, type Json, loadsStrict } from "./strictJson";
import { canonical } from "./workload";

/** What the Python package made of the same inputs. GREENLEDGER_MODEL_VECTORS names another file, as a longer one. */
const FILE = process.env.GREENLEDGER_MODEL_VECTORS ?? "src/generated/modelVectors.json";
const DATA = "../backend/greenledger/footprint/data";
const MOST_SHOWN = 3;
const NEWEST = "gal-factors-2026-2";

const vectors = loadsStrict(readFileSync(FILE), 64 * 1024 * 1024);
const sets = new Map<string, Methodology>();

function member(value: Json | undefined, name: string): Json {
  const found = isObject(value) ? value.get(name) : undefined;
  if (found === undefined) throw new Error(`the vectors hold no ${name}`);
  return found;
}

function items(name: string): readonly Json[] {
  const value = member(vectors, name);
  if (!isList(value)) throw new Error(`${name} is no list`);
  return value;
}

function setOf(id: Json): Methodology {
  const known = sets.get(String(id)) ?? readMethodology(readFileSync(`${DATA}/${id}.json`));
  sets.set(String(id), known);
  return known;
}

/** The value as JSON with sorted keys and no spaces. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${sorted(item)}`).join(",")}}`;
}

function digest(value: unknown): string {
  return createHash("sha256").update(sorted(value)).digest("hex").slice(0, 16);
}

function refusal(errors: readonly FieldError[]): unknown {
  return errors.map(({ field, problem, expected }) => [field, problem, expected]);
}

/** All that this model says of a workload, in the form of the vectors. */
function outcome(vector: Json): { summary: string; everything: unknown } {
  const { factors } = setOf(member(vector, "set"));
  try {
    const workload = parseWorkload(member(vector, "workload"), factors);
    const made = estimate(workload, factors);
    const everything = {
      estimate: estimateAsJson(made),
      explanation: explanationAsJson(explain(workload, factors, made)),
      hash: workloadHash(canonical(workload), zeroHash),
    };
    const { low, central, high } = made.total_ug;
    return { summary: `${low} ${central} ${high}`, everything };
  } catch (error) {
    if (!(error instanceof InvalidWorkload)) throw error;
    return {
      summary: error.errors.map(({ field }) => field).join(" "),
      everything: refusal(error.errors),
    };
  }
}

/** The vectors that differ, each with the whole of what this model says. */
function differences(name: string): unknown[] {
  const found: unknown[] = [];
  for (const vector of items(name)) {
    const { summary, everything } = outcome(vector);
    const stated = isObject(vector) ? (vector.get("total_ug") ?? vector.get("refused")) : undefined;
    if (summary === stated && digest(everything) === member(vector, "digest")) continue;
    found.push({ vector: toPlain(vector), summary, everything });
  }
  return found;
}

function toPlain(value: Json): unknown {
  if (isObject(value)) return Object.fromEntries([...value].map(([key, item]) => [key, toPlain(item)]));
  if (isList(value)) return value.map(toPlain);
  return typeof value === "bigint" ? value.toString() : value;
}

/** As the vectors have it: fractions as a word, since languages print them differently. */
function plainNumbers(value: Json): unknown {
  if (typeof value === "number") return "a fraction";
  if (isList(value)) return value.map(plainNumbers);
  if (isObject(value)) return Object.fromEntries([...value].map(([key, item]) => [key, plainNumbers(item)]));
  return toPlain(value);
}

test.each(["golden", "published", "drawn"])(
  "the model: every %s workload has the integers, defaults, warnings, tier and refusals of the Python package",
  (name) => {
    const found = differences(name);
    expect(items(name).length).toBeGreaterThan(0);
    expect(found.slice(0, MOST_SHOWN), `${found.length} differ`).toEqual([]);
  },
  120_000,
);

test("training arithmetic: more device time than a million devices have is refused as by the Python package", () => {
  const phase = '{"hardware": "h100-sxm-80gb", "tokens": "10000000000000", "params": "100000000000"}';
  const within = (seconds: bigint) => {
    const times = `"start": "1700000000", "end": "${1_700_000_000n + seconds}"`;
    const text = `{"kind": "training", ${times}, "phases": [${phase}]}`;
    const { factors } = setOf(NEWEST);
    return parseWorkload(loadsStrict(new TextEncoder().encode(text)), factors);
  };
  expect(() => within(11_030n)).toThrow(
    "phases: more device time than start and end allow, expected at most a million devices between start and" +
      " end, the device time of tokens and params included",
  );
  expect(within(11_031n).phases).toHaveLength(1);
});

test("the methodologies: root and id of every factor set are those of the Python package", () => {
  const fresh = items("methodologies").map((stated) => {
    const { id, factors } = setOf(member(stated, "factor_set"));
    return { id, method: "gal-footprint/1", factor_set: factors.setId, factor_root: factorRoot(factors) };
  });
  expect(fresh).toEqual(items("methodologies").map(toPlain));
});

test("the rules: every field may hold what it may in the Python package, and fields are listed alike", () => {
  const rules = Object.fromEntries(
    Object.entries(RULES).map(([record, table]) => [
      record,
      Object.fromEntries(
        Object.entries(table).map(([name, rule]) => [
          name,
          Object.fromEntries(
            Object.entries(rule).map(([key, value]) => [
              key,
              typeof value === "bigint" || typeof value === "number" ? value.toString() : value,
            ]),
          ),
        ]),
      ),
    ]),
  );
  expect(rules).toEqual(toPlain(member(vectors, "rules")));
  expect(FIELDS).toEqual(toPlain(member(vectors, "fields")));
});

test("loadsStrict: reads and refuses the texts that the Python package reads and refuses", () => {
  const read = items("texts").map((vector) => {
    const text = String(member(vector, "text"));
    try {
      return { text, value: sorted(plainNumbers(loadsStrict(new TextEncoder().encode(text)))) };
    } catch (error) {
      if (!(error instanceof InvalidJson)) throw error;
      return { text };
    }
  });
  expect(read).toEqual(items("texts").map(toPlain));
  expect(read.some((one) => "value" in one) && read.some((one) => !("value" in one))).toBe(true);
});
