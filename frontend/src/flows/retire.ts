import { type Hex, parseEventLogs } from "viem";
import { getOrder } from "../api/gateway";
import type { Order } from "../api/types";
import { readHint } from "../chain/credits";
import { certificateId, type RetirementReport } from "../chain/typedData";
import { readRetirementReport } from "../evidence/report";
import { creditsAbi } from "../generated/abi";
import { text } from "../strings/text";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";
import { type SendStage, sendCall } from "./sendCall";

/** Vyper's bound of `Retirement.beneficiary`, in bytes: an over-long value would revert without a reason. */
export const MAX_BENEFICIARY_BYTES = 64;
/** Longest message that goes to the registry with the retirement, in characters. */
export const MAX_MESSAGE_CHARACTERS = 500;

/** States in which an order moves without the person: the backend works on it. */
const MOVING = new Set(["placed", "retired"]);
const WATCH_INTERVAL_MS = 1_000;

export function isMoving(order: Order): boolean {
  return MOVING.has(order.state);
}

export interface MintedCertificate {
  certificate: bigint;
  report: RetirementReport;
  transaction: Hex;
  block: bigint;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/** Follows an order until it needs the person or is at its end. */
export async function watchOrder(
  id: string,
  onChange: (order: Order) => void,
  signal: AbortSignal,
): Promise<Order> {
  for (;;) {
    const order = await getOrder(id, signal);
    onChange(order);
    if (!isMoving(order)) return order;
    await pause(WATCH_INTERVAL_MS, signal);
  }
}

/** Mints the certificate of a co-signed retirement with the person's own wallet. */
export async function mint(
  env: FlowEnvironment,
  order: Order,
  onStage: (stage: SendStage) => void,
): Promise<MintedCertificate> {
  if (!order.report || !order.signatures) throw new FlowStopped("mismatch", text.failure.notCosigned);
  const report = readRetirementReport(order.report);
  if (report.holder.toLowerCase() !== env.account.toLowerCase()) {
    throw new FlowStopped("mismatch", text.failure.otherAccount);
  }
  const certificate = BigInt(certificateId(report, env.config.chainId, env.config.credits));
  const hint = await readHint(env.reader, env.config, report.source);
  const call = {
    address: env.config.credits,
    abi: creditsAbi,
    functionName: "mint",
    args: [report, order.signatures, hint],
  } as const;
  const receipt = await sendCall(env, call, onStage);
  const events = parseEventLogs({ abi: creditsAbi, eventName: "CertificateMinted", logs: receipt.logs });
  if (!events.some((event) => event.args.certificate === certificate)) {
    throw new FlowStopped("mismatch", text.failure.noEvent);
  }
  return { certificate, report, transaction: receipt.transactionHash, block: receipt.blockNumber };
}
