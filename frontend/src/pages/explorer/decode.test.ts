import { encodeAbiParameters, encodeEventTopics, encodeFunctionData, type Hex } from "viem";
import { expect, test } from "vitest";
import { creditsAbi, ledgerAbi } from "../../generated/abi";
import { ACCOUNT, CONFIG, FOOTPRINT_REPORT, SIGNATURES, STRANGER } from "../../testing/fixtures";
import { ownContracts } from "./contracts";
import { decodeCall, decodeLog } from "./decode";
import { HASH } from "./testing";
import type { Log } from "./transactions";

const CONTRACTS = ownContracts(CONFIG);

function transfer(changes: Partial<Log> = {}): Log {
  const topics = encodeEventTopics({
    abi: creditsAbi,
    eventName: "Transfer",
    args: { sender: ACCOUNT, receiver: STRANGER, token_id: 7n },
  }) as Hex[];
  return { address: CONFIG.credits, topics, data: "0x", block: 7n, transaction: HASH, index: 0n, ...changes };
}

test("decodeCall: a record is told with the names of its arguments", () => {
  const { footprint } = FOOTPRINT_REPORT;
  const data = encodeFunctionData({
    abi: ledgerAbi,
    functionName: "record",
    args: [FOOTPRINT_REPORT, SIGNATURES],
  });
  const found = decodeCall(CONTRACTS, CONFIG.ledger.toLowerCase(), data);
  expect(found).toMatchObject({ contract: "FootprintLedger", name: "record" });
  const high = found?.rows.find(({ path }) => path.endsWith(".high_ug"));
  expect(high?.exact).toBe(String(footprint.high_ug));
  expect(high?.human).toMatch(/CO₂e$/);
});

test("decodeCall: overloaded functions are told apart by their selector", () => {
  const item = creditsAbi.filter((entry) => entry.type === "function" && entry.name === "safeTransferFrom");
  const short = item.find((entry) => entry.inputs.length === 3);
  if (!short) throw new Error("no function with three arguments");
  const data = encodeFunctionData({ abi: [short], args: [ACCOUNT, STRANGER, 7n] } as never);
  expect(decodeCall(CONTRACTS, CONFIG.credits, data)?.rows.length).toBe(3);
});

test("decodeCall: a stranger's contract, an unknown function and cut data are not put into words", () => {
  const data = encodeFunctionData({ abi: ledgerAbi, functionName: "account", args: [ACCOUNT] });
  expect(decodeCall(CONTRACTS, STRANGER, data)).toBeNull();
  expect(decodeCall(CONTRACTS, null, data)).toBeNull();
  expect(decodeCall(CONTRACTS, CONFIG.ledger, "0xffffffff")).toBeNull();
  expect(decodeCall(CONTRACTS, CONFIG.ledger, "0x")).toBeNull();
  expect(decodeCall(CONTRACTS, CONFIG.ledger, data.slice(0, 40) as Hex)).toBeNull();
});

test("decodeLog: an event is told with the names of its arguments, indexed or not", () => {
  const found = decodeLog(CONTRACTS, transfer());
  expect(found).toMatchObject({ contract: "RetiredCredits", name: "Transfer" });
  expect(found?.rows.map(({ path, exact }) => [path, exact])).toEqual([
    ["sender", ACCOUNT],
    ["receiver", STRANGER],
    ["token_id", "7"],
  ]);
});

test("decodeLog: what is not the event that it says it is stays bytes", () => {
  expect(decodeLog(CONTRACTS, transfer({ topics: [] }))).toBeNull();
  expect(decodeLog(CONTRACTS, transfer({ topics: transfer().topics.slice(0, 2) }))).toBeNull();
  expect(decodeLog(CONTRACTS, transfer({ address: STRANGER }))).toBeNull();
  const data = encodeAbiParameters([{ type: "uint8" }], [1]);
  const topic: Hex = `0x${"00".repeat(32)}`;
  expect(decodeLog(CONTRACTS, transfer({ topics: [topic], data }))).toBeNull();
});
