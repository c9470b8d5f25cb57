import { encodeFunctionData, type Hex, type TransactionReceipt } from "viem";
import { getCapabilities, sendCalls as sendBatch, simulateBlocks, waitForCallsStatus } from "viem/actions";
import { text } from "../strings/text";
import type { FlowEnvironment, WalletClient } from "./environment";
import { FlowStopped } from "./failure";
import { awaitReceipt } from "./pendingReceipt";
import { keepPending } from "./pendingTransactions";
import { type ContractCall, type SendStage, sendCall } from "./sendCall";
import { callsWords } from "./sendCallWords";

/** Which transaction of how many a stage belongs to, counted from 1. */
export interface Step {
  number: number;
  of: number;
}

export type OnBatchStage = (stage: SendStage, step: Step) => void;

const ONLY_STEP: Step = { number: 1, of: 1 };
const STATUS_TIMEOUT_MS = 180_000;
const CAPABILITIES_TIMEOUT_MS = 5_000;
/**
 * Answers that mean "not in one transaction" rather than no: the codes of EIP-5792 for capability, chain, upgrade and
 * atomicity, and those of EIP-1193 and JSON-RPC for a method that is not there.
 */
const NOT_TOGETHER = new Set([5700, 5710, 5750, 5760, 4200, -32601, -32004]);
/** Codes and names with which nodes say that they have no `eth_simulateV1`. */
const NO_METHOD = new Set([-32601, -32004, -32600]);

function codesOf(error: unknown): number[] {
  const codes: number[] = [];
  let cause = error as { code?: unknown; cause?: unknown } | undefined;
  for (let depth = 0; cause && depth < 12; depth += 1) {
    if (typeof cause.code === "number") codes.push(cause.code);
    cause = cause.cause as typeof cause;
  }
  return codes;
}

function within<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("the wallet did not answer in time")), milliseconds);
  });
  return Promise.race([promise, late]);
}

async function mustBe(env: FlowEnvironment): Promise<WalletClient> {
  const wallet = await env.wallet();
  if (wallet.account.address.toLowerCase() !== env.account.toLowerCase()) {
    throw new FlowStopped("mismatch", text.failure.accountChanged);
  }
  return wallet;
}

/**
 * Whether the wallet sends several calls as one transaction, all or none (EIP-5792). One that does not know the question
 * cannot; it is asked about this chain alone.
 */
export async function sendsTogether(env: FlowEnvironment): Promise<boolean> {
  const wallet = await mustBe(env);
  const { chainId } = env.config;
  try {
    const asked = getCapabilities(wallet, { account: wallet.account, chainId });
    const atomic = (await within(asked, CAPABILITIES_TIMEOUT_MS))?.atomic;
    return atomic?.status === "supported" || atomic?.status === "ready";
  } catch {
    return false;
  }
}

function encoded({ address, abi, functionName, args }: ContractCall) {
  return { to: address, data: encodeFunctionData({ abi, functionName, args }) };
}

/**
 * Runs all calls one after the other on the state of the newest block. A node without `eth_simulateV1` cannot say how
 * the second call goes after the first; the wallet then still refuses or sends all of them together.
 */
async function simulateAll(env: FlowEnvironment, calls: readonly ContractCall[]): Promise<void> {
  const inOrder = calls.map(({ address, ...call }) => ({ ...call, to: address, account: env.account }));
  try {
    const [block] = await simulateBlocks(env.reader, { blocks: [{ calls: inOrder }] });
    const failed = block?.calls.find(({ status }) => status !== "success");
    if (failed) throw failed.error ?? new FlowStopped("reverted", text.failure.revertedSilently);
  } catch (error) {
    if (!codesOf(error).some((code) => NO_METHOD.has(code))) throw error;
  }
}

/** Hands all calls to the wallet as one; null if it finds now that it cannot send them so. Nothing was sent then. */
async function askForAll(env: FlowEnvironment, calls: readonly ContractCall[]): Promise<string | null> {
  const wallet = await mustBe(env);
  const request = {
    account: wallet.account,
    chain: wallet.chain ?? null,
    calls: calls.map(encoded),
    forceAtomic: true,
  } as Parameters<typeof sendBatch>[1];
  try {
    return (await sendBatch(wallet, request)).id;
  } catch (error) {
    if (codesOf(error).some((code) => NOT_TOGETHER.has(code))) return null;
    throw error;
  }
}

/** The transaction that a wallet made of calls that it was handed together. Throws `FlowStopped`: slow or reverted. */
export async function hashOfCalls(env: FlowEnvironment, id: string): Promise<Hex> {
  const done = await waitForCallsStatus(await mustBe(env), {
    id,
    timeout: STATUS_TIMEOUT_MS,
    pollingInterval: env.reader.pollingInterval,
  });
  if (done.status !== "success") throw new FlowStopped("reverted", text.failure.revertedInBlock);
  const hash = done.receipts?.at(-1)?.transactionHash;
  if (!hash) throw new FlowStopped("mismatch", text.failure.noEvent);
  return hash;
}

async function sendAtOnce(
  env: FlowEnvironment,
  calls: readonly ContractCall[],
  onStage: OnBatchStage,
): Promise<TransactionReceipt | null> {
  onStage({ at: "checking" }, ONLY_STEP);
  await simulateAll(env, calls);
  const names = calls.map(({ functionName }) => functionName);
  onStage({ at: "confirm", asks: callsWords(names) }, ONLY_STEP);
  const id = await askForAll(env, calls);
  if (id === null) return null;
  onStage({ at: "sent" }, ONLY_STEP);
  return keepPending(env, { kind: "calls", id, calls: names }, async () => {
    const hash = await hashOfCalls(env, id);
    // The wallet's word for what happened is not taken: the receipt is read from the chain, like every other.
    const receipt = await awaitReceipt(env.reader, hash, { account: env.account });
    onStage({ at: "mined", hash: receipt.transactionHash }, ONLY_STEP);
    return receipt;
  });
}

async function sendInTurn(
  env: FlowEnvironment,
  calls: readonly ContractCall[],
  onStage: OnBatchStage,
): Promise<readonly TransactionReceipt[]> {
  const receipts: TransactionReceipt[] = [];
  for (const [index, call] of calls.entries()) {
    const step = { number: index + 1, of: calls.length };
    receipts.push(await sendCall(env, call, (stage) => onStage(stage, step)));
  }
  return receipts;
}

/**
 * Sends calls that belong together: as one transaction where the wallet can (EIP-5792), else one after the other, each
 * simulated before the wallet is asked for it. Gives the receipts in order, a single one if they went together.
 * Throws what `explain` understands; calls that are in a block by then stay there.
 */
export async function sendCalls(
  env: FlowEnvironment,
  calls: readonly ContractCall[],
  onStage: OnBatchStage,
): Promise<readonly TransactionReceipt[]> {
  const together = calls.length > 1 && (await sendsTogether(env));
  const receipt = together ? await sendAtOnce(env, calls, onStage) : null;
  return receipt ? [receipt] : sendInTurn(env, calls, onStage);
}
