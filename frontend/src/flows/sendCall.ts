import type { Abi, Address, Hex, TransactionReceipt } from "viem";
import { simulateContract, waitForTransactionReceipt, writeContract } from "viem/actions";
import { text } from "../strings/text";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";

/** Where a transaction is on its way. */
export type SendStage =
  | { at: "checking" }
  | { at: "confirm" }
  | { at: "sent"; hash: Hex }
  | { at: "mined"; hash: Hex };

export interface ContractCall {
  address: Address;
  abi: Abi;
  functionName: string;
  args: readonly unknown[];
}

const RECEIPT_TIMEOUT_MS = 180_000;

/**
 * Simulates a call, asks the wallet to sign and send it, and waits until it is in a block.
 * The wallet is never asked for a call that the simulation saw fail. Throws what `explain` understands.
 */
export async function sendCall(
  env: FlowEnvironment,
  call: ContractCall,
  onStage: (stage: SendStage) => void,
): Promise<TransactionReceipt> {
  onStage({ at: "checking" });
  // In the block to come: the contracts compare times with the block's, and the newest block may be some while old.
  await simulateContract(env.reader, { ...call, account: env.account, blockTag: "pending" });

  onStage({ at: "confirm" });
  const wallet = await env.wallet();
  if (wallet.account.address.toLowerCase() !== env.account.toLowerCase()) {
    throw new FlowStopped("mismatch", text.failure.accountChanged);
  }
  const hash = await writeContract(wallet, { ...call, account: wallet.account, chain: wallet.chain ?? null });

  onStage({ at: "sent", hash });
  let replacedBy: "cancelled" | "replaced" | "repriced" | undefined;
  const receipt = await waitForTransactionReceipt(env.reader, {
    hash,
    timeout: RECEIPT_TIMEOUT_MS,
    onReplaced: ({ reason }) => {
      replacedBy = reason;
    },
  });
  // A repriced transaction is the same call with another fee; the two others are another call.
  if (replacedBy === "cancelled" || replacedBy === "replaced")
    throw new FlowStopped("replaced", text.failure.replaced);
  if (receipt.status !== "success") throw new FlowStopped("reverted", text.failure.revertedInBlock);
  onStage({ at: "mined", hash: receipt.transactionHash });
  return receipt;
}
