import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keepPicture, launch, type Visit, visit } from "./browser";
import { CHAIN_ID, localKey, RPC_URL } from "./stack";
import { connect, fillBloom, signIn } from "./steps";
import { TestWallet, type WalletOptions } from "./wallet";

const OTHER_CHAIN = 1;
let browser: Browser;
const visits: Visit[] = [];

beforeAll(async () => {
  browser = await launch();
});

afterEach(async ({ task }) => {
  for (const seen of visits.splice(0)) {
    await keepPicture(seen, `wallets-${task.name.split(":")[0]}`);
    await seen.context.close();
  }
});

afterAll(() => browser.close());

function walletOf(index: number, options: Partial<WalletOptions> = {}): TestWallet {
  return new TestWallet({
    name: "Alpha Wallet",
    key: localKey(index),
    rpcUrl: RPC_URL,
    chainId: CHAIN_ID,
    ...options,
  });
}

async function pageWith(...wallets: TestWallet[]): Promise<Page> {
  const seen = await visit(browser, async (context) => {
    for (const wallet of wallets) await wallet.install(context);
  });
  visits.push(seen);
  return seen.page;
}

function walletList(page: Page) {
  return page.getByRole("region", { name: "Choose a wallet" });
}

test("two wallets: both are offered by name, each once, and the chosen one is used", async () => {
  const [alpha, beta] = [walletOf(4), walletOf(5, { name: "Beta Wallet" })];
  const page = await pageWith(alpha, beta);
  await page.goto("/record");
  await page.getByRole("banner").getByRole("button", { name: "Connect wallet" }).click();
  const names = await walletList(page).getByRole("button").allTextContents();
  expect(names.sort()).toEqual(["Alpha Wallet", "Beta Wallet", "Development wallet"]);
  await walletList(page).getByRole("button", { name: "Beta Wallet" }).click();
  await page.getByRole("button", { name: "Disconnect" }).waitFor();
  expect(beta.count("eth_requestAccounts")).toBe(1);
  expect(alpha.count("eth_requestAccounts")).toBe(0);
});

test("late wallet: one that announces itself after the list was opened joins it", async () => {
  const wallet = walletOf(4, { name: "Late Wallet", late: true });
  const page = await pageWith(wallet);
  await page.goto("/");
  await page.getByRole("button", { name: "Connect wallet" }).click();
  await walletList(page).getByRole("button", { name: "Development wallet" }).waitFor();
  expect(await walletList(page).getByRole("button", { name: "Late Wallet" }).count()).toBe(0);
  await wallet.announce(page);
  await walletList(page).getByRole("button", { name: "Late Wallet" }).click();
  await page.getByRole("button", { name: "Disconnect" }).waitFor();
});

test("refusals: connecting, signing in and recording are each a calm sentence, and can be tried again", async () => {
  const wallet = walletOf(4);
  const page = await pageWith(wallet);
  const calm = page.getByRole("status").getByText("You refused the request in your wallet.");
  await page.goto("/record");
  wallet.refuse.add("eth_requestAccounts");
  await page.getByRole("banner").getByRole("button", { name: "Connect wallet" }).click();
  await walletList(page).getByRole("button", { name: "Alpha Wallet" }).click();
  await calm.waitFor();
  wallet.refuse.clear();
  await walletList(page).getByRole("button", { name: "Alpha Wallet" }).click();
  await page.getByRole("button", { name: "Disconnect" }).waitFor();

  wallet.refuse.add("personal_sign");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await calm.waitFor();
  wallet.refuse.clear();
  await signIn(page);

  wallet.refuse.add("eth_sendTransaction");
  await fillBloom(page);
  await page.getByRole("button", { name: "Record on chain" }).click();
  await calm.waitFor();
  wallet.refuse.clear();
  await page.getByRole("button", { name: "Record the co-signed report" }).click();
  await page.getByRole("heading", { name: "Recorded" }).waitFor();
});

test("co-signed report: somebody who left before sending finds it again and goes on", async () => {
  const wallet = walletOf(4);
  const page = await pageWith(wallet);
  await page.goto("/record");
  await connect(page, "Alpha Wallet");
  await signIn(page);
  await fillBloom(page);
  wallet.refuse.add("eth_sendTransaction");
  await page.getByRole("button", { name: "Record on chain" }).click();
  await page.getByText("You refused the request in your wallet.").waitFor();
  wallet.refuse.clear();

  await page.reload();
  await page.getByRole("heading", { name: "Co-signed, not recorded yet" }).waitFor();
  await page.getByRole("button", { name: "Go on with it" }).first().click();
  await page.getByRole("button", { name: "Record the co-signed report" }).click();
  await page.getByRole("heading", { name: "Recorded" }).waitFor();
});

