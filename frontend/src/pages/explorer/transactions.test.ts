import { encodeErrorResult } from "viem";
import { expect, test } from "vitest";
import { InvalidShape } from "../../evidence/reader";
import { CONFIG } from "../../testing/fixtures";
import { HASH, nodeWith, rawReceipt, rawTransaction } from "./testing";
import { readTransaction } from "./transactions";

const REASON = [{ type: "error", name: "Error", inputs: [{ name: "reason", type: "string" }] }] as const;

function reader(changes: Record<string, unknown> = {}) {
  return nodeWith({
    eth_getTransactionByHash: rawTransaction(),
    eth_getTransactionReceipt: rawReceipt(),
    eth_getBlockByNumber: { timestamp: "0x65f00000" },
    ...changes,
  });
}

test("readTransaction: one that is in a block has its time and what came of it", async () => {
  const { client } = reader();
  expect(await readTransaction(client, HASH)).toMatchObject({
    block: 7n,
    time: 0x65f00000n,
    nonce: 3n,
    reason: null,
    receipt: { succeeded: true, gasUsed: 21_000n, gasPrice: 1_000_000_000n },
  });
});

test("readTransaction: an unknown hash is nothing, and asks for nothing more", async () => {
  const { client, asked } = reader({ eth_getTransactionByHash: null, eth_getTransactionReceipt: null });
  expect(await readTransaction(client, HASH)).toBeNull();
  expect(asked.length).toBe(2);
});

test("readTransaction: one that waits has no block, no time and no receipt", async () => {
  const { client } = reader({
    eth_getTransactionByHash: rawTransaction({ blockNumber: null }),
    eth_getTransactionReceipt: null,
  });
  expect(await readTransaction(client, HASH)).toMatchObject({ block: null, time: null, receipt: null });
});

test("readTransaction: a reverted one is asked again on the block before, and the reason shown", async () => {
  const data = encodeErrorResult({ abi: REASON, errorName: "Error", args: ["ledger: expired"] });
  const { client, asked } = reader({
    eth_getTransactionReceipt: rawReceipt({ status: "0x0" }),
    eth_call: () => {
      throw { code: 3, message: "execution reverted", data };
    },
  });
  expect((await readTransaction(client, HASH))?.reason).toBe("ledger: expired");
  const call = asked.find(({ method }) => method === "eth_call");
  expect(call?.params).toMatchObject([{ to: CONFIG.ledger }, "0x6"]);
});

test("readTransaction: a reverted one that would go well now, or says nothing, has no reason", async () => {
  const receipt = { eth_getTransactionReceipt: rawReceipt({ status: "0x0" }) };
  expect((await readTransaction(reader({ ...receipt, eth_call: "0x" }).client, HASH))?.reason).toBeNull();
  const silent = () => {
    throw { code: 3, message: "execution reverted", data: "0x" };
  };
  expect((await readTransaction(reader({ ...receipt, eth_call: silent }).client, HASH))?.reason).toBeNull();
});

test.each([
  ["a text", "<html>"],
  ["a list", []],
  ["no hash", rawTransaction({ hash: "0x12" })],
  ["a sender that is none", rawTransaction({ from: "nobody" })],
  ["a number that is none", rawTransaction({ value: "12" })],
  ["data that is none", rawTransaction({ input: "0xabc" })],
])("readTransaction: %s instead of a transaction is refused by the field", async (_what, json) => {
  const { client } = reader({ eth_getTransactionByHash: json });
  await expect(readTransaction(client, HASH)).rejects.toThrow(InvalidShape);
});

test("readTransaction: garbage among the logs is refused by the field", async () => {
  const { client } = reader({ eth_getTransactionReceipt: rawReceipt({ logs: [{ topics: "no" }] }) });
  await expect(readTransaction(client, HASH)).rejects.toThrow("receipt.logs[0].topics");
});
