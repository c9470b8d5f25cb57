import { concat, type Hex, keccak256, stringToBytes } from "viem";
import type { Footprint } from "../chain/footprint";
import { type Estimate, estimate } from "../model/estimate";
import type { FactorSet } from "../model/factors";
import { InvalidWorkload } from "../model/fields";
import type { Methodology } from "../model/methodology";
import { parseWorkload } from "../model/parsing";
import { larger, smaller } from "../model/ranges";
import type { Json } from "../model/strictJson";
import { canonical, type Workload } from "../model/workload";
import { canonicalJson } from "./canonical";
import type { DisclosedLeaf, Disclosure } from "./disclosure";
import { type Bounds, isUnder, merkleRoot, WORKLOAD_KINDS, WORKLOAD_VERSION, workloadLeaf } from "./merkle";

/** What the workloads alone say of a footprint. The rest is chosen by the owner and the council. */
export type Recomputed = Omit<Footprint, "supersedes" | "valid_until" | "root"> & { root: Hex | undefined };

/** One leaf: whether it is under the root, and its bounds as they follow from the workload. */
export interface RecomputedLeaf {
  readonly isUnderRoot: boolean;
  readonly bounds: Bounds;
}

/** A workload after the model. `content` is the hash of its canonical form, which the salt then hides. */
interface Computed {
  readonly workload: Workload;
  readonly content: Hex;
  readonly estimate: Estimate;
}

/** Told how many workloads are done. */
export type Told = (done: number) => void;

const PATIENCE_MS = 20;
const BITS: Readonly<Record<string, bigint>> = { energy_uwh: 128n, water_ul: 128n };
const CARBON_BITS = 72n;

/** Runs the model over one workload. Throws InvalidWorkload with paths under `path`. */
function compute(stated: Json, factors: FactorSet, path: string): Computed {
  try {
    const workload = parseWorkload(stated, factors);
    const content = keccak256(stringToBytes(canonicalJson(canonical(workload))));
    return { workload, content, estimate: estimate(workload, factors) };
  } catch (error) {
    if (!(error instanceof InvalidWorkload)) throw error;
    const place = (field: string) => (field === "" ? `${path}.workload` : `${path}.workload.${field}`);
    throw new InvalidWorkload(error.errors.map((each) => ({ ...each, field: place(each.field) })));
  }
}

function boundsOf({ total_ug: { low, central, high } }: Estimate): Bounds {
  return { low_ug: low, central_ug: central, high_ug: high };
}

function leafOf({ workload, content }: Computed, salt: Hex, bounds: Bounds): Hex {
  const kind = WORKLOAD_KINDS[workload.kind] as number;
  return workloadLeaf(kind, WORKLOAD_VERSION, keccak256(concat([salt, content])), bounds);
}

function fail(field: string, problem: string, expected: string): never {
  throw new InvalidWorkload([{ field, problem, expected }]);
}

/** Notes a workload. The content is what tells that the same work is shown twice, as the salt may differ. */
function refuseRepeated(seen: Map<Hex, number>, { content }: Computed, index: number): void {
  const before = seen.get(content);
  if (before !== undefined)
    fail(
      `workloads[${index}]`,
      `the same as workloads[${before}]`,
      "each workload once; two alike need names",
    );
  seen.set(content, index);
}

function sum(computed: readonly Computed[], name: string, of: (made: Estimate) => bigint): bigint {
  const value = computed.reduce((total, { estimate: made }) => total + of(made), 0n);
  const bits = BITS[name] ?? CARBON_BITS;
  if (value >= 2n ** bits)
    fail(
      "workloads",
      `${name} adds up to more than ${bits} bits`,
      "fewer or smaller workloads in one report",
    );
  return value;
}

function least(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => smaller(a, b));
}

function greatest(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => larger(a, b));
}

/** Sums of the workloads' integers, the worst of their tiers. */
function footprintOf(computed: readonly Computed[], root: Hex | undefined, methodology: Hex): Recomputed {
  const seen = new Map<Hex, number>();
  computed.forEach((each, index) => {
    refuseRepeated(seen, each, index);
  });
  const total = (name: string, of: (made: Estimate) => bigint) => sum(computed, name, of);
  return {
    root,
    count: computed.length,
    methodology,
    period_start: least(computed.map(({ workload }) => workload.start)),
    period_end: greatest(computed.map(({ workload }) => workload.end)),
    energy_uwh: total("energy_uwh", (made) => made.energy_uwh.central),
    low_ug: total("low_ug", (made) => made.total_ug.low),
    central_ug: total("central_ug", (made) => made.total_ug.central),
    high_ug: total("high_ug", (made) => made.total_ug.high),
    market_ug: total("market_ug", (made) => made.total_market_ug.central),
    embodied_ug: total("embodied_ug", (made) => made.embodied_ug.central),
    water_ul: total("water_ul", (made) => made.water_ul.central),
    tier: Math.max(...computed.map(({ estimate: made }) => made.tier)),
  };
}

/** Does something for each item and lets the page draw and answer in between. */
async function eachInTurn<T, R>(
  items: readonly T[],
  act: (item: T, index: number) => R,
  told: Told,
  signal?: AbortSignal,
): Promise<R[]> {
  const results: R[] = [];
  let since = performance.now();
  for (const [index, item] of items.entries()) {
    results.push(act(item, index));
    if (performance.now() - since < PATIENCE_MS) continue;
    told(index + 1);
    await new Promise((resume) => setTimeout(resume));
    signal?.throwIfAborted();
    since = performance.now();
  }
  return results;
}

/** The footprint of everything that is disclosed. Throws InvalidWorkload naming the workload and its field. */
export async function recomputeFootprint(
  { workloads, bare }: Disclosure,
  { factors, id }: Methodology,
  told: Told,
  signal?: AbortSignal,
): Promise<Recomputed> {
  if (bare) return footprintOf([compute(bare, factors, "workloads[0]")], undefined, id);
  const computed = await eachInTurn(
    workloads,
    ({ workload }, index) => compute(workload, factors, `workloads[${index}]`),
    told,
    signal,
  );
  const leaves = computed.map((each, index) => {
    const salt = workloads[index]?.salt as Hex;
    return leafOf(each, salt, boundsOf(each.estimate));
  });
  return footprintOf(computed, merkleRoot(leaves), id);
}

/** Each leaf that is disclosed alone, under the root of the report. Throws InvalidWorkload for one that is shown twice. */
export function recomputeLeaves(
  leaves: readonly DisclosedLeaf[],
  root: Hex,
  { factors }: Methodology,
  told: Told,
  signal?: AbortSignal,
): Promise<RecomputedLeaf[]> {
  const seen = new Map<Hex, number>();
  function one({ disclosed, proof, stated }: DisclosedLeaf, index: number): RecomputedLeaf {
    const computed = compute(disclosed.workload, factors, `workloads[${index}]`);
    refuseRepeated(seen, computed, index);
    const bounds = boundsOf(computed.estimate);
    const leaf = leafOf(computed, disclosed.salt, stated ?? bounds);
    return { isUnderRoot: isUnder(root, leaf, proof), bounds };
  }
  return eachInTurn(leaves, one, told, signal);
}
