import { createClient, custom, type EIP1193RequestFn, type Hex } from "viem";
import { chainOf } from "../../chain/client";
import { CONFIG } from "../../testing/fixtures";

/** A node that answers these methods and no other; an answer that is a function is given the parameters. */
export function nodeWith(answers: Record<string, unknown>) {
  const asked: { method: string; params: unknown }[] = [];
  const request = (async ({ method, params }: { method: string; params?: unknown }) => {
    asked.push({ method, params });
    if (!Object.hasOwn(answers, method)) throw new Error(`the node was asked for ${method}`);
    const answer = answers[method];
    return typeof answer === "function" ? answer(params) : answer;
  }) as EIP1193RequestFn;
  const client = createClient({ chain: chainOf(CONFIG), transport: custom({ request }, { retryCount: 0 }) });
  return { client, asked };
}

export const HASH: Hex = `0x${"ab".repeat(32)}`;
export const SENDER = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";

/** A transaction as a node tells it, in block 7. */
export function rawTransaction(changes: Record<string, unknown> = {}) {
  return {
    hash: HASH,
    from: SENDER,
    to: CONFIG.ledger,
    value: "0x0",
    input: "0x",
    nonce: "0x3",
    blockNumber: "0x7",
    ...changes,
  };
}

export function rawReceipt(changes: Record<string, unknown> = {}) {
  return {
    status: "0x1",
    gasUsed: "0x5208",
    effectiveGasPrice: "0x3b9aca00",
    contractAddress: null,
    logs: [],
    ...changes,
  };
}
