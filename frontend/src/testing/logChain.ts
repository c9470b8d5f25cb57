import {
  type Abi,
  type Client,
  createClient,
  custom,
  encodeAbiParameters,
  encodeEventTopics,
  type Hex,
  keccak256,
  numberToHex,
  RpcRequestError,
} from "viem";
import { chainOf } from "../chain/client";
import type { AppConfig } from "../config";

/** An event at a place, for a chain that answers only what it is asked. */
export interface PlacedEvent {
  abi: Abi;
  address: Hex;
  name: string;
  args: Record<string, unknown>;
  block: bigint;
}

interface Filter {
  address: Hex;
  topics: (Hex | null)[];
  fromBlock: Hex;
  toBlock: Hex;
}

/** A chain of blocks and logs for tests of reading events: it counts what it is asked and may refuse long ranges. */
export class LogChain {
  head: bigint;
  /** Part of every block's hash: another one is another chain. */
  salt = 0;
  /** Longest range that it answers. */
  longest: bigint | undefined;
  /** How it refuses longer ones. */
  refusal: Error;
  /** First block of which it still knows what the contracts held. */
  stateFrom = 0n;
  /** What it answers in place of logs. */
  garbage: unknown;
  /** First and last block of each answered question for logs. */
  readonly ranges: [bigint, bigint][] = [];
  /** Answers to calls of contracts, by their data. */
  readonly calls = new Map<string, Hex>();

  constructor(
    readonly config: AppConfig,
    readonly events: PlacedEvent[],
    head: bigint,
  ) {
    this.head = head;
    const error = { code: -32602, message: "block range is too large" };
    this.refusal = new RpcRequestError({ body: {}, url: config.rpcUrl, error });
  }

  client(): Client {
    const request = (call: { method: string; params?: unknown }) => this.answer(call);
    return createClient({ chain: chainOf(this.config), transport: custom({ request }, { retryCount: 0 }) });
  }

  private async answer({ method, params = [] }: { method: string; params?: unknown }): Promise<unknown> {
    const list = params as readonly unknown[];
    if (method === "eth_blockNumber") return numberToHex(this.head);
    if (method === "eth_getBlockByNumber") return { hash: this.hashOf(BigInt(list[0] as Hex)) };
    if (method === "eth_getLogs") return this.logs(list[0] as Filter);
    if (method !== "eth_call") throw new Error(`the chain was asked for ${method}`);
    if (list[1] !== "latest" && BigInt(list[1] as Hex) < this.stateFrom) throw this.refusal;
    const { data } = list[0] as { data: Hex };
    const answer = this.calls.get(data);
    if (answer === undefined) throw new Error(`no answer to the call ${data}`);
    return answer;
  }

  private hashOf(block: bigint): Hex {
    return keccak256(numberToHex(block * 1000n + BigInt(this.salt)));
  }

  private logs({ address, topics, fromBlock, toBlock }: Filter): unknown {
    const [from, to] = [BigInt(fromBlock), BigInt(toBlock)];
    if (this.longest !== undefined && to - from + 1n > this.longest) throw this.refusal;
    this.ranges.push([from, to]);
    if (this.garbage !== undefined) return this.garbage;
    return this.events
      .filter((event) => event.address === address && event.block >= from && event.block <= to)
      .map((event, index) => rawLog(event, index))
      .filter((log) => topics.every((topic, index) => topic === null || topic === log.topics[index]));
  }
}

function rawLog({ abi, address, name, args, block }: PlacedEvent, index: number) {
  const item = abi.find((entry) => entry.type === "event" && entry.name === name);
  if (item?.type !== "event") throw new Error(`no event ${name}`);
  const plain = item.inputs.filter((input) => !input.indexed);
  return {
    address,
    topics: encodeEventTopics({ abi: [item], args } as never) as Hex[],
    data: encodeAbiParameters(
      plain,
      plain.map((input) => args[input.name ?? ""]),
    ),
    blockNumber: numberToHex(block),
    transactionHash: keccak256(numberToHex(block)),
    logIndex: numberToHex(index),
  };
}
