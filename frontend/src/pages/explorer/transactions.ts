import { type Address, type Client, decodeErrorResult, type Hex } from "viem";
import { type Row, readHash, readRow } from "../../evidence/reader";
import {
  readAddress,
  readBytes,
  readList,
  readMaybeAddress,
  readMaybeQuantity,
  readQuantity,
} from "./rpcFields";

/** A transaction as it was sent. Amounts are in wei. */
export interface Sent {
  hash: Hex;
  from: Address;
  /** Null where it makes a contract. */
  to: Address | null;
  value: bigint;
  input: Hex;
  nonce: bigint;
  /** Null while it waits. */
  block: bigint | null;
}

export interface Log {
  address: Address;
  topics: readonly Hex[];
  data: Hex;
  block: bigint;
  transaction: Hex;
  index: bigint;
}

/** What became of it in its block. */
export interface Receipt {
  succeeded: boolean;
  gasUsed: bigint;
  gasPrice: bigint | null;
  created: Address | null;
  logs: readonly Log[];
}

export interface TransactionView extends Sent {
  receipt: Receipt | null;
  /** Unix seconds of the block, null while there is none. */
  time: bigint | null;
  /** Why it was reverted, if the node could say. */
  reason: string | null;
}

const REVERT = [{ type: "error", name: "Error", inputs: [{ name: "reason", type: "string" }] }] as const;

export function readSent(json: unknown, at = "transaction"): Sent {
  const row = readRow(json, at);
  return {
    hash: readHash(row, "hash", at),
    from: readAddress(row, "from", at),
    to: readMaybeAddress(row, "to", at),
    value: readQuantity(row, "value", at),
    input: readBytes(row, "input", at),
    nonce: readQuantity(row, "nonce", at),
    block: readMaybeQuantity(row, "blockNumber", at),
  };
}

export function readLog(json: unknown, at: string): Log {
  const row = readRow(json, at);
  const topics = readList(row.topics, `${at}.topics`).map((topic, index) =>
    readHash({ [index]: topic }, String(index), `${at}.topics`),
  );
  return {
    address: readAddress(row, "address", at),
    topics,
    data: readBytes(row, "data", at),
    block: readQuantity(row, "blockNumber", at),
    transaction: readHash(row, "transactionHash", at),
    index: readQuantity(row, "logIndex", at),
  };
}

function readReceipt(json: unknown): Receipt {
  const row: Row = readRow(json, "receipt");
  return {
    succeeded: readQuantity(row, "status", "receipt") === 1n,
    gasUsed: readQuantity(row, "gasUsed", "receipt"),
    gasPrice: readMaybeQuantity(row, "effectiveGasPrice", "receipt"),
    created: readMaybeAddress(row, "contractAddress", "receipt"),
    logs: readList(row.logs, "receipt.logs").map((log, index) => readLog(log, `receipt.logs[${index}]`)),
  };
}

/** The text of a revert inside whatever the library threw, or null. */
export function revertReason(error: unknown): string | null {
  for (let cause = error, depth = 0; cause != null && depth < 12; depth += 1) {
    const { data, cause: inner } = cause as { data?: unknown; cause?: unknown };
    if (typeof data === "string" && data.startsWith("0x08c379a0")) {
      try {
        return String(decodeErrorResult({ abi: REVERT, data: data as Hex }).args[0]);
      } catch {
        return null;
      }
    }
    cause = inner;
  }
  return null;
}

/** Asks the node to run a reverted transaction again, on the state before its block: what it says is the reason. */
async function readReason(client: Client, sent: Sent): Promise<string | null> {
  if (sent.block === null || sent.block === 0n) return null;
  const { from, to, value, input } = sent;
  const call = { from, ...(to ? { to } : {}), value: `0x${value.toString(16)}` as Hex, data: input };
  const before: Hex = `0x${(sent.block - 1n).toString(16)}`;
  try {
    await client.request({ method: "eth_call", params: [call, before] });
    return null;
  } catch (error) {
    return revertReason(error);
  }
}

/** Everything that the node says about a transaction, or null if it knows none with this hash. */
export async function readTransaction(client: Client, hash: Hex): Promise<TransactionView | null> {
  const [json, receiptJson] = await Promise.all([
    client.request({ method: "eth_getTransactionByHash", params: [hash] }),
    client.request({ method: "eth_getTransactionReceipt", params: [hash] }),
  ]);
  if (json == null) return null;
  const sent = readSent(json);
  const receipt = receiptJson == null ? null : readReceipt(receiptJson);
  const [time, reason] = await Promise.all([
    sent.block === null ? null : readTime(client, sent.block),
    receipt && !receipt.succeeded ? readReason(client, sent) : null,
  ]);
  return { ...sent, receipt, time, reason };
}

async function readTime(client: Client, block: bigint): Promise<bigint | null> {
  const json = await client.request({
    method: "eth_getBlockByNumber",
    params: [`0x${block.toString(16)}`, false],
  });
  return json == null ? null : readQuantity(readRow(json, "block"), "timestamp", "block");
}
