import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { getBlockNumber, getChainId } from "viem/actions";
import { useLedger } from "../ledgerContext";

const INTERVAL_MS = 4_000;
export const CHAIN_HEAD_KEY = ["chain", "head"];

export interface ChainHead {
  state: "reading" | "up" | "down" | "other";
  block: bigint | null;
  foundChainId: number | null;
}

/** The newest block, and whether the RPC answers for the configured chain. */
export function useChainHead(): ChainHead {
  const { config, reader } = useLedger();
  const query = useQuery({
    queryKey: CHAIN_HEAD_KEY,
    queryFn: async () => {
      const [chainId, block] = await Promise.all([
        getChainId(reader),
        getBlockNumber(reader, { cacheTime: 0 }),
      ]);
      return { chainId, block };
    },
    refetchInterval: INTERVAL_MS,
    retry: false,
  });
  const foundChainId = query.data?.chainId ?? null;
  const block = query.data?.block ?? null;
  if (query.isError) return { state: "down", block, foundChainId };
  if (foundChainId === null) return { state: "reading", block, foundChainId };
  return { state: foundChainId === config.chainId ? "up" : "other", block, foundChainId };
}

/** Reads everything of the chain again when there is a new block, whoever caused it. Used once, at the top. */
export function useRereadOnNewBlock(): void {
  const { block } = useChainHead();
  const queries = useQueryClient();
  useEffect(() => {
    if (block === null) return;
    const isState = (query: { queryKey: readonly unknown[] }) =>
      query.queryKey[0] === "chain" && query.queryKey[1] !== "head";
    void queries.invalidateQueries({ predicate: isState });
  }, [block, queries]);
}
