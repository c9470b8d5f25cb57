import type { Browser, Page } from "playwright-core";
import { generatePrivateKey } from "viem/accounts";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keepPicture, launch, type Visit, visit } from "./browser";
import { withoutBlocks } from "./chain";
import { deploySmartAccounts, SmartAccount, type SmartAccounts } from "./smartAccount";
import { CHAIN_ID, localKey, RPC_URL } from "./stack";
import { agreeAndPay, askForQuote, connect, recordBloom, signIn } from "./steps";
import { TestWallet } from "./wallet";

const MANGROVES = /Estuary mangroves/;
let browser: Browser;
let made: SmartAccounts;
const visits: Visit[] = [];

beforeAll(async () => {
  [browser, made] = await Promise.all([launch(), deploySmartAccounts(RPC_URL, localKey(1))]);
});

afterEach(async ({ task }) => {
  for (const seen of visits.splice(0)) {
    await keepPicture(seen, `smart-accounts-${task.name.split(":")[0]}`);
    await seen.context.close();
  }
});

afterAll(() => browser.close());

interface Person {
  page: Page;
  wallet: TestWallet;
  account: SmartAccount;
}

/** Somebody with a new smart account that is not on the chain yet, connected. */
async function person(): Promise<Person> {
  const account = await SmartAccount.of(made, generatePrivateKey());
  const wallet = new TestWallet({
    name: "Smart Wallet",
    key: account,
    rpcUrl: RPC_URL,
    chainId: CHAIN_ID,
  });
  const seen = await visit(browser, (context) => wallet.install(context));
  visits.push(seen);
  await seen.page.goto("/record");
  await connect(seen.page, "Smart Wallet");
  return { page: seen.page, wallet, account };
}

async function sessionAccount(page: Page): Promise<string> {
  return page.evaluate(async () => (await (await fetch("/v1/auth/session")).json()).account as string);
}

test("ERC-1271: an account that is a contract signs in and records, although another account sends", async () => {
  const { page, account } = await person();
  await account.deploy();
  await signIn(page);
  expect(await sessionAccount(page)).toBe(account.address);

  const attestation = await recordBloom(page);
  await page.goto(`/attestation/${attestation}`);
  await page.getByRole("heading", { name: "Figures" }).waitFor();
  const provenance = page.getByRole("region", { name: "Provenance" });
  await provenance.getByText(account.address).waitFor();
});

test("ERC-6492: an account that is not on the chain signs in, and gets there with its first record", async () => {
  const { page, account } = await person();
  await signIn(page);
  expect(await sessionAccount(page)).toBe(account.address);
  expect(await account.isDeployed(), "signing in deploys nothing").toBe(false);
  await recordBloom(page);
  expect(await account.isDeployed()).toBe(true);
});

test("stranger: a signature of another key is refused, and the page says so", async () => {
  const { page, wallet } = await person();
  const stranger = await SmartAccount.of(made, generatePrivateKey());
  wallet.signInstead = (message) => stranger.signText(message);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("alert").waitFor();
  const status = await page.evaluate(async () => (await fetch("/v1/auth/session")).status);
  expect(status).toBe(401);
});

test("one click: approval and payment of an order go as one transaction (EIP-5792), and the certificate comes", async () => {
  const { page, wallet, account } = await person();
  await account.deploy();
  await signIn(page);
  await page.goto("/retire");
  await askForQuote(page, { offer: MANGROVES, kilograms: "1", beneficiary: "GPTX", reason: "Inference" });
  await page.getByRole("button", { name: "Get test tUSD" }).click();
  await page.getByText("A wallet that can does both at once.").waitFor();
  await agreeAndPay(page);
  const order = page.getByRole("article", { name: /1 kg CO₂e from/ });
  await order.getByRole("link", { name: "Open the certificate" }).waitFor({ timeout: 60_000 });
  expect(wallet.count("wallet_sendCalls")).toBe(1);
  expect(wallet.count("eth_signTypedData_v4"), "no signature that the token could not check").toBe(0);
  const sent = wallet.asked.find(({ method }) => method === "wallet_sendCalls");
  expect((sent?.params[0] as { calls: unknown[] } | undefined)?.calls).toHaveLength(2);
  expect(wallet.count("eth_sendTransaction"), "the test money alone").toBe(1);
});

test("reload: calls that the wallet knows by an id of its own are watched to their block", async () => {
  const { page, account } = await person();
  await account.deploy();
  await signIn(page);
  await page.goto("/retire");
  await askForQuote(page, { offer: MANGROVES, kilograms: "1", beneficiary: "GPTX", reason: "Inference" });
  await page.getByRole("button", { name: "Get test tUSD" }).click();
  await page.getByText("A wallet that can does both at once.").waitFor();
  const list = page.getByRole("region", { name: "Sent before" });
  await withoutBlocks(async () => {
    await agreeAndPay(page);
    await page.getByText("waits for a block").first().waitFor();
    await page.reload();
    await list.getByText(/then: Pay an order into the desk: sent, and not in a block yet/).waitFor();
  });
  await list.getByText(/then: Pay an order into the desk: in block \d/).waitFor();
});