test("wrong chain: it is named, writes are off, and the wallet is offered to add and switch", async () => {
  const wallet = walletOf(5);
  wallet.chainId = OTHER_CHAIN;
  wallet.knownChains.clear();
  const page = await pageWith(wallet);
  await page.goto("/record");
  await connect(page, "Alpha Wallet");
  await page.getByText("Your wallet is on another network.").waitFor();
  await fillBloom(page);
  expect(await page.getByRole("button", { name: "Sign in", exact: true }).isEnabled()).toBe(false);
  expect(await page.getByRole("button", { name: "Record on chain" }).isEnabled()).toBe(false);

  wallet.refuse.add("wallet_addEthereumChain");
  await page.getByRole("button", { name: "Switch to Local chain" }).click();
  await page.getByRole("status").getByText("You refused the request in your wallet.").waitFor();
  wallet.refuse.clear();
  await page.getByRole("button", { name: "Switch to Local chain" }).click();
  await page.getByText("Your wallet is on another network.").waitFor({ state: "detached" });
  const added = wallet.asked.filter(({ method }) => method === "wallet_addEthereumChain");
  expect(added[added.length - 1]?.params[0]).toMatchObject({ chainId: "0x7a69", rpcUrls: [RPC_URL] });
  expect(await page.getByRole("button", { name: "Sign in", exact: true }).isEnabled()).toBe(true);
});

test("account switch: the session ends, and no new signature is asked for by itself", async () => {
  const wallet = walletOf(4);
  const page = await pageWith(wallet);
  await page.goto("/record");
  await connect(page, "Alpha Wallet");
  await signIn(page);
  await page.reload();
  await page.getByRole("banner").getByText("Signed in").waitFor();
  expect(wallet.count("personal_sign"), "a reload needs no new signature").toBe(1);

  await wallet.switchAccount(localKey(5));
  await page.getByRole("banner").getByText("Signed in").waitFor({ state: "detached" });
  expect(wallet.count("personal_sign")).toBe(1);
  await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
  const status = await page.evaluate(async () => (await fetch("/v1/auth/session")).status);
  expect(status, "the gateway knows the old session no more").toBe(401);
});

test("development wallet: a newcomer clicks through connect and sign in, and may say no", async () => {
  const page = await pageWith();
  await page.goto("/record");
  const dialog = page.getByRole("dialog");
  await page.getByRole("banner").getByRole("button", { name: "Connect wallet" }).click();
  await walletList(page).getByRole("button", { name: "Development wallet" }).click();
  await dialog.getByRole("button", { name: "Reject" }).click();
  await page.getByRole("status").getByText("You refused the request in your wallet.").waitFor();
  await walletList(page).getByRole("button", { name: "Development wallet" }).click();
  await dialog.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("button", { name: "Disconnect" }).waitFor();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await dialog.getByText("This costs no gas and moves nothing.").waitFor();
  await dialog.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("banner").getByText("Signed in").waitFor();
});

async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? "");
    if (name.test(focused.trim())) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${name} was not reached with the Tab key`);
}

test("keyboard: connect, sign in and the example need no pointer, and focus is visible", async () => {
  const page = await pageWith(walletOf(4));
  await page.goto("/record");
  await page.getByRole("heading", { name: "Record a footprint" }).waitFor();
  await tabTo(page, /^Skip to content$/);
  await tabTo(page, /^Connect wallet$/);
  const outline = await page.evaluate(
    () => getComputedStyle(document.activeElement ?? document.body).outlineWidth,
  );
  expect(Number.parseFloat(outline)).toBeGreaterThanOrEqual(2);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Alpha Wallet$/);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Disconnect" }).waitFor();
  await tabTo(page, /^Sign in$/);
  await page.keyboard.press("Space");
  await page.getByRole("banner").getByText("Signed in").waitFor();
  await tabTo(page, /^BLOOM-176B example$/);
  await page.keyboard.press("Enter");
  await page.getByText("Tier 3 of 7").waitFor();
  await tabTo(page, /^Record on chain$/);
});
