import { expect, test } from "vitest";
import { type DeskOrder, deskOrderId } from "../chain/deskOrder";
import {
  DESK,
  DESK_ORDER,
  deskView,
  fakeDesk,
  PAYER,
  quotedOrder,
  SELLER,
  TOKEN,
} from "../testing/deskFixtures";
import { CONFIG, STRANGER } from "../testing/fixtures";
import { StrictChain } from "../testing/strictChain";
import { explain } from "./failure";
import { type Agreed, checkOrder, totalPrice } from "./payCheck";

const reader = new StrictChain(CONFIG, [fakeDesk()], PAYER.address).environment().reader;

async function agreed(): Promise<Agreed> {
  const { quote } = await quotedOrder();
  return { payer: PAYER.address, holder: PAYER.address, beneficiary: "Équipe BLOOM", token: TOKEN, quote };
}

async function refusalOf(view: Awaited<ReturnType<typeof deskView>>): Promise<string> {
  const error = await checkOrder(CONFIG, reader, view, await agreed()).catch((reason: unknown) => reason);
  return explain(error).message;
}

test("checkOrder: an order as agreed, with its own digest and its seller's signature, is taken", async () => {
  const checked = await checkOrder(CONFIG, reader, await deskView(DESK_ORDER), await agreed());
  expect(checked.id).toBe(deskOrderId(DESK_ORDER, CONFIG.chainId, DESK));
  expect(checked.order).toEqual(DESK_ORDER);
});

test.each<[string, Partial<DeskOrder>]>([
  ["the payer", { payer: STRANGER }],
  ["the account that gets the certificate", { holder: STRANGER }],
  ["the token", { token: STRANGER }],
  ["the price", { price: DESK_ORDER.price + 1n }],
  ["the amount", { amount_ug: DESK_ORDER.amount_ug - 1n }],
  ["the least amount", { min_ug: 1n }],
  ["the registry", { registry: `0x${"61".repeat(32)}` }],
  ["the project", { project: "ICR-1" }],
  ["the vintage", { vintage: 2012 }],
  ["the beneficiary", { beneficiary: "Somebody else" }],
  ["the end of the quote", { quote_until: 9_000n }],
  ["the deadline of the refund", { deadline: 2_000n + 31n * 86_400n }],
])(
  "checkOrder: another value for %s is refused by name, although the seller signed it",
  async (name, change) => {
    expect(await refusalOf(await deskView({ ...DESK_ORDER, ...change }))).toContain(name);
  },
);

test("checkOrder: another desk, another id or another signer is refused", async () => {
  const view = await deskView(DESK_ORDER);
  expect(await refusalOf({ ...view, address: STRANGER })).toContain("another desk");
  expect(await refusalOf({ ...view, id: `0x${"00".repeat(32)}` })).toContain("not the digest");
  const forged = await PAYER.sign({ hash: view.id });
  expect(await refusalOf({ ...view, signature: forged })).toContain("seller's signature");
});

test("checkOrder: a signature over another order of the same seller is refused", async () => {
  const other = deskOrderId({ ...DESK_ORDER, salt: `0x${"01".repeat(32)}` }, CONFIG.chainId, DESK);
  const signature = await SELLER.sign({ hash: other });
  expect(await refusalOf(await deskView(DESK_ORDER, signature))).toContain("seller's signature");
});

test("checkOrder: a number that is none names its field", async () => {
  const view = await deskView(DESK_ORDER);
  const order = { ...(view.order as Record<string, unknown>), price: "-1" };
  expect(await refusalOf({ ...view, order })).toContain("desk.order.price");
});

test("totalPrice: cost and fee in cents become base units, and nothing costs one unit", () => {
  expect(totalPrice({ cost_usd: "12.00", fee_usd: "0.30" }, 6)).toBe(12_300_000n);
  expect(totalPrice({ cost_usd: "0.01", fee_usd: "0" }, 18)).toBe(10n ** 16n);
  expect(totalPrice({ cost_usd: "0.00", fee_usd: "0.00" }, 6)).toBe(1n);
  expect(totalPrice({ cost_usd: "1.001", fee_usd: "0.00" }, 6)).toBeNull();
});
