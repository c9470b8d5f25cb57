import { RPC_URL } from "./stack";

/** Asks the local chain, also for what only a local one does. */
export async function rpc(method: string, params: readonly unknown[] = []): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const headers = { "content-type": "application/json" };
  const answer = await (await fetch(RPC_URL, { method: "POST", headers, body })).json();
  if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
  return answer.result;
}

/** Keeps transactions out of blocks while `act` runs, as a busy chain does. */
export async function withoutBlocks(act: () => Promise<void>): Promise<void> {
  await rpc("evm_setAutomine", [false]);
  try {
    await act();
  } finally {
    await rpc("evm_setAutomine", [true]);
    await rpc("evm_mine");
  }
}
