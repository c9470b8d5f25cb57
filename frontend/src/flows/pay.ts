import { type Hex, parseEventLogs, type TransactionReceipt } from "viem";
import { getCode } from "viem/actions";
import { readSignedPayments, type SignedPayments } from "../chain/paymentToken";
import { deskAbi } from "../generated/deskAbi";
import { text } from "../strings/text";
import { approvalCall } from "./approval";
import { sendCalls } from "./batch";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";
import type { CheckedOrder } from "./payCheck";
import { authorizedOpening, permittedOpening } from "./paySign";
import { type PayTerms, readPayTerms } from "./payTerms";
import type { ContractCall, SendStage } from "./sendCall";

/** One thing that the wallet is asked for on the way to a paid order. */
export type PayStep = "reset" | "approve" | "sign" | "open" | "together";

/** How a payment goes: the desk may already take the price, it is signed for, or approved first. */
export type PayWay = "allowed" | "authorization" | "permit" | "approve";

export interface PayStage {
  step: PayStep;
  stage: SendStage;
}

export interface PayPlan {
  way: PayWay;
  steps: readonly PayStep[];
  terms: PayTerms;
  signed: SignedPayments | null;
}

export interface Paid {
  id: Hex;
  /** Null if it was paid before. */
  transaction: Hex | null;
}

function wayOf(terms: PayTerms, price: bigint, signed: SignedPayments | null): PayWay {
  if (terms.allowance >= price) return "allowed";
  if (signed?.authorization) return "authorization";
  return signed?.permitNonce != null ? "permit" : "approve";
}

function stepsOf(way: PayWay, allowance: bigint): readonly PayStep[] {
  if (way === "allowed") return ["open"];
  if (way !== "approve") return ["sign", "open"];
  // USDT takes no new approval on top of an old one.
  return allowance > 0n ? ["reset", "approve", "open"] : ["approve", "open"];
}

/** A wallet that is a contract, or acts as one (EIP-7702), signs in ways that tokens may not take. */
async function hasCode(env: FlowEnvironment): Promise<boolean> {
  const code = await getCode(env.reader, { address: env.account });
  return code !== undefined && code !== "0x";
}

/**
 * Reads whether and how the order can be paid. `plain` leaves signed payments out, for wallets whose signatures a token
 * does not take. Throws what `readPayTerms` throws.
 */
export async function planPayment(
  env: FlowEnvironment,
  checked: CheckedOrder,
  plain: boolean,
): Promise<PayPlan> {
  const { id, order } = checked;
  const terms = await readPayTerms(env, checked);
  const maySign = !plain && terms.allowance < order.price && !(await hasCode(env));
  const signed = maySign
    ? await readSignedPayments(env.reader, env.config.chainId, order.token, env.account, id)
    : null;
  const way = wayOf(terms, order.price, signed);
  return { way, steps: stepsOf(way, terms.allowance), terms, signed };
}

function opening(checked: CheckedOrder): ContractCall {
  return {
    address: checked.desk,
    abi: deskAbi,
    functionName: "open",
    args: [checked.order, checked.signature],
  };
}

/** What goes to the chain, with the name of each step; asks for the signature where one takes an approval's place. */
async function callsOf(
  env: FlowEnvironment,
  checked: CheckedOrder,
  plan: PayPlan,
  onStage: (stage: PayStage) => void,
): Promise<readonly ContractCall[]> {
  if (plan.way === "allowed") return [opening(checked)];
  if (plan.way === "approve" || plan.signed === null) {
    const approvals = plan.steps.filter((step) => step !== "open");
    const amounts = approvals.map((step) => (step === "reset" ? 0n : checked.order.price));
    return [
      ...amounts.map((amount) => approvalCall(checked.order.token, checked.desk, amount)),
      opening(checked),
    ];
  }
  onStage({ step: "sign", stage: { at: "confirm" } });
  const signing = plan.way === "authorization" ? authorizedOpening : permittedOpening;
  return [await signing(env, checked, plan.signed)];
}

function requireOpened(receipt: TransactionReceipt | undefined, id: Hex): Hex {
  const events = parseEventLogs({ abi: deskAbi, eventName: "OrderOpened", logs: receipt?.logs ?? [] });
  if (!receipt || !events.some((event) => event.args.id === id)) {
    throw new FlowStopped("mismatch", text.failure.noEvent);
  }
  return receipt.transactionHash;
}

/**
 * Pays a checked order as planned: each transaction is simulated before the wallet is asked for it, and a wallet that
 * can sends approval and payment as one.
 */
export async function pay(
  env: FlowEnvironment,
  checked: CheckedOrder,
  plan: PayPlan,
  onStage: (stage: PayStage) => void,
): Promise<Paid> {
  if (plan.terms.paid) return { id: checked.id, transaction: null };
  const calls = await callsOf(env, checked, plan, onStage);
  const sent = plan.steps.filter((step) => step !== "sign");
  const receipts = await sendCalls(env, calls, (stage, { number, of }) =>
    onStage({ step: of < calls.length ? "together" : (sent[number - 1] ?? "open"), stage }),
  );
  return { id: checked.id, transaction: requireOpened(receipts.at(-1), checked.id) };
}
