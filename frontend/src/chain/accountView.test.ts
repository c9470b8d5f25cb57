import { encodeFunctionData, encodeFunctionResult, zeroAddress } from "viem";
import { beforeEach, expect, test } from "vitest";
import { creditsReads, ledgerReads } from "../generated/publicAbi";
import { ACCOUNT, CONFIG, FOOTPRINT_REPORT, STRANGER } from "../testing/fixtures";
import { LogChain, type PlacedEvent } from "../testing/logChain";
import { checkRecords, heldAfter } from "./accountCheck";
import { readAccountEvents } from "./accountView";
import type { Move } from "./credits";
import { forgetVisit } from "./eventStore";
import { type Footprint, footprintHash } from "./footprint";
import type { AccountTotals, RecordedEvent } from "./ledger";

const MANY = 10_000;
const { footprint } = FOOTPRINT_REPORT;

function hash(number: number): `0x${string}` {
  return `0x${number.toString(16).padStart(64, "0")}`;
}

function record(number: number, changes: Partial<Footprint> = {}): RecordedEvent {
  const own = { ...footprint, root: hash(number), ...changes };
  return {
    id: hash(number),
    account: ACCOUNT,
    footprint: own,
    transaction: hash(number),
    block: BigInt(number),
  };
}

function totalsOf(count: number): AccountTotals {
  const times = BigInt(count);
  const { low_ug, central_ug, high_ug } = footprint;
  return {
    low_ug: low_ug * times,
    central_ug: central_ug * times,
    high_ug: high_ug * times,
    covered_ug: 0n,
    count,
  };
}

function chainWith(records: readonly RecordedEvent[], totals: AccountTotals): LogChain {
  const events = records.map(
    ({ id, account, footprint: own, block }): PlacedEvent => ({
      abi: ledgerReads,
      address: CONFIG.ledger,
      name: "FootprintRecorded",
      args: { id, account, methodology: own.methodology, footprint: own },
      block,
    }),
  );
  const chain = new LogChain(CONFIG, events, BigInt(records.length) + 100n);
  const account = { abi: ledgerReads, functionName: "account" } as const;
  const balance = { abi: creditsReads, functionName: "balanceOf" } as const;
  chain.calls.set(
    encodeFunctionData({ ...account, args: [ACCOUNT] }),
    encodeFunctionResult({ ...account, result: totals }),
  );
  chain.calls.set(
    encodeFunctionData({ ...balance, args: [ACCOUNT] }),
    encodeFunctionResult({ ...balance, result: 0n }),
  );
  return chain;
}

beforeEach(forgetVisit);

test("readAccountEvents: ten thousand attestations are all there, newest first, and add up", async () => {
  const records = Array.from({ length: MANY }, (_, index) => record(index + 1));
  const chain = chainWith(records, totalsOf(MANY));
  chain.longest = 2_000n;
  const events = await readAccountEvents(chain.client(), CONFIG, ACCOUNT);
  expect(events.complete).toBe(true);
  expect(events.records).toHaveLength(MANY);
  expect(events.records[0]?.id).toBe(hash(MANY));
}, 60_000);

test("readAccountEvents: what was kept and does not add up is thrown away and read again", async () => {
  const records = [record(1), record(2), record(3)];
  const chain = chainWith(records, totalsOf(3));
  const lost = chain.events.pop();
  chain.head = 200n;
  expect((await readAccountEvents(chain.client(), CONFIG, ACCOUNT)).complete).toBe(false);
  if (lost) chain.events.push(lost);
  chain.head = 201n;
  const events = await readAccountEvents(chain.client(), CONFIG, ACCOUNT);
  expect(events.complete).toBe(true);
  expect(events.records).toHaveLength(3);
});

test("readAccountEvents: a node that keeps leaving events out is said to be incomplete", async () => {
  const chain = chainWith([record(1)], totalsOf(2));
  const events = await readAccountEvents(chain.client(), CONFIG, ACCOUNT);
  expect(events.complete).toBe(false);
  expect(events.totals.count).toBe(2);
});

test("checkRecords: a correction takes the place of what it corrects", () => {
  const first = record(1);
  const high_ug = footprint.high_ug + 1n;
  const second = record(2, { supersedes: footprintHash(first.footprint), high_ug });
  const totals = { ...totalsOf(1), high_ug };
  expect(checkRecords([first, second], totals)).toBe(true);
  expect(checkRecords([second], totals), "the corrected one was left out").toBe(false);
  expect(checkRecords([first], totals), "the correction was left out").toBe(false);
});

test("checkRecords: a record with other figures is noticed though the count is right", () => {
  const foreign = record(1, { high_ug: footprint.high_ug + 1n });
  expect(checkRecords([foreign], totalsOf(1))).toBe(false);
});

test("heldAfter: a certificate that left is not held, one that came back is", () => {
  const move = (id: bigint, index: number, sender = zeroAddress as string): Move => ({
    id,
    sender: sender as `0x${string}`,
    receiver: ACCOUNT,
    transaction: hash(index),
    block: 1n,
    index,
  });
  const held = heldAfter([move(1n, 0), move(2n, 1), move(1n, 3, STRANGER)], [move(1n, 2), move(2n, 4)]);
  expect(held.map(({ id, index }) => [id, index])).toEqual([[1n, 3]]);
});
