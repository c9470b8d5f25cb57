import type { Client, Hex, TransactionReceipt } from "viem";
import { text } from "../strings/text";
import { hashOfCalls } from "./batch";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";
import { awaitReceipt } from "./pendingReceipt";
import type { PendingTransaction } from "./pendingTransactions";

/**
 * Waits for what was sent earlier. `env` is needed for calls that the wallet alone knows by an id.
 * Throws what `explain` understands.
 */
export async function watchPending(
  reader: Client,
  env: FlowEnvironment | null,
  sent: PendingTransaction,
): Promise<TransactionReceipt> {
  if (sent.kind === "transaction") return awaitReceipt(reader, sent.id as Hex);
  if (env === null) throw new FlowStopped("slow", text.pending.needsWallet);
  return awaitReceipt(reader, await hashOfCalls(env, sent.id));
}
