import { numberToHex, RpcRequestError } from "viem";
import { expect, test } from "vitest";
import { CONFIG } from "../../testing/fixtures";
import { readAddressView, readEvents } from "./addresses";
import { HASH, nodeWith } from "./testing";

const HEAD = 100_000n;

/** One event in each of these blocks; ranges longer than `most` are refused. */
function nodeWithEvents(blocks: readonly bigint[], most = 1_000_000n) {
  return nodeWith({
    eth_blockNumber: numberToHex(HEAD),
    eth_getLogs: ([{ fromBlock, toBlock }]: [{ fromBlock: string; toBlock: string }]) => {
      const [from, to] = [BigInt(fromBlock), BigInt(toBlock)];
      if (to - from >= most)
        throw new RpcRequestError({
          body: {},
          error: { code: -32005, message: "range too long" },
          url: CONFIG.rpcUrl,
        });
      return blocks
        .filter((block) => block >= from && block <= to)
        .map((block) => ({
          address: CONFIG.ledger,
          topics: [],
          data: "0x",
          blockNumber: numberToHex(block),
          transactionHash: HASH,
          logIndex: "0x0",
        }));
    },
  });
}

async function allPages(node: ReturnType<typeof nodeWith>, floor: bigint) {
  const pages: bigint[][] = [];
  let before: bigint | null = null;
  do {
    const page = await readEvents(node.client, CONFIG.ledger, before, floor);
    pages.push(page.logs.map(({ block }) => block));
    before = page.before;
  } while (before !== null && pages.length < 50);
  return pages;
}

test("readEvents: pages go back from the newest, each event once, until the floor", async () => {
  const blocks = Array.from({ length: 60 }, (_, at) => 40_000n + BigInt(at) * 900n);
  const pages = await allPages(nodeWithEvents(blocks), 1n);
  expect(pages[0]?.length).toBe(25);
  expect(pages.flat()).toEqual(blocks.toReversed());
});

test("readEvents: a node that refuses long ranges is asked for shorter ones", async () => {
  const blocks = [HEAD - 10n, HEAD - 700n, HEAD - 3_000n];
  const node = nodeWithEvents(blocks, 600n);
  expect((await allPages(node, HEAD - 4_000n)).flat()).toEqual(blocks);
});

test("readEvents: an address without any costs a bounded number of requests", async () => {
  const node = nodeWithEvents([]);
  const page = await readEvents(node.client, CONFIG.ledger, null, 0n);
  expect(page).toEqual({ logs: [], before: null });
  expect(node.asked.length).toBeLessThan(14);
});

test("readEvents: a deployment after the head has no events", async () => {
  expect(await readEvents(nodeWithEvents([1n]).client, CONFIG.ledger, null, HEAD + 1n)).toEqual({
    logs: [],
    before: null,
  });
});

test("readAddressView: an account has no code, and garbage is refused by the field", async () => {
  const answers = { eth_getBalance: "0xde0b6b3a7640000", eth_getTransactionCount: "0x2", eth_getCode: "0x" };
  expect(await readAddressView(nodeWith(answers).client, CONFIG.ledger)).toEqual({
    balance: 10n ** 18n,
    nonce: 2n,
    codeBytes: 0,
  });
  const garbage = nodeWith({ ...answers, eth_getBalance: "much" });
  await expect(readAddressView(garbage.client, CONFIG.ledger)).rejects.toThrow("account.balance");
});
