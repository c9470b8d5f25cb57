import type { Hex } from "viem";
import { isList, isObject, type Json, type JsonObject } from "../model/strictJson";
import {
  type DisclosedWorkload,
  type EvidenceBundle,
  MOST_WORKLOADS,
  readBundle,
  readDisclosedWorkload,
} from "./bundle";
import type { Bounds } from "./merkle";
import { bytes32, InvalidEvidence, uint } from "./strictFields";

const MOST_SIBLINGS = 40; // as `verify_workload` of the ledger takes
const BOUNDS = ["low_ug", "central_ug", "high_ug"] as const;

/**
 * One workload of a large batch, disclosed alone: the sibling hashes up to the root take the place of all the others.
 * `stated` is what its owner says that the leaf holds.
 */
export interface DisclosedLeaf {
  readonly disclosed: DisclosedWorkload;
  readonly proof: readonly Hex[];
  readonly stated: Bounds | undefined;
}

/**
 * What an owner shows: all workloads of a report (`bundle` is what they came in, if any), some of them as leaves, or a
 * workload without its salt, of which everything but its place in the Merkle tree can be checked.
 */
export interface Disclosure {
  readonly workloads: readonly DisclosedWorkload[];
  readonly leaves: readonly DisclosedLeaf[];
  readonly bare?: JsonObject;
  readonly bundle?: EvidenceBundle;
}

function readLeaf(item: JsonObject, path: string): DisclosedLeaf {
  const siblings = item.get("proof");
  if (!isList(siblings) || siblings.length > MOST_SIBLINGS)
    throw new InvalidEvidence(`${path}.proof`, "not a proof", `a list of at most ${MOST_SIBLINGS} hashes`);
  const given = BOUNDS.filter((name) => item.has(name));
  if (given.length > 0 && given.length < BOUNDS.length)
    throw new InvalidEvidence(`${path}.${given[0]}`, "given alone", `all of ${BOUNDS.join(", ")}, or none`);
  const rest = new Map([...item].filter(([name]) => name !== "proof" && !given.some((one) => one === name)));
  const bound = (name: (typeof BOUNDS)[number]) => uint(item.get(name), 72, `${path}.${name}`);
  return {
    disclosed: readDisclosedWorkload(rest, path),
    proof: siblings.map((sibling, at) => bytes32(sibling, `${path}.proof[${at}]`)),
    stated:
      given.length === 0
        ? undefined
        : { low_ug: bound("low_ug"), central_ug: bound("central_ug"), high_ug: bound("high_ug") },
  };
}

function readList(items: readonly Json[]): Disclosure {
  const pathOf = (at: number) => `workloads[${at}]`;
  const proven = items.map((item) => isObject(item) && item.has("proof"));
  if (!proven.includes(true))
    return { workloads: items.map((item, at) => readDisclosedWorkload(item, pathOf(at))), leaves: [] };
  const without = proven.indexOf(false);
  if (without >= 0)
    throw new InvalidEvidence(`${pathOf(without)}.proof`, "missing", "a proof for each, or for none");
  return { workloads: [], leaves: items.map((item, at) => readLeaf(item as JsonObject, pathOf(at))) };
}

/** Reads any of the forms. Throws InvalidEvidence naming the field. */
export function readDisclosure(json: Json): Disclosure {
  if (isObject(json) && !json.has("workload")) {
    if (json.has("kind") && !json.has("report")) return { workloads: [], leaves: [], bare: json };
    const bundle = readBundle(json);
    return { workloads: bundle.workloads, leaves: [], bundle };
  }
  const items = isObject(json) ? [json] : json;
  if (!isList(items) || items.length < 1 || items.length > MOST_WORKLOADS)
    throw new InvalidEvidence(
      "workloads",
      "not disclosed workloads",
      `a bundle, or 1 to ${MOST_WORKLOADS} of {workload, salt}`,
    );
  return readList(items);
}

/** How many workloads are shown. */
export function countOf({ workloads, leaves, bare }: Disclosure): number {
  return workloads.length + leaves.length + (bare ? 1 : 0);
}

/** The workload at a position, as it stands in the file. */
export function workloadAt({ workloads, leaves, bare }: Disclosure, index: number): JsonObject | undefined {
  return bare ?? workloads[index]?.workload ?? leaves[index]?.disclosed.workload;
}
