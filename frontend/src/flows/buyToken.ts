import type { TransactionReceipt } from "viem";
import type { BaseUnits } from "../amounts";
import { readCall } from "../chain/readCall";
import { carbonTokenAbi } from "../chain/tokenAbi";
import { readQuote, type SalePayment } from "../chain/tokenSales";
import { type HeldToken, sameListing } from "../chain/tokens";
import { creditAdapterAbi, creditMarketAbi } from "../generated/abi";
import { text } from "../strings/text";
import { approvalCall } from "./approval";
import { sendCalls } from "./batch";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";
import { type RetiredToken, type RetireStage, retiredIn } from "./retireToken";
import { hasKey, type Permit, signPermit } from "./retireTokenPermit";
import type { ContractCall } from "./sendCall";

/** What is to be bought and retired, for at most how much, in whose name. */
export interface TokenPurchase {
  held: HeldToken;
  amountUg: BaseUnits;
  beneficiary: string;
  payment: SalePayment;
  /** Base units of the payment token; the rest comes back in the same transaction. */
  maxPrice: bigint;
}

type OnStage = (stage: RetireStage) => void;

function buyCall(request: TokenPurchase, permit: Permit | null): ContractCall {
  const { held, amountUg, beneficiary, payment, maxPrice } = request;
  const at = { address: held.adapter.address, abi: creditMarketAbi };
  const what = [held.token, amountUg, beneficiary, payment.address, maxPrice] as const;
  if (permit === null) return { ...at, functionName: "buy_and_retire", args: what };
  return { ...at, functionName: "buy_and_retire_with_permit", args: [...what, ...permit] };
}

/** Stops where the page showed something else than the chain says now. Gives what is allowed already. */
async function check(env: FlowEnvironment, request: TokenPurchase): Promise<bigint> {
  const { held, payment, maxPrice } = request;
  const at = { address: payment.address, abi: carbonTokenAbi } as const;
  const [balance, allowance, listing, price] = await Promise.all([
    readCall(env.reader, { ...at, functionName: "balanceOf", args: [env.account] }),
    readCall(env.reader, { ...at, functionName: "allowance", args: [env.account, held.adapter.address] }),
    readCall(env.reader, {
      address: held.adapter.address,
      abi: creditAdapterAbi,
      functionName: "listing",
      args: [held.token, 0n],
    }),
    readQuote(env.reader, held, request.amountUg, payment.address),
  ]);
  const words = text.tokens.failure;
  if (!sameListing(listing, held.listing)) throw new FlowStopped("mismatch", words.listingChanged);
  if (price > maxPrice) throw new FlowStopped("mismatch", words.priceMoved);
  if (balance < maxPrice) throw new FlowStopped("no-funds", words.cannotPay(payment.symbol));
  return allowance;
}

async function sendWithPermit(
  env: FlowEnvironment,
  request: TokenPurchase,
  onStage: OnStage,
): Promise<readonly TransactionReceipt[] | null> {
  const { held, payment, maxPrice } = request;
  if (payment.permit === null || !(await hasKey(env))) return null;
  onStage({ act: "sign", number: 1, of: 2, stage: { at: "confirm" } });
  const approval = { token: payment.address, spender: held.adapter.address, value: maxPrice };
  const permit = await signPermit(env, approval, payment.permit);
  if (permit === null) return null;
  return sendCalls(env, [buyCall(request, permit)], (stage) =>
    onStage({ act: "buy", number: 2, of: 2, stage }),
  );
}

async function send(
  env: FlowEnvironment,
  request: TokenPurchase,
  allowance: bigint,
  onStage: OnStage,
): Promise<readonly TransactionReceipt[]> {
  const buy = buyCall(request, null);
  if (allowance >= request.maxPrice)
    return sendCalls(env, [buy], (stage, step) => onStage({ act: "buy", ...step, stage }));
  const permitted = await sendWithPermit(env, request, onStage);
  if (permitted) return permitted;
  // Some tokens refuse to change one allowance into another: first back to nothing.
  const approvals = [...(allowance > 0n ? [0n] : []), request.maxPrice];
  const { held, payment } = request;
  const approve = (value: bigint) => approvalCall(payment.address, held.adapter.address, value);
  const calls = [...approvals.map(approve), buy];
  return sendCalls(env, calls, (stage, step) => {
    const act = step.of === 1 ? "together" : step.number < step.of ? "approve" : "buy";
    onStage({ act, ...step, stage });
  });
}

/**
 * Buys credits at the adapter's protocol, retires them and has the certificate minted to the account, for at most what
 * the person agreed to. The wallet is never asked for what the chain says would fail. Throws what `explain` understands.
 */
export async function buyToken(
  env: FlowEnvironment,
  request: TokenPurchase,
  onStage: OnStage,
): Promise<RetiredToken> {
  const receipts = await send(env, request, await check(env, request), onStage);
  return retiredIn(env, request, receipts);
}
