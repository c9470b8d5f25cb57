import type { Client } from "viem";
import type { Found } from "./eventStore";
import type { EventQuery } from "./events";
import { readWindow, spanFor } from "./logs";

/** The first look goes back so many blocks; each further one four times as far. */
const FIRST_SPAN = 10_000n;
/** More windows than this are not read at once: a quiet ledger on a node that answers short ranges only. */
const MOST_WINDOWS = 24;

export interface Newest<Args> {
  /** Newest first, at most as many as were wanted. */
  events: readonly Found<Args>[];
  /** Whether older ones may exist. */
  more: boolean;
  /** First block that was looked at. */
  since: bigint;
}

/** The newest events of a query up to a block, without reading the whole past. */
export async function readNewest<Args>(
  client: Client,
  query: EventQuery<Args>,
  head: bigint,
  wanted: number,
): Promise<Newest<Args>> {
  const found: Found<Args>[] = [];
  let span = FIRST_SPAN;
  let top = head;
  for (let window = 0; window < MOST_WINDOWS && top >= query.from && found.length <= wanted; window += 1) {
    const blocks = spanFor(client, span);
    const bottom = top - blocks + 1n > query.from ? top - blocks + 1n : query.from;
    // A refused window comes back shorter, its first blocks first: the others belong before them.
    const newer: Found<Args>[][] = [];
    for (let start = bottom; start <= top; ) {
      const { logs, end } = await readWindow(client, query.read(client), start, top);
      newer.push(logs);
      start = end + 1n;
    }
    for (const event of newer.flat().reverse()) found.push(event);
    top = bottom - 1n;
    span *= 4n;
  }
  return {
    events: found.slice(0, wanted),
    more: found.length > wanted || top >= query.from,
    since: top + 1n,
  };
}
