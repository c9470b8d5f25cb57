import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Client } from "viem";
import type { AppConfig } from "../config";
import { useLedger } from "../ledgerContext";

/**
 * A read of the chain that is repeated on each new block. Big integers in a key are given as text.
 * The last value stays when a later read fails; the banner then says that the chain is down.
 */
export function useChainQuery<T>(
  key: readonly string[],
  read: (client: Client, config: AppConfig) => Promise<T>,
  enabled = true,
): UseQueryResult<T> {
  const { config, reader } = useLedger();
  return useQuery({
    queryKey: ["chain", String(config.chainId), config.ledger, ...key],
    queryFn: () => read(reader, config),
    enabled,
    // Comparing ten thousand records field by field with the last ones takes longer than drawing a page of them.
    structuralSharing: false,
    retry: 1,
  });
}
