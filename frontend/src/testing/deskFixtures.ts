import { type Hex, stringToHex } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import type { DeskView, Order } from "../api/types";
import { type DeskOrder, deskOrderId } from "../chain/deskOrder";
import type { PaymentToken } from "../config";
import { deskAbi } from "../generated/deskAbi";
import { CONFIG } from "./fixtures";
import { type FakeContract, Revert } from "./strictChain";

const MNEMONIC = "test test test test test test test test test test test junk";

export const PAYER = mnemonicToAccount(MNEMONIC, { addressIndex: 0 });
export const SELLER = mnemonicToAccount(MNEMONIC, { addressIndex: 4 });
export const TOKEN = CONFIG.paymentTokens[0] as PaymentToken;
export const DESK = CONFIG.desk ?? "0x";
export const PRICE = 12_300_000n;

export const DESK_ORDER: DeskOrder = {
  seller: SELLER.address,
  payer: PAYER.address,
  holder: PAYER.address,
  token: TOKEN.address,
  price: PRICE,
  amount_ug: 10n ** 12n,
  min_ug: 10n ** 12n,
  registry: stringToHex("icr", { size: 32 }),
  project: "ICR-9002",
  vintage: 2023,
  beneficiary: "Équipe BLOOM",
  quote_until: 2_000n,
  deadline: 700_000n,
  salt: `0x${"5a".repeat(32)}`,
};

/** The order as JSON of the gateway, signed by its seller unless another signature is given. */
export async function deskView(order: DeskOrder, signature?: Hex): Promise<DeskView> {
  const id = deskOrderId(order, CONFIG.chainId, DESK);
  const json = Object.fromEntries(
    Object.entries(order).map(([name, value]) => [name, typeof value === "string" ? value : String(value)]),
  );
  return {
    id,
    address: DESK,
    order: json,
    signature: signature ?? (await SELLER.sign({ hash: id })),
    transactions: [],
  };
}

/** An order of the gateway that is still to be paid. */
export async function quotedOrder(order: DeskOrder = DESK_ORDER): Promise<Order> {
  return {
    id: "o1",
    state: "quoted",
    quote: {
      id: "q1",
      source_id: "s1",
      project: "ICR-9002",
      name: "Estuary mangroves",
      registry: "icr",
      vintage: 2023,
      ex_ante: false,
      amount_ug: "1000000000000",
      cost_usd: "12.00",
      fee_usd: "0.30",
      price_usd_per_tonne: "12.00",
      expires_at: 2_000,
    },
    beneficiary_name: "Équipe BLOOM",
    message: "Training",
    steps: [],
    created_at: 900,
    desk: await deskView(order),
  };
}

export interface DeskTerms {
  state: number;
  paused: boolean;
  allowed: boolean;
  cap: bigint;
}

/** A desk that takes the order unless its terms say otherwise; `allowance` is what the token lets it take. */
export function fakeDesk(
  terms: Partial<DeskTerms> = {},
  allowance: () => bigint = () => PRICE,
): FakeContract {
  const id = deskOrderId(DESK_ORDER, CONFIG.chainId, DESK);
  const answers: Record<string, () => unknown> = {
    order_state: () => terms.state ?? 0,
    paused: () => terms.paused ?? false,
    is_token_allowed: () => terms.allowed ?? true,
    seller_cap: () => terms.cap ?? 10n ** 12n,
    exposure: () => 0n,
    open: () => {
      if (allowance() < PRICE) throw new Revert("desk: token refused");
      return id;
    },
    open_with_permit: () => id,
    open_with_authorization: () => id,
    refund: () => undefined,
  };
  return {
    address: DESK,
    abi: deskAbi,
    call: (name) => {
      const answer = answers[name];
      if (!answer) throw new Error(`the desk was asked for ${name}`);
      return answer();
    },
    events: (name, args) =>
      name === "refund"
        ? [{ name: "OrderRefunded", args: { id, declined: false } }]
        : [
            {
              name: "OrderOpened",
              args: { id, payer: PAYER.address, seller: SELLER.address, order: args[0] },
            },
          ],
  };
}
