import { decodeFunctionData, isAddressEqual } from "viem";
import { expect, test } from "vitest";
import { carbonTokenAbi } from "../chain/tokenAbi";
import { readSales } from "../chain/tokenSales";
import { creditMarketAbi } from "../generated/abi";
import { CarbonMarket, MONEY, PAYMENT } from "../testing/carbonMarket";
import { ADAPTER, CERTIFICATE, heldToken, TOKEN } from "../testing/carbonTokens";
import { ACCOUNT, CONFIG, STRANGER } from "../testing/fixtures";
import { StrictChain } from "../testing/strictChain";
import { maxPriceOf } from "./buyPrice";
import { buyToken } from "./buyToken";
import { explain } from "./failure";
import type { RetireStage } from "./retireToken";

const AMOUNT_UG = 2_000_000n;
const MAX_PRICE = 101n;
const NOBODY = "0x0000000000000000000000000000000000000000";

function world() {
  const market = new CarbonMarket(ACCOUNT);
  return { market, chain: new StrictChain(CONFIG, market.contracts, ACCOUNT) };
}

function run(chain: StrictChain, stages: RetireStage[] = []) {
  const request = {
    held: heldToken(false),
    amountUg: AMOUNT_UG,
    beneficiary: "Example Labs GmbH",
    payment: PAYMENT,
    maxPrice: MAX_PRICE,
  };
  return buyToken(chain.environment(), request, (stage) => stages.push(stage));
}

function sent(chain: StrictChain) {
  return chain.sent.map(({ to, data }) => {
    const abi = to && isAddressEqual(to, MONEY) ? carbonTokenAbi : creditMarketAbi;
    const { functionName, args } = decodeFunctionData({ abi, data });
    return [functionName, ...(args ?? [])];
  });
}

test("maxPriceOf: one per cent more than the price, rounded up", () => {
  expect([100n, 101n, 1n, 0n].map(maxPriceOf)).toEqual([101n, 103n, 2n, 0n]);
});

test("buyToken: the most that was agreed to is allowed, no more, and then the credits are bought", async () => {
  const { chain } = world();
  const stages: RetireStage[] = [];
  const done = await run(chain, stages);
  expect(done.certificate).toBe(CERTIFICATE);
  const [approve, buy] = sent(chain);
  expect(approve?.[0]).toBe("approve");
  expect(approve?.[2]).toBe(MAX_PRICE);
  expect(buy?.[0]).toBe("buy_and_retire");
  expect(buy?.slice(2, 4)).toEqual([AMOUNT_UG, "Example Labs GmbH"]);
  expect(buy?.[5]).toBe(MAX_PRICE);
  expect([...new Set(stages.map(({ act, number, of }) => `${number}/${of} ${act}`))]).toEqual([
    "1/2 approve",
    "2/2 buy",
  ]);
});

test("buyToken: an allowance that is too small is taken back first", async () => {
  const { market, chain } = world();
  market.allowance = 5n;
  await run(chain);
  expect(sent(chain).map(([name, , value]) => (name === "approve" ? value : name))).toEqual([
    0n,
    MAX_PRICE,
    "buy_and_retire",
  ]);
});

test("buyToken: what is allowed already is bought in one transaction", async () => {
  const { market, chain } = world();
  market.allowance = MAX_PRICE;
  await run(chain);
  expect(sent(chain).map(([name]) => name)).toEqual(["buy_and_retire"]);
});

test("buyToken: a wallet that sends calls together is asked once", async () => {
  const { chain } = world();
  chain.atomic = "supported";
  await run(chain);
  expect(chain.asked.filter((method) => method === "wallet_sendCalls")).toHaveLength(1);
  expect(chain.asked).not.toContain("eth_sendTransaction");
});

test.each([
  ["a price above the most that was agreed to", { price: 102n }, "The price rose"],
  ["a balance below it", { balance: 100n }, "does not hold enough tUSD"],
  [
    "another listing",
    { listing: { ...heldToken(false).listing, vintage: 2010 } },
    "was changed on the chain",
  ],
])("buyToken: %s stops it before the wallet is asked", async (_what, change, words) => {
  const { market, chain } = world();
  Object.assign(market, change);
  const error = await run(chain).catch((reason: unknown) => reason);
  expect(explain(error).message).toContain(words);
  expect(chain.asked).toEqual([]);
});

test("buyToken: a certificate of somebody else is not taken for this one", async () => {
  const { market, chain } = world();
  market.buyer = STRANGER;
  const error = await run(chain).catch((reason: unknown) => reason);
  expect(explain(error).message).toContain("its event is not the expected one");
});

function sales(change: Partial<CarbonMarket>) {
  const { market, chain } = world();
  Object.assign(market, change);
  const config = { ...CONFIG, adapters: [ADAPTER] };
  return readSales(chain.environment().reader, config, [heldToken(false)], ACCOUNT);
}

test("readSales: what is offered, and what it is paid in with its decimals and the wallet's balance", async () => {
  const [sale] = await sales({});
  expect(sale?.token.token).toBe(TOKEN);
  expect(sale?.payments).toHaveLength(1);
  expect(sale?.payments[0]).toMatchObject({ symbol: "tUSD", decimals: 6, balance: 1_000n, permit: null });
});

test.each([
  ["not for sale", { offer: NOBODY }],
  ["paid in nothing", { spender: NOBODY }],
] as const)("readSales: a token that is %s is left out", async (_what, change) => {
  expect(await sales(change)).toEqual([]);
});
