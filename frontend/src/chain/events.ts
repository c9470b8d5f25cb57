import {
  type Abi,
  type Address,
  type Client,
  type ContractEventArgs,
  type ContractEventName,
  type DecodeEventLogReturnType,
  decodeEventLog,
  type EncodeEventTopicsParameters,
  encodeEventTopics,
  type Hex,
  isHex,
  numberToHex,
} from "viem";
import { getBlockNumber } from "viem/actions";
import type { AppConfig } from "../config";
import { type Found, forget, type Kept, keep, load } from "./eventStore";
import { type RangeReader, readRange } from "./logs";

/**
 * How many of the newest blocks are read again each time, because a reorganisation may still replace them:
 * two epochs of Ethereum, after which a block is final.
 */
const REORG_BLOCKS = 64n;
/** So many windows of a long first read are kept at once, so that a reload does not start it over. */
const WINDOWS_KEPT = 16;
/** So many logs are decoded before others have their turn. */
const AT_ONCE = 250;

/** One question to the chain's events: a contract, an event and values of its indexed fields. */
export interface EventQuery<Args> {
  /** Tells this question from every other one, on this chain or another. */
  key: string;
  /** First topic of its logs: which event it is. */
  topic: Hex;
  /** First block that can hold an answer. */
  from: bigint;
  read: (client: Client) => RangeReader<Found<Args>>;
}

type Decoded<abi extends Abi, name extends ContractEventName<abi>> = Extract<
  DecodeEventLogReturnType<abi, name, Hex[], Hex, true>,
  { args: unknown }
>["args"];

interface RawLog {
  address: Address;
  topics: [Hex, ...Hex[]];
  data: Hex;
  blockNumber: Hex;
  transactionHash: Hex;
  logIndex: Hex;
}

function isRawLog(value: unknown): value is RawLog {
  if (typeof value !== "object" || value === null) return false;
  const { address, topics, data, blockNumber, transactionHash, logIndex } = value as Record<string, unknown>;
  return (
    [address, data, blockNumber, transactionHash, logIndex].every((field) => isHex(field)) &&
    Array.isArray(topics) &&
    topics.every((topic) => isHex(topic))
  );
}

async function rawLogs(client: Client, filter: Record<string, unknown>): Promise<RawLog[]> {
  const logs: unknown = await client.request({ method: "eth_getLogs", params: [filter as never] });
  if (!Array.isArray(logs) || !logs.every(isRawLog))
    throw new Error("eth_getLogs: the node gave no list of logs");
  return logs;
}

/** A question for one event of one contract. */
export function eventQuery<const abi extends Abi, name extends ContractEventName<abi>>(
  config: AppConfig,
  contract: { address: Address; abi: abi },
  eventName: name,
  args: ContractEventArgs<abi, name>,
): EventQuery<Decoded<abi, name>> {
  const { address, abi } = contract;
  const topics = encodeEventTopics({ abi, eventName, args } as unknown as EncodeEventTopicsParameters);
  const place = `${config.chainId} ${config.deployedBlock} ${address}`.toLowerCase();
  const read = (client: Client) => async (from: bigint, to: bigint) => {
    const logs = await rawLogs(client, {
      address,
      topics,
      fromBlock: numberToHex(from),
      toBlock: numberToHex(to),
    });
    const found: Found<Decoded<abi, name>>[] = [];
    for (const [index, log] of logs.entries()) {
      // Ten thousand at once would hold up the page for as long as it takes to notice.
      if (index % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setTimeout(resolve));
      found.push({
        // The contract is ours, so what does not decode is garbage from the node, and an error.
        args: decodeEventLog({ abi: abi as Abi, topics: log.topics, data: log.data, strict: true })
          .args as Decoded<abi, name>,
        address: log.address,
        transaction: log.transactionHash,
        block: BigInt(log.blockNumber),
        index: Number(log.logIndex),
      });
    }
    return found;
  };
  const key = `${place} ${eventName} ${topics.join(" ")}`;
  return { key, topic: topics[0] as Hex, from: config.deployedBlock, read };
}

/** Loads what was kept of queries, so that their reads go out together with others. */
export async function prepare(queries: readonly EventQuery<unknown>[]): Promise<void> {
  await Promise.all(queries.map(({ key }) => load(key)));
}

/** The block that a page is read at; the queries are prepared by then. */
export async function readHead(
  client: Client,
  queries: readonly EventQuery<unknown>[] = [],
): Promise<bigint> {
  const [head] = await Promise.all([getBlockNumber(client, { cacheTime: 0 }), prepare(queries)]);
  return head;
}

async function blockHash(client: Client, block: bigint): Promise<Hex | null> {
  const found: unknown = await client.request({
    method: "eth_getBlockByNumber",
    params: [numberToHex(block), false],
  });
  const { hash } = (found ?? {}) as { hash?: unknown };
  return isHex(hash) ? hash : null;
}

async function read<Args>(client: Client, query: EventQuery<Args>, head: bigint): Promise<Found<Args>[]> {
  const kept = await load(query.key);
  const before = (kept?.events ?? []) as readonly Found<Args>[];
  const from = kept === null ? query.from : kept.upTo + 1n;
  const final = head - REORG_BLOCKS;
  // Not at every block: each time takes one more question and one more write.
  const grows = final - from >= (kept === null ? 0n : REORG_BLOCKS);
  const store = async (upTo: bigint, hash: Hex | null, found: readonly Found<Args>[]) => {
    const events = [...before, ...found.filter(({ block }) => block <= upTo)];
    if (hash !== null) await keep(query.key, { upTo, hash, events } satisfies Kept);
  };
  let windows = 0;
  const onWindow = (end: bigint, found: readonly Found<Args>[]) => {
    windows += 1;
    if (windows % WINDOWS_KEPT !== 0 || end > final) return;
    const sofar = [...found];
    void blockHash(client, end)
      .then((hash) => store(end, hash, sofar))
      .catch(() => undefined);
  };
  const [found, anchor, next] = await Promise.all([
    readRange(client, query.read(client), from, head, onWindow),
    kept === null ? null : blockHash(client, kept.upTo),
    grows ? blockHash(client, final) : null,
  ]);
  if (kept !== null && anchor !== kept.hash) {
    // Another chain under the same name, such as a local one that was started anew, or a very deep reorganisation.
    await forget(query.key);
    return read(client, query, head);
  }
  if (grows) await store(final, next, found);
  const all = found.length === 0 ? (before as Found<Args>[]) : [...before, ...found];
  // What was kept may go further than an earlier block that is asked for.
  return from > head ? all.filter(({ block }) => block <= head) : all;
}

const running = new Map<string, Promise<Found<never>[]>>();

/** All events of a query up to a block, in chain order; only those since the last time are asked for. */
export function readEvents<Args>(
  client: Client,
  query: EventQuery<Args>,
  head: bigint,
): Promise<Found<Args>[]> {
  const key = `${query.key} ${head}`;
  const same = running.get(key) as Promise<Found<Args>[]> | undefined;
  if (same !== undefined) return same;
  const started = read(client, query, head).finally(() => running.delete(key));
  running.set(key, started as Promise<Found<never>[]>);
  return started;
}
