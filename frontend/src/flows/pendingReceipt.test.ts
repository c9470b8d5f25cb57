import { type Address, createClient, custom, type Hex, HttpRequestError } from "viem";
import { expect, test } from "vitest";
import { explain } from "./failure";
import { awaitReceipt } from "./pendingReceipt";

const HASH: Hex = `0x${"ab".repeat(32)}`;
const OTHER: Hex = `0x${"cd".repeat(32)}`;
const SENDER: Address = `0x${"ab".repeat(20)}`;
const TOKEN: Address = `0x${"12".repeat(20)}`;
const RECEIPT = {
  transactionHash: HASH,
  blockHash: HASH,
  blockNumber: "0x7",
  gasUsed: "0x1",
  status: "0x1",
  logs: [],
};
const WAITING = { hash: HASH, blockNumber: null, nonce: "0x1", from: SENDER };
/** Long enough for some rounds of asking. */
const TIMEOUT_MS = 200;

/** A chain that answers as `answer` says; `mined` has a receipt in any case. */
function readerOf(answer: (method: string) => unknown, mined?: Hex) {
  const request = async ({ method, params }: { method: string; params?: readonly unknown[] }) => {
    if (method === "eth_blockNumber") return "0x7";
    if (method === "eth_getTransactionReceipt" && mined && params?.[0] === mined)
      return { ...RECEIPT, transactionHash: mined };
    return answer(method);
  };
  return createClient({ transport: custom({ request }, { retryCount: 0 }), pollingInterval: 5 });
}

async function failureOf(answer: (method: string) => unknown) {
  const error = await awaitReceipt(readerOf(answer), HASH, { timeoutMs: TIMEOUT_MS }).catch(
    (reason: unknown) => reason,
  );
  return explain(error);
}

test("awaitReceipt: an outage after the sending is waited out, since what was sent stays sent", async () => {
  let asked = 0;
  const receipt = await awaitReceipt(
    readerOf((method) => {
      if (method !== "eth_getTransactionReceipt") return WAITING;
      asked += 1;
      if (asked <= 3) throw new HttpRequestError({ url: "http://127.0.0.1:1" });
      return RECEIPT;
    }),
    HASH,
    { timeoutMs: 5_000 },
  );
  expect(receipt.blockNumber).toBe(7n);
  expect(asked).toBe(4);
});

test("awaitReceipt: a failed transaction is told apart from one that is on its way", async () => {
  const failure = await failureOf((method) =>
    method === "eth_getTransactionReceipt" ? { ...RECEIPT, status: "0x0" } : null,
  );
  expect(failure.kind).toBe("reverted");
});

test("awaitReceipt: one that waits in the queue is stuck, and the wallet can speed it up", async () => {
  const failure = await failureOf((method) => (method === "eth_getTransactionByHash" ? WAITING : null));
  expect(failure).toMatchObject({ kind: "slow" });
  expect(failure.message).toContain("speed it up");
});

test("awaitReceipt: a hash that the chain never saw may be of a wallet that several people sign for", async () => {
  const failure = await failureOf(() => null);
  expect(failure).toMatchObject({ kind: "slow" });
  expect(failure.message).toContain("several people");
});

test("awaitReceipt: an outage to the end is no word that nothing was sent", async () => {
  const failure = await failureOf(() => {
    throw new HttpRequestError({ url: "http://127.0.0.1:1" });
  });
  expect(failure.kind).toBe("slow");
  expect(failure.message).not.toContain("Nothing was sent");
});

/** A chain on which another transaction of the same sender and nonce got into the block. */
function replacing() {
  const fields = { ...WAITING, to: TOKEN, value: "0x0", input: "0x01", blockNumber: "0x7" };
  const block = { number: "0x7", transactions: [{ ...fields, hash: OTHER, input: "0x02" }] };
  return readerOf((method) => {
    if (method === "eth_getTransactionByHash") return { ...fields, blockNumber: null };
    if (method === "eth_getBlockByNumber") return block;
    return null;
  }, OTHER);
}

test("awaitReceipt: another transaction of the account in its place means that it is gone", async () => {
  const waiting = awaitReceipt(replacing(), HASH, { account: SENDER, timeoutMs: 4_000 });
  expect(explain(await waiting.catch((reason: unknown) => reason)).kind).toBe("replaced");
});

test("awaitReceipt: another transaction of who sends for the account may carry its calls, so its events are given", async () => {
  const receipt = await awaitReceipt(replacing(), HASH, { account: TOKEN, timeoutMs: 4_000 });
  expect(receipt.transactionHash).toBe(OTHER);
});

test("awaitReceipt: somebody who does not look at events is told of any replacement", async () => {
  const waiting = awaitReceipt(replacing(), HASH, { timeoutMs: 4_000 });
  expect(explain(await waiting.catch((reason: unknown) => reason)).kind).toBe("replaced");
});
