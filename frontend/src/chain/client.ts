import { type Chain, type Client, createClient, type EIP1193RequestFn, http, type Transport } from "viem";
import type { AppConfig } from "../config";

const TIMEOUT_MS = 8_000;
const POLLING_MS = 1_000;
/** Ten thousand records are 14 MiB on the wire, more than viem reads unless told to. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** What tells of the node itself: with these the page finds out that it is of another chain. */
const ABOUT_NODE = new Set(["eth_chainId", "eth_blockNumber"]);

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

/** Asks with every question which chain the node is of, in the same request: what another one says is thrown away. */
function ofChain(chainId: number, transport: Transport): Transport {
  return (options) => {
    const inner = transport(options);
    const ask: EIP1193RequestFn = inner.request;
    const request = async (question: { method: string }, how?: object) => {
      if (ABOUT_NODE.has(question.method)) return ask(question as never, how);
      const [found, answer] = await Promise.all([
        ask({ method: "eth_chainId" } as never, { dedupe: true }),
        ask(question as never, how),
      ]);
      if (Number(found) !== chainId) throw new Error(`The node is of chain ${Number(found)}, not ${chainId}`);
      return answer;
    };
    return { ...inner, request: request as EIP1193RequestFn };
  };
}

/** One client for all reads, straight to the RPC. Calls of one moment travel in one request. */
export function readerOf(config: AppConfig): Client {
  const transport = http(config.rpcUrl, {
    batch: true,
    timeout: TIMEOUT_MS,
    retryCount: 1,
    maxResponseBodySize: MAX_ANSWER_BYTES,
  });
  return createClient({
    chain: chainOf(config),
    transport: ofChain(config.chainId, transport),
    pollingInterval: POLLING_MS,
  });
}
