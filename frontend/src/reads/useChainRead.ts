import { useRef } from "react";
import type { Client } from "viem";
import type { AppConfig } from "../config";
import { useLedger } from "../ledgerContext";
import { type Shown, useRead } from "./useRead";

/**
 * A read of the chain that is repeated on each new block, for pages that strangers open. Big integers in a key are
 * given as text. The last value stays when a later read fails; the banner then says that the chain is down.
 */
export function useChainRead<T>(
  key: readonly string[],
  read: (client: Client, config: AppConfig) => Promise<T>,
  enabled = true,
): Shown<T> {
  const { config, reader } = useLedger();
  const whole = ["chain", String(config.chainId), config.ledger, ...key];
  return useRead(whole, () => read(reader, config), { enabled, retries: 1 });
}

/** The same read with what it brought last, while its value under another key is on its way. */
export function useLast<T>(query: Shown<T>): Shown<T> {
  const last = useRef<T>(undefined);
  if (query.data !== undefined) last.current = query.data;
  return { ...query, data: query.data ?? last.current };
}
