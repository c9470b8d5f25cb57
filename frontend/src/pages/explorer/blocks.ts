import type { Address, Client, Hex } from "viem";
import { readHash, readRow } from "../../evidence/reader";
import { readAddress, readList, readQuantity } from "./rpcFields";
import { readSent, type Sent } from "./transactions";

export interface Block {
  number: bigint;
  hash: Hex;
  parent: Hex;
  /** Unix seconds. */
  time: bigint;
  miner: Address;
  gasUsed: bigint;
  gasLimit: bigint;
  transactions: readonly Sent[];
}

/** A height or a hash, as EIP-3091 lets a path name a block; null if it is neither. */
export function parseBlock(value: string): bigint | Hex | null {
  const trimmed = value.trim().toLowerCase();
  if (/^0x[0-9a-f]{64}$/.test(trimmed)) return trimmed as Hex;
  return /^\d{1,18}$/.test(trimmed) ? BigInt(trimmed) : null;
}

/** One block with its transactions, or null if the node has none there. */
export async function readBlock(client: Client, asked: bigint | Hex): Promise<Block | null> {
  const json =
    typeof asked === "bigint"
      ? await client.request({ method: "eth_getBlockByNumber", params: [`0x${asked.toString(16)}`, true] })
      : await client.request({ method: "eth_getBlockByHash", params: [asked, true] });
  if (json == null) return null;
  const row = readRow(json, "block");
  return {
    number: readQuantity(row, "number", "block"),
    hash: readHash(row, "hash", "block"),
    parent: readHash(row, "parentHash", "block"),
    time: readQuantity(row, "timestamp", "block"),
    miner: readAddress(row, "miner", "block"),
    gasUsed: readQuantity(row, "gasUsed", "block"),
    gasLimit: readQuantity(row, "gasLimit", "block"),
    transactions: readList(row.transactions, "block.transactions").map((item, index) =>
      readSent(item, `block.transactions[${index}]`),
    ),
  };
}
