import {
  BaseError,
  ContractFunctionRevertedError,
  HttpRequestError,
  InsufficientFundsError,
  TimeoutError,
  UserRejectedRequestError,
  WaitForTransactionReceiptTimeoutError,
} from "viem";
import { BackendUnavailable, type FieldProblem, Problem } from "../api/problem";
import { InvalidShape } from "../evidence/reader";
import { text } from "../strings/text";

/** What kept a flow from its end, in the terms of the person who started it. */
export type FailureKind =
  | "refused"
  | "reverted"
  | "no-funds"
  | "wrong-chain"
  | "chain-down"
  | "backend-down"
  | "problem"
  | "slow"
  | "replaced"
  | "mismatch"
  | "unknown";

export interface Failure {
  kind: FailureKind;
  /** One sentence that says what happened and what to do. */
  message: string;
  /** Wrong fields of a request, if the backend named them. */
  fields: readonly FieldProblem[];
}

/** Thrown by a flow where the page itself finds that it must not go on. */
export class FlowStopped extends Error {
  override name = "FlowStopped";

  constructor(
    readonly kind: FailureKind,
    message: string,
  ) {
    super(message);
  }
}

function failure(kind: FailureKind, message: string, fields: readonly FieldProblem[] = []): Failure {
  return { kind, message, fields };
}

function code(error: unknown): number | undefined {
  const value = (error as { code?: unknown }).code;
  return typeof value === "number" ? value : undefined;
}

/** All errors from the outside in: libraries wrap what a wallet or node answered. */
function chainOfCauses(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let cause = error; cause != null && causes.length < 12; cause = (cause as { cause?: unknown }).cause)
    causes.push(cause);
  return causes;
}

function find<T>(causes: unknown[], test: (cause: unknown) => cause is T): T | undefined {
  return causes.find(test) as T | undefined;
}

/** "ledger: expired" becomes a sentence of the catalogue; an unknown reason is shown as the contract wrote it. */
export function revertSentence(reason: string | undefined): string {
  if (!reason) return text.failure.revertedSilently;
  return text.failure.reverted(reason);
}

function walletFailure(causes: unknown[]): Failure | undefined {
  if (causes.some((cause) => cause instanceof UserRejectedRequestError || code(cause) === 4001)) {
    return failure("refused", text.failure.refused);
  }
  if (causes.some((cause) => code(cause) === 4100)) return failure("refused", text.failure.unauthorized);
  if (causes.some((cause) => code(cause) === -32002)) return failure("slow", text.failure.walletBusy);
  const names = causes.map((cause) => (cause as { name?: string }).name);
  if (names.some((name) => name === "ChainMismatchError" || name === "ConnectorChainMismatchError")) {
    return failure("wrong-chain", text.failure.wrongChain);
  }
  if (causes.some((cause) => cause instanceof InsufficientFundsError))
    return failure("no-funds", text.failure.noFunds);
  return undefined;
}

/** Turns whatever a step threw into something worth reading. Never shows a stack or a library's report. */
export function explain(error: unknown): Failure {
  if (error instanceof FlowStopped) return failure(error.kind, error.message);
  if (error instanceof Problem) return failure("problem", error.message, error.errors);
  if (error instanceof BackendUnavailable) return failure("backend-down", text.failure.backendDown);
  if (error instanceof InvalidShape)
    return failure("mismatch", text.failure.shape(error.field, error.expected));
  const causes = chainOfCauses(error);
  const wallet = walletFailure(causes);
  if (wallet) return wallet;
  const reverted = find(
    causes,
    (cause): cause is ContractFunctionRevertedError => cause instanceof ContractFunctionRevertedError,
  );
  if (reverted) return failure("reverted", revertSentence(reverted.reason));
  if (causes.some((cause) => cause instanceof WaitForTransactionReceiptTimeoutError))
    return failure("slow", text.failure.stuck);
  if (causes.some((cause) => cause instanceof HttpRequestError || cause instanceof TimeoutError)) {
    return failure("chain-down", text.failure.chainDown);
  }
  const detail =
    error instanceof BaseError ? error.shortMessage : error instanceof Error ? error.message : "";
  return failure("unknown", text.failure.unknown(detail.slice(0, 300)));
}
