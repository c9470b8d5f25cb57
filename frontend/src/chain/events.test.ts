import { ResponseBodyTooLargeError } from "viem";
import { beforeEach, expect, test } from "vitest";
import { ledgerReads } from "../generated/publicAbi";
import { ACCOUNT, CONFIG, FOOTPRINT_REPORT } from "../testing/fixtures";
import { LogChain, type PlacedEvent } from "../testing/logChain";
import { forgetVisit } from "./eventStore";
import { readEvents, readHead } from "./events";
import { readNewest } from "./eventsNewest";
import { recordedQuery } from "./ledger";

const query = recordedQuery(CONFIG, { account: ACCOUNT });
const { footprint } = FOOTPRINT_REPORT;

function id(number: number): `0x${string}` {
  return `0x${number.toString(16).padStart(64, "0")}`;
}

function recorded(number: number, block: bigint): PlacedEvent {
  const args = { id: id(number), account: ACCOUNT, methodology: footprint.methodology, footprint };
  return { abi: ledgerReads, address: CONFIG.ledger, name: "FootprintRecorded", args, block };
}

function chainOf(blocks: readonly bigint[], head: bigint): LogChain {
  return new LogChain(
    CONFIG,
    blocks.map((block, index) => recorded(index + 1, block)),
    head,
  );
}

async function ids(chain: LogChain): Promise<string[]> {
  const client = chain.client();
  return (await readEvents(client, query, await readHead(client, [query]))).map(({ args }) => args.id);
}

beforeEach(forgetVisit);

test("readEvents: the second time only blocks since the last final one are asked for", async () => {
  const chain = chainOf([10n, 500n, 990n], 1000n);
  expect(await ids(chain)).toEqual([id(1), id(2), id(3)]);
  chain.head = 1010n;
  chain.events.push(recorded(4, 1005n));
  expect(await ids(chain)).toEqual([id(1), id(2), id(3), id(4)]);
  expect(chain.ranges).toEqual([
    [1n, 1000n],
    [937n, 1010n],
  ]);
});

test("readEvents: an event that a reorganisation took away is gone, and one that it moved is there once", async () => {
  const chain = chainOf([10n, 950n, 990n], 1000n);
  await ids(chain);
  chain.events.splice(1, 2, recorded(3, 960n));
  chain.head = 1001n;
  expect(await ids(chain)).toEqual([id(1), id(3)]);
});

test("readEvents: on another chain of the same name nothing that was kept counts", async () => {
  const chain = chainOf([10n, 20n], 1000n);
  await ids(chain);
  chain.salt = 1;
  chain.events.splice(0, 2, recorded(7, 30n));
  expect(await ids(chain)).toEqual([id(7)]);
});

test("readEvents: a node that refuses long ranges is asked for shorter ones, in order and without a gap", async () => {
  const chain = chainOf([1n, 3000n, 5001n, 9999n], 10_000n);
  chain.longest = 700n;
  expect(await ids(chain)).toEqual([id(1), id(2), id(3), id(4)]);
  let next = 1n;
  for (const [from, to] of chain.ranges) {
    expect(from).toBe(next);
    next = to + 1n;
  }
  expect(next).toBe(10_001n);
});

test("readEvents: a node that refuses even a short range is a failure, not an empty list", async () => {
  const chain = chainOf([1n], 10_000n);
  chain.longest = 10n;
  await expect(ids(chain)).rejects.toThrow("block range is too large");
});

test.each([null, "0x", [{}], [{ topics: [1] }]])(
  "readEvents: %j in place of logs is a failure",
  async (garbage) => {
    const chain = chainOf([1n], 10n);
    chain.garbage = garbage;
    await expect(ids(chain)).rejects.toThrow("no list of logs");
  },
);

test("readEvents: an answer that is too large to read is asked for in parts", async () => {
  const chain = chainOf([1n, 900n], 1000n);
  chain.longest = 600n;
  chain.refusal = new ResponseBodyTooLargeError({ maxSize: 1, size: 2 });
  expect(await ids(chain)).toEqual([id(1), id(2)]);
});

test("readEvents: two readers at once ask once", async () => {
  const chain = chainOf([10n], 100n);
  const client = chain.client();
  await Promise.all([readEvents(client, query, 100n), readEvents(client, query, 100n)]);
  expect(chain.ranges).toHaveLength(1);
});

test("readNewest: the newest come first, and no more blocks are read than they take", async () => {
  const chain = chainOf([5n, 400_000n, 990_001n, 990_002n], 1_000_000n);
  const newest = await readNewest(chain.client(), query, chain.head, 1);
  expect(newest.events.map(({ args }) => args.id)).toEqual([id(4)]);
  expect(newest.more).toBe(true);
  expect(chain.ranges).toEqual([[990_001n, 1_000_000n]]);
});

test("readNewest: all of a small ledger is found, and nothing older is promised", async () => {
  const chain = chainOf([5n, 400_000n, 990_001n], 1_000_000n);
  const newest = await readNewest(chain.client(), query, chain.head, 20);
  expect(newest.events.map(({ args }) => args.id)).toEqual([id(3), id(2), id(1)]);
  expect(newest).toMatchObject({ more: false, since: 1n });
});

test("readNewest: on a node that answers short ranges only, it stops and says how far it looked", async () => {
  const chain = chainOf([5n], 1_000_000n);
  chain.longest = 500n;
  const newest = await readNewest(chain.client(), query, chain.head, 20);
  expect(newest.events).toEqual([]);
  expect(newest.more).toBe(true);
  expect(newest.since).toBeGreaterThan(1n);
});
