import { decodeFunctionData } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { expect, test } from "vitest";
import { carbonTokenAbi } from "../chain/tokenAbi";
import { creditAdapterAbi } from "../generated/abi";
import {
  ADAPTER,
  CarbonProtocol,
  CERTIFICATE,
  heldToken,
  permitSigner,
  TOKEN,
} from "../testing/carbonTokens";
import { CONFIG, STRANGER } from "../testing/fixtures";
import { StrictChain } from "../testing/strictChain";
import { explain } from "./failure";
import { type RetireStage, retireToken } from "./retireToken";

const SIGNER = privateKeyToAccount(`0x${"22".repeat(32)}`);
const AMOUNT_UG = 2_000_000n;
const BENEFICIARY = "Example Labs GmbH";

function world(protocol = new CarbonProtocol()) {
  protocol.eventHolder = SIGNER.address;
  const chain = new StrictChain(CONFIG, protocol.contracts, SIGNER.address);
  chain.signer = SIGNER;
  return { protocol, chain };
}

function run(chain: StrictChain, permit: boolean, stages: RetireStage[] = []) {
  const request = { held: heldToken(permit), amountUg: AMOUNT_UG, beneficiary: BENEFICIARY };
  return retireToken(chain.environment(), request, (stage) => stages.push(stage));
}

function sentTo(chain: StrictChain) {
  return chain.sent.map(({ to, data }) =>
    to === TOKEN
      ? decodeFunctionData({ abi: carbonTokenAbi, data })
      : decodeFunctionData({ abi: creditAdapterAbi, data }),
  );
}

function steps(stages: readonly RetireStage[]): string[] {
  return [...new Set(stages.map(({ act, number, of }) => `${number}/${of} ${act}`))];
}

test("retireToken: a token with permits takes one signature and one transaction", async () => {
  const { chain } = world();
  const stages: RetireStage[] = [];
  const done = await run(chain, true, stages);
  expect(done.certificate).toBe(CERTIFICATE);
  const [call] = sentTo(chain);
  expect(chain.sent).toHaveLength(1);
  expect(call?.functionName).toBe("retire_token_with_permit");
  expect(call?.args?.slice(0, 3)).toEqual([TOKEN, AMOUNT_UG, BENEFICIARY]);
  expect(await permitSigner(SIGNER.address, call?.args ?? [])).toBe(SIGNER.address);
  expect(steps(stages)).toEqual(["1/2 sign", "2/2 retire"]);
});

test("retireToken: a token without permits is allowed and then retired, exactly the amount", async () => {
  const { chain } = world();
  const stages: RetireStage[] = [];
  await run(chain, false, stages);
  const [approve, retire] = sentTo(chain);
  expect(approve?.functionName).toBe("approve");
  expect(approve?.args).toEqual([ADAPTER.address, AMOUNT_UG * 10n ** 6n]);
  expect(retire?.functionName).toBe("retire_token");
  expect(steps(stages)).toEqual(["1/2 approve", "2/2 retire"]);
});

test("retireToken: what is allowed already is retired in one transaction", async () => {
  const { protocol, chain } = world();
  protocol.allowance = AMOUNT_UG * 10n ** 6n;
  const stages: RetireStage[] = [];
  await run(chain, true, stages);
  expect(sentTo(chain).map(({ functionName }) => functionName)).toEqual(["retire_token"]);
  expect(steps(stages)).toEqual(["1/1 retire"]);
});

test("retireToken: a wallet that sends calls together is asked once for both", async () => {
  const { chain } = world();
  chain.atomic = "ready";
  const stages: RetireStage[] = [];
  const done = await run(chain, false, stages);
  expect(done.certificate).toBe(CERTIFICATE);
  expect(chain.asked.filter((method) => method === "wallet_sendCalls")).toHaveLength(1);
  expect(chain.asked).not.toContain("eth_sendTransaction");
  expect(steps(stages)).toEqual(["1/1 together"]);
});

test("retireToken: the account of a contract wallet is not asked for a permit", async () => {
  const { chain } = world();
  chain.code = "0x6001";
  await run(chain, true);
  expect(chain.asked).not.toContain("eth_signTypedData_v4");
  expect(sentTo(chain)[0]?.functionName).toBe("approve");
});

test("retireToken: an account that delegates its code still signs", async () => {
  const { chain } = world();
  chain.code = `0xef0100${"11".repeat(20)}`;
  await run(chain, true);
  expect(sentTo(chain).map(({ functionName }) => functionName)).toEqual(["retire_token_with_permit"]);
});

test("retireToken: a permit that another key signed is not sent, an approval is", async () => {
  const { chain } = world();
  chain.signer = privateKeyToAccount(`0x${"11".repeat(32)}`);
  await run(chain, true);
  expect(sentTo(chain)[0]?.functionName).toBe("approve");
});

test("retireToken: a wallet without typed data gets an approval", async () => {
  const { chain } = world();
  chain.signer = undefined;
  await run(chain, true);
  expect(sentTo(chain)[0]?.functionName).toBe("approve");
});

test("retireToken: a refused signature ends it, and nothing is sent", async () => {
  const { chain } = world();
  chain.walletRefuses = true;
  const error = await run(chain, true).catch((reason: unknown) => reason);
  expect(explain(error).kind).toBe("refused");
  expect(chain.sent).toEqual([]);
});

test("retireToken: a listing that was changed meanwhile stops it before the wallet is asked", async () => {
  const { protocol, chain } = world();
  protocol.listing = { ...protocol.listing, project: "VCS-999" };
  const error = await run(chain, true).catch((reason: unknown) => reason);
  expect(explain(error).message).toContain("was changed on the chain");
  expect(chain.asked).toEqual([]);
});

test("retireToken: a balance that fell below the amount stops it before the wallet is asked", async () => {
  const { protocol, chain } = world();
  protocol.balance = AMOUNT_UG * 10n ** 6n - 1n;
  const error = await run(chain, true).catch((reason: unknown) => reason);
  expect(explain(error).message).toContain("holds less of this token");
  expect(chain.asked).toEqual([]);
});

test("retireToken: an event for somebody else is not taken for the certificate", async () => {
  const { protocol, chain } = world();
  protocol.eventHolder = STRANGER;
  const error = await run(chain, true).catch((reason: unknown) => reason);
  expect(explain(error).message).toContain("its event is not the expected one");
});
