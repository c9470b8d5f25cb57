import type { Browser, Page } from "playwright-core";
import { parseEther, toHex } from "viem";
import { generatePrivateKey } from "viem/accounts";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keepPicture, launch, type Visit, visit } from "./browser";
import { CHAIN_ID, localKey, RPC_URL } from "./stack";
import { agreeAndPay, askForQuote, connect, recordBloom, signIn } from "./steps";
import { TestWallet } from "./wallet";

const MANGROVES = /Estuary mangroves/;
let browser: Browser;
const visits: Visit[] = [];

beforeAll(async () => {
  browser = await launch();
});

afterEach(async ({ task }) => {
  for (const seen of visits.splice(0)) {
    await keepPicture(seen, `retire-${task.name.split(":")[0]}`);
    await seen.context.close();
  }
});

afterAll(() => browser.close());

async function buyer(key = localKey(4)): Promise<{ page: Page; wallet: TestWallet }> {
  const wallet = new TestWallet({ name: "Alpha Wallet", key, rpcUrl: RPC_URL, chainId: CHAIN_ID });
  const seen = await visit(browser, (context) => wallet.install(context));
  visits.push(seen);
  await seen.page.goto("/retire");
  await connect(seen.page, "Alpha Wallet");
  await signIn(seen.page);
  return { page: seen.page, wallet };
}

/** A new account with gas and without any test money. */
async function pauper(): Promise<`0x${string}`> {
  const key = generatePrivateKey();
  const { address } = new TestWallet({ name: "-", key, rpcUrl: RPC_URL, chainId: CHAIN_ID });
  const body = {
    jsonrpc: "2.0",
    id: 1,
    method: "anvil_setBalance",
    params: [address, toHex(parseEther("10"))],
  };
  await fetch(RPC_URL, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return key;
}

test("buy: filters are kept in the address, the order is paid, watched over a reload, minted and allocated", async () => {
  const { page, wallet } = await buyer();
  const attestation = await recordBloom(page);
  await page.goto("/retire");
  await page.getByRole("combobox", { name: "Country" }).selectOption("Indonesia");
  await page.getByLabel("At most, USD per tonne").fill("100");
  await page.reload();
  expect(await page.getByRole("combobox", { name: "Country" }).inputValue()).toBe("Indonesia");
  expect(new URL(page.url()).searchParams.get("max")).toBe("100");

  const beneficiary = `Équipe BLOOM ${Date.now()}`;
  await askForQuote(page, {
    offer: MANGROVES,
    kilograms: "2000",
    beneficiary,
    reason: "Training of BLOOM-176B",
  });
  const before = wallet.count("eth_sendTransaction");
  await page.getByText(beneficiary).first().waitFor();
  expect(await page.getByRole("button", { name: /^Pay / }).isEnabled(), "not before it is agreed").toBe(
    false,
  );
  await agreeAndPay(page);
  const order = page.getByRole("article", { name: /2 t CO₂e from/ });
  await order.waitFor();
  expect(wallet.count("eth_signTypedData_v4"), "one signed payment").toBe(1);
  expect(wallet.count("eth_sendTransaction") - before, "and one transaction").toBe(1);

  await page.reload();
  const open = order.getByRole("link", { name: "Open the certificate" });
  await open.waitFor({ timeout: 60_000 });
  await order.getByText("The certificate is minted: evidence of retirement").waitFor();
  const certificate = ((await open.getAttribute("href")) ?? "").replace("/certificate/", "");
  expect(certificate).toMatch(/^0x[0-9a-f]{64}$/);

  await order.getByRole("link", { name: "Allocate it" }).click();
  await page.getByRole("button", { name: /^As much as possible: 2 t/ }).click();
  await page.getByRole("button", { name: "Allocate", exact: true }).click();
  await page.getByText("2 t CO₂e allocated.").waitFor();
  await page.goto(`/certificate/${certificate}`);
  await page.getByText(beneficiary).first().waitFor();
  await page.goto(`/attestation/${attestation}`);
  await page.getByText(/2 t of 92\.17 t/).waitFor();
});

test("two steps: without a signed payment the price is approved, then paid", async () => {
  const { page, wallet } = await buyer();
  await askForQuote(page, { offer: MANGROVES, kilograms: "1", beneficiary: "GPTX", reason: "Inference" });
  await page.getByLabel(/Approve and pay in two transactions/).check();
  await agreeAndPay(page);
  await page.getByRole("article", { name: /1 kg CO₂e from/ }).waitFor();
  expect(wallet.count("eth_signTypedData_v4")).toBe(0);
  expect(wallet.count("eth_sendTransaction")).toBe(2);
});

test("gift: the certificate goes to another account, which is shown whole and confirmed", async () => {
  const { page } = await buyer();
  const friend = "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc";
  await askForQuote(page, {
    offer: MANGROVES,
    kilograms: "1",
    beneficiary: "A friend",
    reason: "A gift",
    holder: friend,
  });
  await page.getByText(friend).waitFor();
  await page.getByLabel("This is what shall stand there for ever.").check();
  const button = page.getByRole("button", { name: /^Pay / });
  expect(await button.isEnabled(), "the account is confirmed apart").toBe(false);
  await page.getByLabel("The certificate goes to this account for good.").check();
  await button.click();
  await page.getByRole("article", { name: /1 kg CO₂e from/ }).waitFor();
});

test("refused: a no in the wallet costs nothing, and the same order can be paid after all", async () => {
  const { page, wallet } = await buyer();
  await askForQuote(page, { offer: MANGROVES, kilograms: "1", beneficiary: "GPTX", reason: "Inference" });
  wallet.refuse.add("eth_signTypedData_v4");
  await agreeAndPay(page);
  await page.getByText("You refused the request in your wallet.").waitFor();
  wallet.refuse.clear();
  await page.getByRole("button", { name: /^Pay / }).click();
  await page.getByRole("article", { name: /1 kg CO₂e from/ }).waitFor();
});

test("short of funds: what is missing is said before the wallet is asked, and test money helps", async () => {
  const { page, wallet } = await buyer(await pauper());
  await askForQuote(page, { offer: MANGROVES, kilograms: "1000", beneficiary: "GPTX", reason: "Inference" });
  await page.getByText(/tUSD are missing: you have 0\.00 tUSD/).waitFor();
  expect(wallet.count("eth_sendTransaction")).toBe(0);
  await page.getByRole("button", { name: "Get test tUSD" }).click();
  await agreeAndPay(page);
  await page.getByRole("article", { name: /1 t CO₂e from/ }).waitFor();
});

test("expired: a quote that ran out is not paid, and the offer is asked for again", async () => {
  const { page, wallet } = await buyer();
  await page.clock.install();
  await askForQuote(page, { offer: MANGROVES, kilograms: "1", beneficiary: "GPTX", reason: "Inference" });
  await page.getByRole("timer").waitFor();
  await page.clock.fastForward("02:00:00");
  await page.getByText("The quote has run out.").waitFor();
  expect(await page.getByRole("button", { name: /^Pay / }).count()).toBe(0);
  await page.getByRole("link", { name: "Get a new quote" }).click();
  await page.getByRole("radio", { name: MANGROVES, checked: true }).waitFor();
  expect(wallet.count("eth_sendTransaction")).toBe(0);
});
