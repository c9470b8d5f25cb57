import type { Client, Hex, TransactionReceipt } from "viem";
import { getTransaction, waitForTransactionReceipt } from "viem/actions";
import { text } from "../strings/text";
import { causedBy, FlowStopped } from "./failure";

export const RECEIPT_TIMEOUT_MS = 180_000;
const RETRY_MS = 2_000;

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Whether the chain has the transaction, if only in its queue. A wallet of several people hands out a hash before it sends. */
async function isKnown(reader: Client, hash: Hex): Promise<boolean> {
  try {
    await getTransaction(reader, { hash });
    return true;
  } catch (error) {
    return !causedBy(error, "TransactionNotFoundError");
  }
}

/**
 * Waits until a transaction is in a block, also over outages of the chain: what was sent stays sent.
 * Throws `FlowStopped`: replaced, reverted, or slow when the time is over.
 */
export async function awaitReceipt(
  reader: Client,
  hash: Hex,
  timeoutMs: number = RECEIPT_TIMEOUT_MS,
): Promise<TransactionReceipt> {
  const end = Date.now() + timeoutMs;
  let replacedBy: "cancelled" | "replaced" | "repriced" | undefined;
  const onReplaced = ({ reason }: { reason: "cancelled" | "replaced" | "repriced" }) => {
    replacedBy = reason;
  };
  for (;;) {
    try {
      const left = Math.max(end - Date.now(), 1);
      const receipt = await waitForTransactionReceipt(reader, { hash, timeout: left, onReplaced });
      // A repriced transaction is the same call with another fee; the two others are another call.
      if (replacedBy === "cancelled" || replacedBy === "replaced")
        throw new FlowStopped("replaced", text.failure.replaced);
      if (receipt.status !== "success") throw new FlowStopped("reverted", text.failure.revertedInBlock);
      return receipt;
    } catch (error) {
      if (causedBy(error, "WaitForTransactionReceiptTimeoutError")) break;
      const isOutage = causedBy(error, "HttpRequestError", "TimeoutError");
      if (!isOutage) throw error;
      if (Date.now() >= end) break;
      await sleep(Math.min(RETRY_MS, reader.pollingInterval));
    }
  }
  throw new FlowStopped("slow", (await isKnown(reader, hash)) ? text.failure.stuck : text.failure.unseen);
}
