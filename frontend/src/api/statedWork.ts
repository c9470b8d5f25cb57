import { request } from "./request";
import type { SignedReport, StoredWorkload, WorkloadInput } from "./types";

/** A report of the signed-in account, with the workloads in it. */
export interface OwnReport extends SignedReport {
  workload_ids: readonly string[];
}

/** A workload as the signed-in account stated it. */
export interface StatedWorkload extends StoredWorkload {
  workload: WorkloadInput;
}

const MOST_REPORTS = 200;
const MOST_WORKLOADS = 500;

/** All pages of a list of the gateway, newest first; it ends early once `enough` says so. */
async function allPages<T extends { id: string }>(
  path: string,
  size: number,
  enough: (found: readonly T[]) => boolean,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (;;) {
    const last = found.at(-1);
    const query = new URLSearchParams({ limit: String(size), ...(last ? { before: last.id } : {}) });
    const { items } = await request<{ items: readonly T[] }>(`${path}?${query}`);
    found.push(...items);
    // A list that does not move on would never end.
    if (items.length < size || items.at(-1)?.id === last?.id || enough(found)) return found;
  }
}

/** Every report of the signed-in account, recorded or not. */
export function getAllReports(): Promise<readonly OwnReport[]> {
  return allPages<OwnReport>("/v1/reports", MOST_REPORTS, () => false);
}

/** The workloads that the signed-in account stated, from the newest back to where all of `wanted` are among them. */
export function getWorkloads(wanted: ReadonlySet<string>): Promise<readonly StatedWorkload[]> {
  const isEnough = (found: readonly StatedWorkload[]) =>
    found.filter(({ id }) => wanted.has(id)).length === wanted.size;
  return allPages<StatedWorkload>("/v1/workloads", MOST_WORKLOADS, isEnough);
}
