import { type Abi, type Address, encodeFunctionData, type Hex, type TransactionReceipt } from "viem";
import { sendTransaction, simulateContract } from "viem/actions";
import { text } from "../strings/text";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";
import { awaitReceipt } from "./pendingReceipt";
import { keepPending } from "./pendingTransactions";
import { callWords } from "./sendCallWords";

/** Where a transaction is on its way. */
export type SendStage =
  | { at: "checking" }
  /** The wallet asks; `asks` says in words what for. */
  | { at: "confirm"; asks?: string }
  /** Without a hash as long as the wallet alone knows what became of calls that it sends together. */
  | { at: "sent"; hash?: Hex }
  | { at: "mined"; hash: Hex };

export interface ContractCall {
  address: Address;
  abi: Abi;
  functionName: string;
  args: readonly unknown[];
}

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

  onStage({ at: "confirm", asks: callWords(call.functionName) });
  const wallet = await env.wallet();
  if (wallet.account.address.toLowerCase() !== env.account.toLowerCase()) {
    throw new FlowStopped("mismatch", text.failure.accountChanged);
  }
  // Not `writeContract`: it calls every answer of a wallet that it does not know a refusal of the contract.
  const hash = await sendTransaction(wallet, {
    account: wallet.account,
    chain: wallet.chain ?? null,
    to: call.address,
    data: encodeFunctionData(call),
  });

  onStage({ at: "sent", hash });
  const sent = { kind: "transaction", id: hash, calls: [call.functionName] } as const;
  const receipt = await keepPending(env, sent, () =>
    awaitReceipt(env.reader, hash, { account: env.account }),
  );
  onStage({ at: "mined", hash: receipt.transactionHash });
  return receipt;
}
