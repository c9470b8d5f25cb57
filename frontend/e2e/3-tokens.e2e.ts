import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keepPicture, launch, type Visit, visit } from "./browser";
import { CHAIN_ID, localKey, RPC_URL } from "./stack";
import { connect } from "./steps";
import { TestWallet } from "./wallet";

const beneficiary = `Équipe Jetons ${Date.now()}`;
let browser: Browser;
let seen: Visit;
const wallet = new TestWallet({ name: "Token Wallet", key: localKey(5), rpcUrl: RPC_URL, chainId: CHAIN_ID });

beforeAll(async () => {
  browser = await launch();
  // Whatever the page asks the gateway for fails: what follows needs the chain alone.
  const prepare = async (context: BrowserContext) => {
    await wallet.install(context);
    await context.route("**/v1/**", (route) => route.abort());
  };
  seen = await visit(browser, prepare, { viewport: { width: 360, height: 800 } });
});

afterEach(({ task }) => keepPicture(seen, `tokens-${task.name.split(":")[0]?.replace(/\W+/g, "-")}`));

afterAll(() => browser.close());

function form(page: Page, name: string | RegExp) {
  return page.getByRole("region", { name });
}

const HELD = "2. Amount and beneficiary";
const BUY = "Or buy and retire in one transaction";

async function fill(page: Page, region: string, grams: string): Promise<void> {
  const fields = form(page, region);
  await fields.getByRole("textbox", { name: /^Amount, g/ }).fill(grams);
  await fields.getByText("stays there for ever").waitFor();
  await fields.getByRole("textbox", { name: "Beneficiary" }).fill(beneficiary);
  await fields.getByLabel(/I have checked the amount/).check();
}

async function certificateText(page: Page): Promise<string> {
  await page.getByRole("link", { name: "Open the certificate" }).click();
  await page.getByText(beneficiary, { exact: true }).first().waitFor();
  return (await page.getByRole("main").textContent()) ?? "";
}

test("choose: the wallet's carbon tokens are read from the chain, without signing in", async () => {
  const { page } = seen;
  await page.goto("/retire/tokens");
  await connect(page, "Token Wallet");
  await page.getByRole("radio", { name: /DEMO-TCO2-1/ }).waitFor();
  await page.getByRole("radio", { name: /DEMO-CMARK-1/ }).waitFor();
  expect(wallet.count("personal_sign")).toBe(0);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, "nothing is wider than the screen").toBeLessThanOrEqual(360);
});

test("refuse: an amount above the balance and a name of 65 bytes are refused before anything is signed", async () => {
  const { page } = seen;
  await page.getByRole("radio", { name: /DEMO-TCO2-1/ }).check();
  const fields = form(page, HELD);
  await fields.getByRole("textbox", { name: /^Amount, g/ }).fill("999999999999");
  await page.getByText(/^You hold .* of this token/).waitFor();
  await fields.getByRole("textbox", { name: "Beneficiary" }).fill(`${"é".repeat(32)}a`);
  await page.getByText("65 bytes; at most 64 fit on the chain.").waitFor();
  expect(await page.getByRole("button", { name: /^Retire and mint/ }).isEnabled()).toBe(false);
  expect(wallet.count("eth_sendTransaction")).toBe(0);
});

test("retire: tokens held are retired and the certificate is minted, without the gateway", async () => {
  const { page } = seen;
  await fill(page, HELD, "1.000001");
  const signed = wallet.count("eth_signTypedData_v4");
  const sent = wallet.count("eth_sendTransaction");
  await page.getByRole("button", { name: /^Retire and mint/ }).click();
  await page.getByRole("heading", { name: "Retired" }).waitFor();
  const acts = wallet.count("eth_signTypedData_v4") - signed + (wallet.count("eth_sendTransaction") - sent);
  expect(acts, "an approval, signed or sent, and the retirement").toBe(2);
  await keepPicture(seen, "tokens-retired");
  expect(await certificateText(page)).toContain("DEMO-TCO2-1");
});

test("again: a refusal in the wallet leaves everything as it was, and the second try goes through", async () => {
  const { page } = seen;
  await page.goto("/retire/tokens");
  await page.getByRole("radio", { name: /DEMO-CMARK-1/ }).check();
  await fill(page, HELD, "2");
  wallet.refuse.add("eth_signTypedData_v4").add("eth_sendTransaction");
  await page.getByRole("button", { name: /^Retire and mint/ }).click();
  await page.getByText("You refused the request in your wallet.").waitFor();
  wallet.refuse.clear();
  await page.getByRole("button", { name: /^Retire and mint/ }).click();
  await page.getByRole("heading", { name: "Retired" }).waitFor();
  const allocate = page.getByRole("link", { name: "Allocate it to an attestation" });
  expect(await allocate.getAttribute("href")).toMatch(/^\/retire\?certificate=0x[0-9a-f]{64}$/);
  expect(await certificateText(page)).toContain("DEMO-CMARK-1");
});

test("buy: credits are bought at the price shown, retired and certified in one transaction", async () => {
  const { page } = seen;
  await page.goto("/retire/tokens");
  const fields = form(page, BUY);
  await fill(page, BUY, "1500");
  await fields.getByText("Most that is paid").waitFor();
  await keepPicture(seen, "tokens-buy-form");
  await fields.getByRole("button", { name: /^Buy, retire and mint/ }).click();
  await page.getByRole("heading", { name: "Retired" }).waitFor();
  expect(await certificateText(page)).toContain("DEMO-CMARK-1");
});

test("the whole journey: no page error, no policy violation, no foreign host", () => {
  expect(seen.complaints).toEqual([]);
});
