import { expect, test } from "vitest";
import { carbonTokenAbi } from "../chain/tokenAbi";
import { creditAdapterAbi } from "../generated/abi";
import { ADAPTER, CarbonProtocol, TOKEN } from "../testing/carbonTokens";
import { ACCOUNT, CONFIG } from "../testing/fixtures";
import { StrictChain } from "../testing/strictChain";
import { sendCalls } from "./batch";
import { explain } from "./failure";
import type { ContractCall } from "./sendCall";

const AMOUNT_UG = 1_000_000n;
const APPROVE: ContractCall = {
  address: TOKEN,
  abi: carbonTokenAbi,
  functionName: "approve",
  args: [ADAPTER.address, AMOUNT_UG * 10n ** 6n],
};
const RETIRE: ContractCall = {
  address: ADAPTER.address,
  abi: creditAdapterAbi,
  functionName: "retire_token",
  args: [TOKEN, AMOUNT_UG, "Example Labs GmbH"],
};

function chainWith(atomic: StrictChain["atomic"]): StrictChain {
  const chain = new StrictChain(CONFIG, new CarbonProtocol().contracts, ACCOUNT);
  chain.atomic = atomic;
  return chain;
}

function send(chain: StrictChain, calls: readonly ContractCall[], seen: string[] = []) {
  return sendCalls(chain.environment(), calls, ({ at }, { number, of }) =>
    seen.push(`${number}/${of} ${at}`),
  );
}

test.each(["supported", "ready"] as const)(
  "sendCalls: %s means one transaction with one receipt",
  async (atomic) => {
    const chain = chainWith(atomic);
    const seen: string[] = [];
    const receipts = await send(chain, [APPROVE, RETIRE], seen);
    expect(receipts).toHaveLength(1);
    expect(chain.sent).toHaveLength(2);
    expect(seen).toEqual(["1/1 checking", "1/1 confirm", "1/1 sent", "1/1 mined"]);
  },
);

test.each([undefined, "unsupported"] as const)("sendCalls: %s means one transaction each", async (atomic) => {
  const chain = chainWith(atomic);
  const seen: string[] = [];
  const receipts = await send(chain, [APPROVE, RETIRE], seen);
  expect(receipts).toHaveLength(2);
  expect(seen.filter((stage) => stage.endsWith("mined"))).toEqual(["1/2 mined", "2/2 mined"]);
});

test("sendCalls: a single call is sent as ever, and the wallet is not asked what it can do", async () => {
  const chain = chainWith("supported");
  await send(chain, [APPROVE]);
  expect(chain.asked).not.toContain("wallet_getCapabilities");
});

test("sendCalls: a second call that would fail after the first keeps the wallet from being asked", async () => {
  const chain = chainWith("supported");
  const tooMuch = { ...RETIRE, args: [TOKEN, AMOUNT_UG + 1n, "Example Labs GmbH"] };
  const error = await send(chain, [APPROVE, tooMuch]).catch((reason: unknown) => reason);
  expect(explain(error).message).toContain("adapter: not allowed");
  expect(chain.asked).not.toContain("wallet_sendCalls");
});

test("sendCalls: a node that cannot simulate several calls leaves them to the wallet", async () => {
  const chain = chainWith("supported");
  chain.simulatesMany = false;
  expect(await send(chain, [APPROVE, RETIRE])).toHaveLength(1);
});

test.each([5700, 5750, 5760])("sendCalls: code %i on asking means one transaction each", async (code) => {
  const chain = chainWith("ready");
  chain.batchError = { code, message: "not in one transaction" };
  expect(await send(chain, [APPROVE, RETIRE])).toHaveLength(2);
});

test("sendCalls: a refusal in the wallet is not taken for a wallet that cannot", async () => {
  const chain = chainWith("ready");
  chain.walletRefuses = true;
  const error = await send(chain, [APPROVE, RETIRE]).catch((reason: unknown) => reason);
  expect(explain(error).kind).toBe("refused");
  expect(chain.asked).not.toContain("eth_sendTransaction");
});

test("sendCalls: calls that fail in their block are an error, and are not sent again", async () => {
  const chain = chainWith("supported");
  chain.receiptStatus = "reverted";
  const error = await send(chain, [APPROVE, RETIRE]).catch((reason: unknown) => reason);
  expect(explain(error).kind).toBe("reverted");
  expect(chain.sent).toHaveLength(2);
});
