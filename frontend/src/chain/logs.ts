import { type Client, RpcRequestError } from "viem";
import { getBlockNumber } from "viem/actions";

/** Below this many blocks a refused range is not split any more. */
const SMALLEST_SPAN = 100n;

interface Refusal {
  walk?: (test: (error: unknown) => boolean) => unknown;
}

function isRefusal(error: unknown): boolean {
  // An answer of the node that says no, as against no answer: only the first can be cured by asking for less.
  return Boolean((error as Refusal).walk?.((cause) => cause instanceof RpcRequestError));
}

async function readRange<T>(
  read: (from: bigint, to: bigint) => Promise<T[]>,
  from: bigint,
  to: bigint,
): Promise<T[]> {
  try {
    return await read(from, to);
  } catch (error) {
    if (!isRefusal(error) || to - from < SMALLEST_SPAN) throw error;
    const middle = (from + to) / 2n;
    const older = await readRange(read, from, middle);
    return [...older, ...(await readRange(read, middle + 1n, to))];
  }
}

/** All logs from a block to the head; a node that refuses long ranges is asked for shorter ones. */
export async function allLogs<T>(
  client: Client,
  from: bigint,
  read: (from: bigint, to: bigint) => Promise<T[]>,
): Promise<T[]> {
  const head = await getBlockNumber(client, { cacheTime: 0 });
  return head < from ? [] : readRange(read, from, head);
}
