import { type Address, type Hex, isAddressEqual, parseEventLogs, type TransactionReceipt } from "viem";
import type { BaseUnits } from "../amounts";
import { readCall } from "../chain/readCall";
import { carbonTokenAbi } from "../chain/tokenAbi";
import { type HeldToken, sameListing, UNITS_PER_UG } from "../chain/tokens";
import { creditAdapterAbi } from "../generated/abi";
import { text } from "../strings/text";
import { approvalCall } from "./approval";
import { type Step, sendCalls } from "./batch";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";
import { hasKey, type Permit, signPermit } from "./retireTokenPermit";
import type { ContractCall, SendStage } from "./sendCall";

/** What is to be retired, in whose name. */
export interface TokenRetirement {
  held: HeldToken;
  amountUg: BaseUnits;
  beneficiary: string;
}

/** What a step is for: an approval by signature or transaction, the retirement, or both in one transaction. */
export type RetireAct = "sign" | "approve" | "retire" | "together" | "buy";

export interface RetireStage extends Step {
  act: RetireAct;
  stage: SendStage;
}

export interface RetiredToken {
  certificate: bigint;
  amountUg: BaseUnits;
  transaction: Hex;
  block: bigint;
}

type OnStage = (stage: RetireStage) => void;

async function readSpending(env: FlowEnvironment, { adapter, token }: HeldToken) {
  const at = { address: token, abi: carbonTokenAbi } as const;
  const [balance, allowance, listing] = await Promise.all([
    readCall(env.reader, { ...at, functionName: "balanceOf", args: [env.account] }),
    readCall(env.reader, { ...at, functionName: "allowance", args: [env.account, adapter.address] }),
    readCall(env.reader, {
      address: adapter.address,
      abi: creditAdapterAbi,
      functionName: "listing",
      args: [token, 0n],
    }),
  ]);
  return { balance, allowance, listing };
}

function retireCall({ held, amountUg, beneficiary }: TokenRetirement, permit: Permit | null): ContractCall {
  const at = { address: held.adapter.address, abi: creditAdapterAbi };
  const what = [held.token, amountUg, beneficiary] as const;
  if (permit === null) return { ...at, functionName: "retire_token", args: what };
  return { ...at, functionName: "retire_token_with_permit", args: [...what, ...permit] };
}

/** The certificate that the adapter's own event names for this account, token and amount. */
function certificateOf(
  env: FlowEnvironment,
  { held: { adapter, token }, amountUg }: { held: Pick<HeldToken, "adapter" | "token">; amountUg: BaseUnits },
  receipt: TransactionReceipt,
): bigint {
  const events = parseEventLogs({ abi: creditAdapterAbi, eventName: "TokenRetired", logs: receipt.logs });
  const own = events.find(
    ({ address, args }) =>
      isAddressEqual(address as Address, adapter.address) &&
      isAddressEqual(args.token, token) &&
      isAddressEqual(args.holder, env.account) &&
      args.amount_ug === amountUg,
  );
  if (!own) throw new FlowStopped("mismatch", text.failure.noEvent);
  return own.args.certificate;
}

/** What the last of the transactions brought. */
export function retiredIn(
  env: FlowEnvironment,
  request: Parameters<typeof certificateOf>[1],
  receipts: readonly TransactionReceipt[],
): RetiredToken {
  const last = receipts.at(-1);
  if (!last) throw new FlowStopped("mismatch", text.failure.noEvent);
  return {
    certificate: certificateOf(env, request, last),
    amountUg: request.amountUg,
    transaction: last.transactionHash,
    block: last.blockNumber,
  };
}

async function sendWithPermit(
  env: FlowEnvironment,
  request: TokenRetirement,
  onStage: OnStage,
): Promise<readonly TransactionReceipt[] | null> {
  const { permit: domain, token, adapter } = request.held;
  if (domain === null || !(await hasKey(env))) return null;
  onStage({ act: "sign", number: 1, of: 2, stage: { at: "confirm" } });
  const permit = await signPermit(
    env,
    { token, spender: adapter.address, value: request.amountUg * UNITS_PER_UG },
    domain,
  );
  if (permit === null) return null;
  return sendCalls(env, [retireCall(request, permit)], (stage) =>
    onStage({ act: "retire", number: 2, of: 2, stage }),
  );
}

async function send(
  env: FlowEnvironment,
  request: TokenRetirement,
  isAllowed: boolean,
  onStage: OnStage,
): Promise<readonly TransactionReceipt[]> {
  const retire = retireCall(request, null);
  if (isAllowed) {
    return sendCalls(env, [retire], (stage, step) => onStage({ act: "retire", ...step, stage }));
  }
  const permitted = await sendWithPermit(env, request, onStage);
  if (permitted) return permitted;
  // What is retired and no more: nothing that is left over can be taken later.
  const { held, amountUg } = request;
  const approve = approvalCall(held.token, held.adapter.address, amountUg * UNITS_PER_UG);
  return sendCalls(env, [approve, retire], (stage, step) => {
    const act = step.of === 1 ? "together" : step.number === 1 ? "approve" : "retire";
    onStage({ act, ...step, stage });
  });
}

/**
 * Retires carbon tokens of the account and has the certificate minted to it, without any server: by a signed approval
 * and one transaction, else by approval and retirement in one transaction, else by two. The wallet is never asked for
 * what the chain says would fail. Throws what `explain` understands.
 */
export async function retireToken(
  env: FlowEnvironment,
  request: TokenRetirement,
  onStage: OnStage,
): Promise<RetiredToken> {
  const { balance, allowance, listing } = await readSpending(env, request.held);
  const units = request.amountUg * UNITS_PER_UG;
  if (!sameListing(listing, request.held.listing))
    throw new FlowStopped("mismatch", text.tokens.failure.listingChanged);
  if (balance < units) throw new FlowStopped("mismatch", text.tokens.failure.balanceChanged);
  const receipts = await send(env, request, allowance >= units, onStage);
  return retiredIn(env, request, receipts);
}
