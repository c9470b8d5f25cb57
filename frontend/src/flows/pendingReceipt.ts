import { type Address, type Client, type Hex, isAddressEqual, type TransactionReceipt } from "viem";
import { getTransaction, waitForTransactionReceipt } from "viem/actions";
import { text } from "../strings/text";
import { causedBy, FlowStopped } from "./failure";

const RECEIPT_TIMEOUT_MS = 180_000;
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

type Replaced = Parameters<NonNullable<Parameters<typeof waitForTransactionReceipt>[1]["onReplaced"]>>[0];

/**
 * Whether another transaction of the account took the place of the one that was sent. A repriced one is the same call
 * with another fee. One of a service that sends for the account may still carry its calls: their events tell.
 */
function isGone({ reason, replacedTransaction }: Replaced, account: Address | undefined): boolean {
  if (reason === "repriced") return false;
  return account === undefined || isAddressEqual(replacedTransaction.from, account);
}

interface Awaited {
  /** Who sent it, for callers that look at the events of what they get. */
  account?: Address;
  timeoutMs?: number;
}

/**
 * Waits until a transaction is in a block, also over outages of the chain: what was sent stays sent.
 * Throws `FlowStopped`: replaced, reverted, or slow when the time is over.
 */
export async function awaitReceipt(
  reader: Client,
  hash: Hex,
  { account, timeoutMs = RECEIPT_TIMEOUT_MS }: Awaited = {},
): Promise<TransactionReceipt> {
  const end = Date.now() + timeoutMs;
  let gone = false;
  const onReplaced = (replaced: Replaced) => {
    gone = isGone(replaced, account);
  };
  for (;;) {
    try {
      const left = Math.max(end - Date.now(), 1);
      const receipt = await waitForTransactionReceipt(reader, { hash, timeout: left, onReplaced });
      if (gone) throw new FlowStopped("replaced", text.failure.replaced);
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
