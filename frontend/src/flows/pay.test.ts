import { decodeFunctionData } from "viem";
import { expect, test } from "vitest";
import { deskAbi } from "../generated/deskAbi";
import { DESK, DESK_ORDER, fakeDesk, PAYER, PRICE, quotedOrder, SELLER } from "../testing/deskFixtures";
import { fakeToken, type TokenFacts } from "../testing/fakeToken";
import { CONFIG } from "../testing/fixtures";
import { StrictChain } from "../testing/strictChain";
import { explain } from "./failure";
import { type PayStage, pay } from "./pay";
import { preparePayment } from "./payPrepare";

interface Setting {
  token?: Partial<TokenFacts>;
  desk?: Parameters<typeof fakeDesk>[0];
  plain?: boolean;
  prepare?: (chain: StrictChain) => void;
}

function stage({ token: facts, desk, prepare }: Setting) {
  const token = fakeToken(facts);
  let allowance = facts?.allowance ?? 0n;
  const chain = new StrictChain(
    CONFIG,
    [token, fakeDesk(desk, () => token.approved.at(-1) ?? allowance)],
    PAYER.address,
  );
  chain.signer = PAYER;
  prepare?.(chain);
  allowance = facts?.allowance ?? 0n;
  return { chain, token };
}

async function paid(setting: Setting) {
  const { chain, token } = stage(setting);
  const env = chain.environment();
  const { checked, plan } = await preparePayment(env, await quotedOrder(), null, setting.plain ?? false);
  const stages: PayStage[] = [];
  const result = await pay(env, checked, plan, (one) => stages.push(one));
  return { chain, token, plan, result, stages };
}

function called(chain: StrictChain): string[] {
  return chain.sent
    .filter(({ to }) => to?.toLowerCase() === DESK.toLowerCase())
    .map(({ data }) => decodeFunctionData({ abi: deskAbi, data }).functionName);
}

async function refusal(setting: Setting) {
  const { chain } = stage(setting);
  const error = await preparePayment(chain.environment(), await quotedOrder(), null, false).catch(
    (reason: unknown) => reason,
  );
  expect(chain.asked, "the wallet was not asked").toEqual([]);
  return explain(error);
}

test("pay: a token without signed payments takes two steps, each numbered, and exactly the price is approved", async () => {
  const { chain, token, plan, stages } = await paid({});
  expect(plan.steps).toEqual(["approve", "open"]);
  expect(token.approved).toEqual([PRICE]);
  expect(called(chain)).toEqual(["open"]);
  expect(stages.map(({ step }) => step)).toEqual([...Array(4).fill("approve"), ...Array(4).fill("open")]);
});

test("pay: what the desk may take already is not approved again", async () => {
  const { chain, token, plan } = await paid({ token: { allowance: PRICE } });
  expect(plan.way).toBe("allowed");
  expect(token.approved).toEqual([]);
  expect(called(chain)).toEqual(["open"]);
});

test("pay: an old approval that is too small is taken back first, since USDT refuses another on top", async () => {
  const { token, plan } = await paid({ token: { allowance: 1n, needsReset: true } });
  expect(plan.steps).toEqual(["reset", "approve", "open"]);
  expect(token.approved).toEqual([0n, PRICE]);
});

test("pay: EIP-3009 is one signature for this order and one transaction", async () => {
  const { chain, plan } = await paid({ token: { takes: "both" } });
  expect(plan.way).toBe("authorization");
  expect(chain.asked).toContain("eth_signTypedData_v4");
  expect(called(chain)).toEqual(["open_with_authorization"]);
});

test("pay: a permit is one signature and one transaction", async () => {
  const { chain, token, plan } = await paid({ token: { takes: "permit" } });
  expect(plan.way).toBe("permit");
  expect(token.approved).toEqual([]);
  expect(called(chain)).toEqual(["open_with_permit"]);
});

test("pay: who wants no signed payment approves first", async () => {
  const { plan } = await paid({ token: { takes: "both" }, plain: true });
  expect(plan.way).toBe("approve");
});

test("pay: a token whose domain is not what it tells is not signed for", async () => {
  const { plan, chain } = await paid({ token: { takes: "both", version: "7" } });
  expect(plan.way).toBe("approve");
  expect(chain.asked).not.toContain("eth_signTypedData_v4");
});

test("pay: a contract wallet signs nothing, and sends approval and payment as one", async () => {
  const { chain, plan, stages } = await paid({
    token: { takes: "both" },
    prepare: (chain) => {
      chain.code = "0xef0100";
      chain.atomic = "supported";
      // This node cannot simulate calls on top of each other; the wallet sends all or nothing.
      chain.simulatesMany = false;
    },
  });
  expect(plan.way).toBe("approve");
  expect(chain.asked).toContain("wallet_sendCalls");
  expect(chain.asked).not.toContain("eth_sendTransaction");
  expect(new Set(stages.map(({ step }) => step))).toEqual(new Set(["together"]));
});

test("pay: a signature that is not the account's own is not sent on", async () => {
  const { chain } = stage({ token: { takes: "both" } });
  const env = chain.environment();
  const { checked, plan } = await preparePayment(env, await quotedOrder(), null, false);
  chain.signer = SELLER;
  const error = await pay(env, checked, plan, () => undefined).catch((reason: unknown) => reason);
  expect(explain(error).message).toContain("two transactions");
  expect(chain.sent).toEqual([]);
});

test("pay: a refusal in the wallet says that nothing was sent", async () => {
  const { chain } = stage({});
  const env = chain.environment();
  const { checked, plan } = await preparePayment(env, await quotedOrder(), null, false);
  chain.walletRefuses = true;
  const error = await pay(env, checked, plan, () => undefined).catch((reason: unknown) => reason);
  expect(explain(error).kind).toBe("refused");
});

test("pay: an order that lies in the desk already is not paid twice", async () => {
  const { result, chain } = await paid({ desk: { state: 1 } });
  expect(result.transaction).toBeNull();
  expect(chain.asked).toEqual([]);
});

test("preparePayment: too little money says how much of which token is missing", async () => {
  const found = await refusal({ token: { balance: PRICE - 2_300_000n } });
  expect(found.kind).toBe("no-funds");
  expect(found.message).toContain("2.30 dUSD are missing");
  expect(found.message).toContain("10.00 dUSD");
});

test("preparePayment: a quote that ran out by the chain's clock is not paid", async () => {
  const found = await refusal({ prepare: (chain) => (chain.now = 2_001n) });
  expect(found.kind).toBe("expired");
});

test.each([
  ["is paused", { paused: true }, "no new orders"],
  ["does not allow the token", { allowed: false }, "does not take dUSD"],
  ["has the seller at its cap", { cap: PRICE - 1n }, "too many open orders"],
  ["refunded the order", { state: 3 }, "closed"],
])("preparePayment: a desk that %s is not asked to take the order", async (_why, desk, sentence) => {
  expect((await refusal({ desk })).message).toContain(sentence);
});

test("preparePayment: an order for somebody else than was asked for is found", async () => {
  const { chain } = stage({});
  const order = await quotedOrder({ ...DESK_ORDER, holder: CONFIG.ledger });
  const asked = {
    sourceId: "s1",
    amountUg: 10n ** 12n,
    token: DESK_ORDER.token,
    beneficiary: "Équipe BLOOM",
    reason: "Training",
    holder: PAYER.address,
  };
  const error = await preparePayment(chain.environment(), order, asked, false).catch(
    (reason: unknown) => reason,
  );
  expect(explain(error).message).toContain("account that gets the certificate");
});
