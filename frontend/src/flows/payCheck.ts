import { type Address, type Client, type Hex, isAddressEqual, recoverAddress } from "viem";
import type { DeskView, Quote } from "../api/types";
import { type DeskOrder, deskOrderId, readDeskOrder } from "../chain/deskOrder";
import { readCall } from "../chain/readCall";
import type { AppConfig, PaymentToken } from "../config";
import { keyText } from "../format";
import { text } from "../strings/text";
import { FlowStopped } from "./failure";

/** What the person saw and agreed to: the order must say exactly this. */
export interface Agreed {
  payer: Address;
  holder: Address;
  beneficiary: string;
  token: PaymentToken;
  quote: Pick<
    Quote,
    "amount_ug" | "cost_usd" | "fee_usd" | "registry" | "project" | "vintage" | "expires_at"
  >;
}

/** An order whose fields, id and seller's signature were checked by this page. */
export interface CheckedOrder {
  id: Hex;
  desk: Address;
  order: DeskOrder;
  signature: Hex;
  token: PaymentToken;
}

/** Fields of an order that a person is told about by name. */
type Field = keyof typeof text.pay.fields;

const MAX_DEADLINE_S = 30n * 86_400n;
const IS_VALID_SIGNATURE = "0x1626ba7e";
const ERC1271_ABI = [
  {
    type: "function",
    name: "isValidSignature",
    stateMutability: "view",
    inputs: [
      { name: "hash", type: "bytes32" },
      { name: "signature", type: "bytes" },
    ],
    outputs: [{ name: "", type: "bytes4" }],
  },
] as const;

/** US cents of a decimal text such as "12.50"; null if it is not one. */
function cents(decimal: string): bigint | null {
  const match = /^(\d{1,15})(?:\.(\d{1,2})0*)?$/.exec(decimal);
  return match ? BigInt(`${match[1]}${(match[2] ?? "").padEnd(2, "0")}`) : null;
}

/** Price and the seller's own fee together, in base units of a token that is worth one US dollar. */
export function totalPrice(quote: Pick<Quote, "cost_usd" | "fee_usd">, decimals: number): bigint | null {
  const [cost, fee] = [cents(quote.cost_usd), cents(quote.fee_usd)];
  if (cost === null || fee === null || decimals < 2) return null;
  const price = (cost + fee) * 10n ** BigInt(decimals - 2);
  // The desk takes no order for nothing: less than a cent costs one base unit.
  return price === 0n ? 1n : price;
}

/** The first field of an order that differs from what was agreed, or null. */
function differingField(order: DeskOrder, agreed: Agreed): Field | null {
  const { quote } = agreed;
  const amount = BigInt(quote.amount_ug);
  const same: Partial<Record<Field, boolean>> = {
    payer: isAddressEqual(order.payer, agreed.payer),
    holder: isAddressEqual(order.holder, agreed.holder),
    token: isAddressEqual(order.token, agreed.token.address),
    price: order.price === totalPrice(quote, agreed.token.decimals),
    amount_ug: order.amount_ug === amount,
    min_ug: order.min_ug === amount,
    registry: keyText(order.registry) === quote.registry,
    project: order.project === quote.project,
    vintage: order.vintage === Number(quote.vintage),
    beneficiary: order.beneficiary === agreed.beneficiary,
    quote_until: order.quote_until === BigInt(quote.expires_at),
    deadline: order.deadline > order.quote_until && order.deadline <= order.quote_until + MAX_DEADLINE_S,
  };
  const fields = Object.keys(same) as Field[];
  return fields.find((field) => !same[field]) ?? null;
}

async function recovers(order: DeskOrder, id: Hex, signature: Hex): Promise<boolean> {
  try {
    return isAddressEqual(await recoverAddress({ hash: id, signature }), order.seller);
  } catch {
    return false;
  }
}

/** Whether the seller signed: with its key, or its contract wallet says so (ERC-1271). */
async function isSigned(reader: Client, order: DeskOrder, id: Hex, signature: Hex): Promise<boolean> {
  if (await recovers(order, id, signature)) return true;
  const call = { address: order.seller, abi: ERC1271_ABI, functionName: "isValidSignature" } as const;
  const answer = await readCall(reader, { ...call, args: [id, signature] }).catch(() => null);
  return answer === IS_VALID_SIGNATURE;
}

/**
 * Holds an order of the gateway against what the person saw, field by field, computes its id anew and checks the
 * seller's signature over it. Nothing that the gateway says is taken on trust but the offer itself.
 * Throws `FlowStopped` naming what differs.
 */
export async function checkOrder(
  config: AppConfig,
  reader: Client,
  desk: DeskView,
  agreed: Agreed,
): Promise<CheckedOrder> {
  if (config.desk === null || !isAddressEqual(desk.address, config.desk)) {
    throw new FlowStopped("mismatch", text.pay.failure.otherDesk);
  }
  const order = readDeskOrder(desk.order);
  const field = differingField(order, agreed);
  if (field !== null) throw new FlowStopped("mismatch", text.pay.failure.otherField(text.pay.fields[field]));
  const id = deskOrderId(order, config.chainId, config.desk);
  if (id !== desk.id.toLowerCase()) throw new FlowStopped("mismatch", text.pay.failure.otherId);
  if (!(await isSigned(reader, order, id, desk.signature))) {
    throw new FlowStopped("mismatch", text.pay.failure.notSigned);
  }
  return { id, desk: config.desk, order, signature: desk.signature, token: agreed.token };
}
