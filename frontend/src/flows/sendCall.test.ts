import { type Address, createClient, custom, type Hex } from "viem";
import { afterEach, expect, test } from "vitest";
import { tokenAbi } from "../chain/paymentToken";
import { ACCOUNT, CONFIG } from "../testing/fixtures";
import { type FakeContract, StrictChain } from "../testing/strictChain";
import type { FlowEnvironment } from "./environment";
import { explain } from "./failure";
import { readPending } from "./pendingTransactions";
import { type SendStage, sendCall } from "./sendCall";
import { callsWords, callWords } from "./sendCallWords";

const TOKEN: Address = CONFIG.paymentTokens[0]?.address ?? "0x";
const CALL = { address: TOKEN, abi: tokenAbi, functionName: "approve", args: [CONFIG.ledger, 1n] } as const;
const token: FakeContract = { address: TOKEN, abi: tokenAbi, call: () => true };

afterEach(() => localStorage.clear());

/** An environment whose wallet answers the request to send as it is told. */
function environment(chain: StrictChain, send: () => Promise<Hex>): FlowEnvironment {
  const request = async ({ method }: { method: string }) =>
    method === "eth_chainId" ? `0x${CONFIG.chainId.toString(16)}` : send();
  const transport = custom({ request } as never, { retryCount: 0 });
  return { ...chain.environment(), wallet: async () => createClient({ account: ACCOUNT, transport }) };
}

async function failureOf(answer: { code: number; message: string }) {
  const chain = new StrictChain(CONFIG, [token], ACCOUNT);
  const sending = sendCall(
    environment(chain, () => Promise.reject(answer)),
    CALL,
    () => undefined,
  );
  return explain(await sending.catch((reason: unknown) => reason));
}

test.each([
  [{ code: -32603, message: "insufficient funds for gas * price + value" }, "no-funds", "network fee"],
  [{ code: -32000, message: "nonce too low" }, "unknown", "count of your transactions"],
  [{ code: -32603, message: "the signing device is locked" }, "unknown", "device is locked"],
  [{ code: 3, message: "execution reverted: ledger: expired" }, "reverted", "Your wallet found"],
  [{ code: 4900, message: "disconnected" }, "unknown", "lost its connection"],
  [{ code: 4001, message: "no" }, "refused", "You refused"],
])("sendCall: a wallet's %j is told in its own sentence", async (answer, kind, sentence) => {
  const failure = await failureOf(answer);
  expect(failure.kind).toBe(kind);
  expect(failure.message).toContain(sentence);
  expect(failure.message, "it was asked").not.toContain("Your wallet was not asked");
});

test("sendCall: the wallet is asked with words that say what for", async () => {
  const chain = new StrictChain(CONFIG, [token], ACCOUNT);
  const stages: SendStage[] = [];
  await sendCall(chain.environment(), CALL, (stage) => stages.push(stage));
  expect(stages[1]).toEqual({ at: "confirm", asks: "Let a contract take a stated amount of a token" });
});

test("sendCall: nothing is kept of what was refused, nor of what is in a block", async () => {
  const chain = new StrictChain(CONFIG, [token], ACCOUNT);
  chain.walletRefuses = true;
  await sendCall(chain.environment(), CALL, () => undefined).catch(() => undefined);
  expect(readPending({ config: CONFIG, account: ACCOUNT })).toEqual([]);
  chain.walletRefuses = false;
  await sendCall(chain.environment(), CALL, () => undefined);
  expect(readPending({ config: CONFIG, account: ACCOUNT })).toEqual([]);
});

test("callWords: a function without words is named, also one that every object has", () => {
  expect(callWords("constructor")).toBe("Call constructor");
  expect(callsWords(["record", "mystery"])).toBe("Record a footprint on the ledger, then: Call mystery");
});
