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
  | "expired"
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

/**
 * viem's errors are told apart by the names that its documentation gives them: importing the classes would load the
 * code that decodes reverts into every page that can show a failure.
 */
function named(causes: unknown[], ...names: string[]): unknown {
  return causes.find((cause) => names.includes(String((cause as { name?: unknown }).name)));
}

/** Whether one of the errors within has one of these names. */
export function causedBy(error: unknown, ...names: string[]): boolean {
  return named(chainOfCauses(error), ...names) !== undefined;
}

/** "ledger: expired" becomes a sentence of the catalogue; an unknown reason is shown as the contract wrote it. */
export function revertSentence(reason: string | undefined): string {
  if (!reason) return text.failure.revertedSilently;
  return text.failure.reverted(reason);
}

const FEE_ERRORS = [
  "FeeCapTooLowError",
  "FeeCapTooHighError",
  "TipAboveFeeCapError",
  "IntrinsicGasTooLowError",
];

function walletFailure(causes: unknown[]): Failure | undefined {
  const codes = causes.map(code);
  // 5000 is the same no from a wallet that speaks by way of WalletConnect or another relay.
  if (codes.includes(4001) || codes.includes(5000)) return failure("refused", text.failure.refused);
  if (codes.includes(4100)) return failure("refused", text.failure.unauthorized);
  if (codes.includes(4900) || codes.includes(4901)) return failure("unknown", text.failure.walletGone);
  if (named(causes, "ConnectorAccountNotFoundError")) return failure("mismatch", text.failure.accountChanged);
  if (named(causes, "ConnectorNotConnectedError", "ConnectorUnavailableReconnectingError"))
    return failure("unknown", text.failure.walletGone);
  if (codes.includes(-32002)) return failure("slow", text.failure.walletBusy);
  if (named(causes, "ChainMismatchError", "ConnectorChainMismatchError")) {
    return failure("wrong-chain", text.failure.wrongChain);
  }
  if (named(causes, "InsufficientFundsError")) return failure("no-funds", text.failure.noFunds);
  if (named(causes, ...FEE_ERRORS)) return failure("unknown", text.failure.fee);
  if (named(causes, "NonceTooLowError", "NonceTooHighError")) return failure("unknown", text.failure.nonce);
  return undefined;
}

function chainFailure(causes: unknown[]): Failure | undefined {
  const reverted = named(causes, "ContractFunctionRevertedError") as { reason?: string } | undefined;
  if (reverted) return failure("reverted", revertSentence(reverted.reason));
  // The wallet runs a call once more before it sends it: the chain may have moved on since our simulation.
  if (named(causes, "TransactionExecutionError") && named(causes, "ExecutionRevertedError"))
    return failure("reverted", text.failure.revertedAtWallet);
  if (named(causes, "WaitForTransactionReceiptTimeoutError", "WaitForCallsStatusTimeoutError"))
    return failure("slow", text.failure.stuck);
  if (named(causes, "HttpRequestError", "TimeoutError")) return failure("chain-down", text.failure.chainDown);
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
  const known = walletFailure(causes) ?? chainFailure(causes);
  if (known) return known;
  // What the wallet or the node itself said is worth more than a library's words around it.
  const { details, shortMessage, message } = (error ?? {}) as Record<string, string | undefined>;
  const said = details || shortMessage || message || "";
  return failure("unknown", text.failure.unknown(said.slice(0, 300)));
}
