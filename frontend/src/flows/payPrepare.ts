import { isAddressEqual } from "viem";
import type { QuoteRequest } from "../api/gateway";
import type { Order } from "../api/types";
import { readDeskOrder } from "../chain/deskOrder";
import { text } from "../strings/text";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";
import { type PayPlan, planPayment } from "./pay";
import { type CheckedOrder, checkOrder } from "./payCheck";

export interface Prepared {
  checked: CheckedOrder;
  plan: PayPlan;
}

/** Whether the gateway's order is the one that was asked for in this visit; after a reload what is shown is confirmed. */
function requireAsked(order: Order, asked: QuoteRequest | null): void {
  if (asked === null) return;
  const { fields, failure } = text.pay;
  const differs = (field: keyof typeof fields) =>
    new FlowStopped("mismatch", failure.otherField(fields[field]));
  const desk = readDeskOrder(order.desk?.order);
  if (BigInt(order.quote.amount_ug) !== asked.amountUg) throw differs("amount_ug");
  if (order.quote.source_id !== asked.sourceId) throw differs("project");
  if (order.beneficiary_name !== asked.beneficiary) throw differs("beneficiary");
  if (order.message !== asked.reason) throw differs("reason");
  if (!isAddressEqual(desk.holder, asked.holder)) throw differs("holder");
  if (!isAddressEqual(desk.token, asked.token)) throw differs("token");
}

/**
 * Checks an order that is still to be paid and reads how it can be. Throws `FlowStopped` or `InvalidShape` if it differs
 * from what was asked for or is shown, and what `planPayment` throws.
 */
export async function preparePayment(
  env: FlowEnvironment,
  order: Order,
  asked: QuoteRequest | null,
  plain: boolean,
): Promise<Prepared> {
  if (!order.desk) throw new FlowStopped("mismatch", text.order.unpaid);
  requireAsked(order, asked);
  const desk = readDeskOrder(order.desk.order);
  const token = env.config.paymentTokens.find(({ address }) => isAddressEqual(address, desk.token));
  if (!token) throw new FlowStopped("mismatch", text.pay.failure.otherField(text.pay.fields.token));
  const agreed = {
    payer: env.account,
    holder: desk.holder,
    beneficiary: order.beneficiary_name,
    token,
    quote: order.quote,
  };
  const checked = await checkOrder(env.config, env.reader, order.desk, agreed);
  return { checked, plan: await planPayment(env, checked, plain) };
}
