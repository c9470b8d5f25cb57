import { useMemo } from "react";
import type { Address } from "viem";
import { useConfig, useConnection } from "wagmi";
import { getConnectorClient } from "wagmi/actions";
import type { FlowEnvironment } from "../flows/environment";
import { useLedger } from "../ledgerContext";

export interface Wallet {
  /** Connected account, or null. */
  account: Address | null;
  /** Still finding out whether a wallet of the last visit is there. */
  restoring: boolean;
  /** Connected, but to another chain than the ledger's. */
  wrongChain: boolean;
  /** What a write flow needs, or null while no write is possible. */
  environment: FlowEnvironment | null;
}

/** The connected wallet as the pages see it. */
export function useWallet(): Wallet {
  const wagmi = useConfig();
  const { config, reader } = useLedger();
  const { address, chainId, connector, status } = useConnection();
  const wrongChain = address !== undefined && chainId !== config.chainId;

  const environment = useMemo<FlowEnvironment | null>(() => {
    if (!address || !connector || wrongChain || status !== "connected") return null;
    const wallet = () => getConnectorClient(wagmi, { account: address, chainId: config.chainId, connector });
    return { config, reader, account: address, wallet };
  }, [address, connector, wrongChain, status, wagmi, config, reader]);

  return { account: address ?? null, restoring: status === "reconnecting", wrongChain, environment };
}
