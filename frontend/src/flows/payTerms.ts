import { DESK_STATE, readChainTime, readDeskTerms } from "../chain/desk";
import { readHolding } from "../chain/paymentToken";
import { money } from "../format";
import { text } from "../strings/text";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";
import type { CheckedOrder } from "./payCheck";

const words = text.pay.failure;

/** What the chain says about paying an order now. */
export interface PayTerms {
  /** What the payer has, and what the desk may already take; base units of the token. */
  balance: bigint;
  allowance: bigint;
  /** The order is in the desk already: there is nothing left to pay. */
  paid: boolean;
}

/**
 * Reads whether the desk would take the order now, so that the wallet is asked for nothing in vain.
 * Throws `FlowStopped` with a sentence for each reason why it would not.
 */
export async function readPayTerms(env: FlowEnvironment, checked: CheckedOrder): Promise<PayTerms> {
  const { id, desk, order, token } = checked;
  const [terms, holding, now] = await Promise.all([
    readDeskTerms(env.reader, desk, id, order),
    readHolding(env.reader, order.token, env.account, desk),
    readChainTime(env.reader),
  ]);
  if (terms.state === DESK_STATE.open) return { ...holding, paid: true };
  if (terms.state !== DESK_STATE.unknown) throw new FlowStopped("mismatch", words.closed);
  if (now > order.quote_until) throw new FlowStopped("expired", words.expired);
  if (terms.paused) throw new FlowStopped("reverted", words.paused);
  if (!terms.tokenAllowed) throw new FlowStopped("reverted", words.tokenNotAllowed(token.symbol));
  if (terms.exposure + order.price > terms.cap) throw new FlowStopped("reverted", words.sellerFull);
  if (holding.balance < order.price) {
    const missing = money(order.price - holding.balance, token);
    throw new FlowStopped("no-funds", words.short(missing, money(holding.balance, token)));
  }
  return { ...holding, paid: false };
}
