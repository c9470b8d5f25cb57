/** All of the work of a verification that needs the model: one module, so that it is loaded only when it is needed. */

import type { Hex } from "viem";
import { type Estimate, estimate } from "../model/estimate";
import { type Explanation, explain } from "../model/explain";
import {
  FactorsNotLoaded,
  fetchNewest,
  methodologyOf,
  newestMethodology,
  UnknownMethodology,
} from "../model/factorFiles";
import { InvalidWorkload } from "../model/fields";
import { parseWorkload } from "../model/parsing";
import { InvalidJson, loadsStrict } from "../model/strictJson";
import { type DefaultUsed, merged } from "../model/trail";
import { CheckFailed, type Failure } from "./checkFailed";
import { countOf, type Disclosure, readDisclosure, workloadAt } from "./disclosure";
import {
  type Recomputed,
  type RecomputedLeaf,
  recomputeFootprint,
  recomputeLeaves,
  type Told,
} from "./recompute";
import { InvalidEvidence } from "./strictFields";

/** As much as the command line takes. */
export const MOST_BYTES = 64 * 1_048_576;

/** What was recomputed under which factor set. One of `footprint` and `leaves` is filled. */
export interface Recomputation {
  readonly footprint: Recomputed | undefined;
  readonly leaves: readonly RecomputedLeaf[];
  readonly factorSet: string;
}

/** Why one workload has the figures that it has. */
export interface Explained {
  readonly estimate: Estimate;
  readonly explanation: Explanation;
  readonly defaults: readonly DefaultUsed[];
  readonly warnings: readonly string[];
}

function failureOf(error: unknown): Failure | null {
  if (error instanceof InvalidJson) return { kind: "json", detail: error.message };
  if (error instanceof InvalidEvidence) return { kind: "fields", errors: [error] };
  if (error instanceof InvalidWorkload) return { kind: "fields", errors: error.errors };
  if (error instanceof UnknownMethodology) return { kind: "methodology", id: error.id, known: error.known };
  return error instanceof FactorsNotLoaded ? { kind: "notLoaded" } : null;
}

function failed(error: unknown): unknown {
  const failure = failureOf(error);
  return failure ? new CheckFailed(failure) : error;
}

/** Reads a file of any of the forms. Throws CheckFailed. */
export function openDocument(file: Uint8Array): Disclosure {
  try {
    return readDisclosure(loadsStrict(file, MOST_BYTES));
  } catch (error) {
    throw failed(error);
  }
}

/** What a report says of itself that a recomputation needs. */
export interface Report {
  readonly methodology: Hex;
  readonly root: Hex;
  readonly count: number;
}

/**
 * Recomputes what is disclosed under the methodology that the report names, or the newest one without a report. Throws
 * CheckFailed, also where the workloads are not all of the report and have no proofs.
 */
export async function recompute(
  disclosure: Disclosure,
  report: Report | undefined,
  told: Told,
  signal?: AbortSignal,
): Promise<Recomputation> {
  try {
    const methodology = report ? await methodologyOf(report.methodology) : await newestMethodology();
    const factorSet = methodology.factors.setId;
    if (disclosure.leaves.length > 0) {
      if (!report) throw new CheckFailed({ kind: "noRoot" });
      const leaves = await recomputeLeaves(disclosure.leaves, report.root, methodology, told, signal);
      return { footprint: undefined, leaves, factorSet };
    }
    const given = countOf(disclosure);
    if (report && !disclosure.bundle && given !== report.count)
      throw new CheckFailed({ kind: "count", given, expected: report.count });
    const footprint = await recomputeFootprint(disclosure, methodology, told, signal);
    return { footprint, leaves: [], factorSet };
  } catch (error) {
    throw failed(error);
  }
}

/** Explains one of the disclosed workloads. Throws CheckFailed. */
export async function explainOne(
  disclosure: Disclosure,
  index: number,
  methodologyId: Hex | undefined,
): Promise<Explained> {
  try {
    const { factors } = methodologyId ? await methodologyOf(methodologyId) : await newestMethodology();
    const stated = workloadAt(disclosure, index);
    if (stated === undefined) throw new RangeError(`no workload ${index}`);
    const workload = parseWorkload(stated, factors);
    const made = estimate(workload, factors);
    const { defaults, warnings } = merged(made.took);
    return { estimate: made, explanation: explain(workload, factors, made), defaults, warnings };
  } catch (error) {
    throw failed(error);
  }
}

/** Fetches the newest factor set ahead, so that a check works when the server of the page has gone. */
export async function prepare(): Promise<void> {
  await fetchNewest();
}
