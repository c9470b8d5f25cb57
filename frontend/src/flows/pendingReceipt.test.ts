import { createClient, custom, type Hex, HttpRequestError } from "viem";
import { expect, test } from "vitest";
import { explain } from "./failure";
import { awaitReceipt } from "./pendingReceipt";

const HASH: Hex = `0x${"ab".repeat(32)}`;
const RECEIPT = {
  transactionHash: HASH,
  blockHash: HASH,
  blockNumber: "0x7",
  gasUsed: "0x1",
  status: "0x1",
  logs: [],
};
const WAITING = { hash: HASH, blockNumber: null, nonce: "0x1", from: HASH.slice(0, 42) };
/** Long enough for some rounds of asking. */
const TIMEOUT_MS = 200;

/** A chain that answers one method after the other, as `answer` says. */
function readerOf(answer: (method: string) => unknown) {
  const request = async ({ method }: { method: string }) => {
    if (method === "eth_blockNumber") return "0x7";
    return answer(method);
  };
  return createClient({ transport: custom({ request }, { retryCount: 0 }), pollingInterval: 5 });
}

async function failureOf(answer: (method: string) => unknown) {
  const error = await awaitReceipt(readerOf(answer), HASH, TIMEOUT_MS).catch((reason: unknown) => reason);
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
    5_000,
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
