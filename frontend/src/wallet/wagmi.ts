import { createConfig, createStorage, http } from "wagmi";
import { chainOf } from "../chain/client";
import type { AppConfig } from "../config";
import { storage } from "../storage";

/**
 * wagmi finds wallets by EIP-6963 alone and keeps listening, so a wallet that announces itself late still appears.
 * No connector is listed here: `injected()` beside discovery would show each wallet twice.
 */
export function walletConfig(config: AppConfig) {
  return createConfig({
    chains: [chainOf(config)],
    connectors: [],
    multiInjectedProviderDiscovery: true,
    transports: { [config.chainId]: http(config.rpcUrl) },
    storage: createStorage({ storage, key: "greenledger" }),
  });
}
