import { readFile } from "node:fs/promises";
import process from "node:process";
import type { Browser, Page } from "playwright-core";
import { type Abi, type Address, createPublicClient, createWalletClient, type Hex, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keepPicture, launch, type Visit, visit } from "./browser";
import { rpc } from "./chain";
import { CHAIN_ID, localKey, MARKETPLACE_PID, ORIGIN, RPC_URL } from "./stack";
import { agreeAndPay, askForQuote, connect, signIn } from "./steps";
import { TestWallet } from "./wallet";

/** The last journeys: they move the chain's clock by more than a week. */

const SLOW_MS = 60_000;
const DAY_S = 86_400n;
const IN_ERROR = 1;
const EVIDENCE: Hex = `0x${"e1".repeat(32)}`;
const TYPES = {
  VoidReport: [
    { name: "certificate", type: "uint256" },
    { name: "reason", type: "uint8" },
    { name: "evidence", type: "bytes32" },
    { name: "valid_until", type: "uint64" },
  ],
  RebindReport: [
    { name: "certificate", type: "uint256" },
    { name: "holder", type: "address" },
    { name: "to", type: "address" },
    { name: "evidence", type: "bytes32" },
    { name: "valid_until", type: "uint64" },
  ],
} as const;

const transport = http(RPC_URL);
const reader = createPublicClient({ transport });
const sender = createWalletClient({ account: privateKeyToAccount(localKey(0)), transport });
const holder = new TestWallet({ name: "Alpha Wallet", key: localKey(5), rpcUrl: RPC_URL, chainId: CHAIN_ID });
let browser: Browser;
let seen: Visit;
let corrections: Address;
let abi: Abi;

beforeAll(async () => {
  browser = await launch();
  seen = await visit(browser, (context) => holder.install(context));
  const { contracts } = await (await fetch(`${ORIGIN}/config.json`)).json();
  const named = [
    {
      type: "function",
      name: "corrections",
      stateMutability: "view",
      inputs: [],
      outputs: [{ type: "address" }],
    },
  ] as const;
  corrections = await reader.readContract({
    address: contracts.credits,
    abi: named,
    functionName: "corrections",
  });
  abi = JSON.parse(await readFile("../contracts/npm/abi/CertificateCorrections.json", "utf8"));
  await seen.page.goto("/retire");
  await connect(seen.page, "Alpha Wallet");
  await signIn(seen.page);
});

afterEach(({ task }) => keepPicture(seen, `corrections-${task.name.split(":")[0]}`));

afterAll(async () => {
  process.kill(MARKETPLACE_PID, "SIGCONT");
  await browser.close();
});

/** What two of the council's three keys say of a certificate, as they would after looking at the evidence. */
async function signed(primaryType: keyof typeof TYPES, message: Record<string, unknown>): Promise<Hex[]> {
  const council = [6, 7].map((index) => privateKeyToAccount(localKey(index)));
  council.sort((a, b) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1));
  const domain = {
    name: "GPTX Green AI Ledger: Corrections",
    version: "1",
    chainId: CHAIN_ID,
    verifyingContract: corrections,
  };
  return Promise.all(
    council.map((member) => member.signTypedData({ domain, types: TYPES, primaryType, message } as never)),
  );
}

async function correct(functionName: string, args: readonly unknown[]): Promise<void> {
  const hash = await sender.writeContract({ address: corrections, abi, functionName, args, chain: null });
  const { status } = await reader.waitForTransactionReceipt({ hash });
  expect(status, functionName).toBe("success");
}

async function chainTime(): Promise<bigint> {
  return (await reader.getBlock()).timestamp;
}

/** Buys a kilogram and returns the certificate's id. */
async function bought(page: Page, beneficiary: string): Promise<Hex> {
  await page.goto("/retire");
  await pay(page, beneficiary);
  // The newest order is the first one.
  const order = page.getByRole("article", { name: /1 kg CO₂e from/ }).filter({ hasText: beneficiary });
  const open = order.first().getByRole("link", { name: "Open the certificate" });
  await open.waitFor({ timeout: SLOW_MS });
  return ((await open.getAttribute("href")) ?? "").replace("/certificate/", "") as Hex;
}

async function pay(page: Page, beneficiary: string): Promise<void> {
  await askForQuote(page, { offer: /Estuary mangroves/, kilograms: "1", beneficiary, reason: "Inference" });
  await agreeAndPay(page);
  await page
    .getByRole("article", { name: /1 kg CO₂e from/ })
    .first()
    .waitFor();
}

test("void: a certificate that the council took back says so, and why, and offers nothing more", async () => {
  const { page } = seen;
  const id = await bought(page, "Void Ltd");
  const report = {
    certificate: BigInt(id),
    reason: IN_ERROR,
    evidence: EVIDENCE,
    valid_until: (await chainTime()) + DAY_S,
  };
  await correct("void", [report, await signed("VoidReport", report)]);
  await page.goto(`/certificate/${id}`);
  await page.getByText("This certificate is void").waitFor();
  await page.getByText("The council took it back because it was issued in error.").waitFor();
  expect(await page.getByRole("link", { name: "Allocate" }).count()).toBe(0);
  await page.goto("/explore");
  await page.getByRole("main").getByText("Void", { exact: true }).first().waitFor();
});

test("moved and late: after a week a lost wallet's certificate moves, and an unmet payment goes back", async () => {
  const { page } = seen;
  const id = await bought(page, "Moved Ltd");
  const to = privateKeyToAccount(localKey(3)).address;
  const report = {
    certificate: BigInt(id),
    holder: holder.address,
    to,
    evidence: EVIDENCE,
    valid_until: (await chainTime()) + DAY_S,
  };
  await correct("rebind", [report, await signed("RebindReport", report)]);
  await page.goto("/retire");
  await askForQuote(page, {
    offer: /Estuary mangroves/,
    kilograms: "3",
    beneficiary: "Late Ltd",
    reason: "Inference",
  });
  // Nothing can be bought from here on.
  process.kill(MARKETPLACE_PID, "SIGSTOP");
  await agreeAndPay(page);
  await page.getByRole("article", { name: /3 kg CO₂e from/ }).waitFor({ timeout: SLOW_MS });
  await rpc("evm_increaseTime", [Number(8n * DAY_S)]);
  await rpc("evm_mine");

  await page.getByRole("button", { name: "Send the payment back" }).first().click();
  await page.getByText("The payment is back with its payer.").first().waitFor({ timeout: SLOW_MS });

  await correct("complete_rebind", [BigInt(id)]);
  await page.goto(`${ORIGIN}/certificate/${id}`);
  await page.getByText("Moved to another wallet").waitFor();
  await page.getByRole("link", { name: to }).first().waitFor();
});
