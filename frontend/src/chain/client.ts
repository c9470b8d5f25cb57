import { type Chain, type Client, createClient, http } from "viem";
import type { AppConfig } from "../config";

const TIMEOUT_MS = 8_000;
const POLLING_MS = 1_000;
/** Ten thousand records are 14 MiB on the wire, more than viem reads unless told to. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** The configured chain in the form that viem, wagmi and wallets take. */
export function chainOf(config: AppConfig): Chain {
  return {
    id: config.chainId,
    name: config.chainName,
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [config.rpcUrl] } },
    ...(config.explorerUrl
      ? { blockExplorers: { default: { name: "Explorer", url: config.explorerUrl } } }
      : {}),
  };
}

/** One client for all reads, straight to the RPC. Calls of one moment travel in one request. */
export function readerOf(config: AppConfig): Client {
  return createClient({
    chain: chainOf(config),
    transport: http(config.rpcUrl, {
      batch: true,
      timeout: TIMEOUT_MS,
      retryCount: 1,
      maxResponseBodySize: MAX_ANSWER_BYTES,
    }),
    pollingInterval: POLLING_MS,
  });
}
