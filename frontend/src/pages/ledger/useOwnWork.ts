import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Address } from "viem";
import { getAllReports, getWorkloads } from "../../api/statedWork";
import type { RecordedEvent } from "../../chain/ledger";
import { type Attributed, attribute } from "./breakdown";

async function readOwnWork(current: readonly RecordedEvent[]): Promise<Attributed> {
  const onChain = new Set(current.map(({ id }) => id.toLowerCase()));
  const reports = (await getAllReports()).filter(({ id }) => onChain.has(id.toLowerCase()));
  const wanted = new Set(reports.flatMap(({ workload_ids }) => workload_ids));
  return attribute(current, reports, wanted.size === 0 ? [] : await getWorkloads(wanted));
}

/**
 * What the signed-in account stated at the gateway behind its current attestations; nothing is asked unless `allowed`.
 * Only the newest attestation is in the key: what stands behind older ones does not change.
 */
export function useOwnWork(
  account: Address,
  current: readonly RecordedEvent[],
  allowed: boolean,
): UseQueryResult<Attributed> {
  return useQuery({
    queryKey: ["backend", "mine", "work", account, String(current.length), current[0]?.id ?? ""],
    queryFn: () => readOwnWork(current),
    enabled: allowed && current.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    retry: false,
  });
}
