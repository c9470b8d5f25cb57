import { createContext, useContext } from "react";
import type { Client } from "viem";
import type { AppConfig } from "./config";

/** The configuration and the one client that reads with it. */
export interface Ledger {
  config: AppConfig;
  reader: Client;
}

export const LedgerContext = createContext<Ledger | null>(null);

export function useLedger(): Ledger {
  const ledger = useContext(LedgerContext);
  if (ledger === null) throw new Error("useLedger needs a LedgerContext above it");
  return ledger;
}
