import { type Client, HttpRequestError, ResponseBodyTooLargeError, RpcRequestError } from "viem";
import { getBlockNumber } from "viem/actions";

/** Below this many blocks a refused range is not split any more. */
const SMALLEST_SPAN = 100n;
/** After so many good answers in a row a longer range is tried again. */
const GOOD_ANSWERS = 8;
/** Statuses by which some nodes refuse a question that is too large. */
const TOO_LARGE = new Set([400, 413]);

/** Reads the logs of blocks `from` to `to`, both included. */
export type RangeReader<T> = (from: bigint, to: bigint) => Promise<T[]>;

interface Refusal {
  walk?: (test: (error: unknown) => boolean) => unknown;
}

/** Longest range that a node answered after it refused a longer one. What holds for one read holds for the next. */
const accepted = new WeakMap<Client, bigint>();

/** Whether the node said no, as against no answer: only the first can be cured by asking for less. */
export function isRefusal(error: unknown): boolean {
  return Boolean(
    (error as Refusal).walk?.(
      (cause) =>
        cause instanceof RpcRequestError ||
        cause instanceof ResponseBodyTooLargeError ||
        (cause instanceof HttpRequestError && TOO_LARGE.has(cause.status ?? 0)),
    ),
  );
}

/** How many blocks to ask a node for at once: all of them until it refuses. */
export function spanFor(client: Client, blocks: bigint): bigint {
  const known = accepted.get(client);
  return known === undefined || known > blocks ? blocks : known;
}

/**
 * Reads one window of at most `span` blocks from `from` on, halving it as often as the node refuses.
 * Gives what was read and its last block.
 */
export async function readWindow<T>(
  client: Client,
  read: RangeReader<T>,
  from: bigint,
  to: bigint,
): Promise<{ logs: T[]; end: bigint }> {
  let span = spanFor(client, to - from + 1n);
  for (;;) {
    const end = from + span - 1n < to ? from + span - 1n : to;
    try {
      return { logs: await read(from, end), end };
    } catch (error) {
      if (!isRefusal(error) || span <= SMALLEST_SPAN) throw error;
      span /= 2n;
      accepted.set(client, span);
    }
  }
}

/** Reads a range in chain order, window by window. `onWindow` is told each window's last block and what is read so far. */
export async function readRange<T>(
  client: Client,
  read: RangeReader<T>,
  from: bigint,
  to: bigint,
  onWindow: (end: bigint, found: readonly T[]) => void = () => undefined,
): Promise<T[]> {
  const found: T[] = [];
  let good = 0;
  for (let start = from; start <= to; ) {
    const { logs, end } = await readWindow(client, read, start, to);
    for (const log of logs) found.push(log);
    start = end + 1n;
    good += 1;
    const span = accepted.get(client);
    if (span !== undefined && good % GOOD_ANSWERS === 0) accepted.set(client, span * 2n);
    if (start <= to) onWindow(end, found);
  }
  return found;
}

/** All logs from a block to the head; a node that refuses long ranges is asked for shorter ones. */
export async function allLogs<T>(client: Client, from: bigint, read: RangeReader<T>): Promise<T[]> {
  const head = await getBlockNumber(client, { cacheTime: 0 });
  return readRange(client, read, from, head);
}
