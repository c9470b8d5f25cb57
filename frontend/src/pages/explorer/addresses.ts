import type { Address, Client } from "viem";
import { getBlockNumber } from "viem/actions";
import { isRefusal } from "../../chain/logs";
import { readRow } from "../../evidence/reader";
import { readBytes, readList, readQuantity } from "./rpcFields";
import { type Log, readLog } from "./transactions";

const PAGE = 25;
const FIRST_SPAN = 2_000n;
const SMALLEST_SPAN = 50n;
/** How often a node is asked for one page of events: an address without any must not be searched for ever. */
const MOST_REQUESTS = 12;

export interface AddressView {
  /** In wei. */
  balance: bigint;
  nonce: bigint;
  /** Length of the code in bytes; 0 for an account that a key holds. */
  codeBytes: number;
}

export async function readAddressView(client: Client, address: Address): Promise<AddressView> {
  const [balance, nonce, code] = await Promise.all([
    client.request({ method: "eth_getBalance", params: [address, "latest"] }),
    client.request({ method: "eth_getTransactionCount", params: [address, "latest"] }),
    client.request({ method: "eth_getCode", params: [address, "latest"] }),
  ]);
  const row = readRow({ balance, nonce, code }, "account");
  return {
    balance: readQuantity(row, "balance", "account"),
    nonce: readQuantity(row, "nonce", "account"),
    codeBytes: readBytes(row, "code", "account").length / 2 - 1,
  };
}

export interface EventPage {
  /** Newest first. */
  logs: readonly Log[];
  /** Where the next page begins, or null if this one reached the end. */
  before: bigint | null;
}

async function readLogs(client: Client, address: Address, from: bigint, to: bigint): Promise<Log[]> {
  const range = { fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` } as const;
  const found = await client.request({ method: "eth_getLogs", params: [{ address, ...range }] });
  return readList(found, "logs").map((log, index) => readLog(log, `logs[${index}]`));
}

function newestFirst(one: Log, other: Log): number {
  if (one.block !== other.block) return one.block > other.block ? -1 : 1;
  return one.index > other.index ? -1 : 1;
}

/** Whole blocks until a page is full, so that the next page can begin at a block. */
function cut(logs: readonly Log[], reached: bigint, floor: bigint): EventPage {
  const sorted = [...logs].sort(newestFirst);
  const last = sorted[PAGE - 1];
  const kept = last ? sorted.filter((log) => log.block >= last.block) : sorted;
  const end = kept.length < sorted.length && last ? last.block : reached;
  return { logs: kept, before: end > floor ? end - 1n : null };
}

/**
 * One page of an address's events, going back from a block (null: the newest) to `floor`. The range grows while
 * nothing is found and shrinks where the node refuses it.
 */
export async function readEvents(
  client: Client,
  address: Address,
  before: bigint | null,
  floor: bigint,
): Promise<EventPage> {
  const logs: Log[] = [];
  let to = before ?? (await getBlockNumber(client, { cacheTime: 0 }));
  let span = FIRST_SPAN;
  if (to < floor) return { logs, before: null };
  for (let request = 0; request < MOST_REQUESTS; request += 1) {
    const from = to - span + 1n > floor ? to - span + 1n : floor;
    try {
      logs.push(...(await readLogs(client, address, from, to)));
    } catch (error) {
      if (!isRefusal(error) || span <= SMALLEST_SPAN) throw error;
      span /= 4n;
      continue;
    }
    if (logs.length >= PAGE || from === floor) return cut(logs, from, floor);
    to = from - 1n;
    span *= 4n;
  }
  return cut(logs, to + 1n, floor);
}
