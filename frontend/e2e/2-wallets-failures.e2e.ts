import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { createWalletClient, type Hex, http } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keepPicture, launch, type Visit, visit } from "./browser";
import { rpc, withoutBlocks } from "./chain";
import { CHAIN_ID, localKey, RPC_URL } from "./stack";
import { connect, fillBloom, signIn } from "./steps";
import { TestWallet, type WalletOptions } from "./wallet";

let browser: Browser;
const visits: Visit[] = [];

beforeAll(async () => {
  browser = await launch();
});

afterEach(async ({ task }) => {
  for (const seen of visits.splice(0)) {
    await keepPicture(seen, `wallet-failures-${task.name.split(":")[0]}`);
    await seen.context.close();
  }
});

afterAll(() => browser.close());

function walletOf(key: Hex, options: Partial<WalletOptions> = {}): TestWallet {
  return new TestWallet({ name: "Alpha Wallet", key, rpcUrl: RPC_URL, chainId: CHAIN_ID, ...options });
}

async function visitWith(wallet: TestWallet): Promise<Visit> {
  const seen = await visit(browser, (context) => wallet.install(context));
  visits.push(seen);
  return seen;
}

/** Connected and signed in, with the example filled in. */
async function aboutToRecord(wallet: TestWallet): Promise<Visit> {
  const seen = await visitWith(wallet);
  await seen.page.goto("/record");
  await connect(seen.page, "Alpha Wallet");
  await signIn(seen.page);
  await fillBloom(seen.page);
  return seen;
}

function pendingList(page: Page) {
  return page.getByRole("region", { name: "Sent before" });
}

test("first visit: everything can be read, no wallet is asked for anything, and no stranger hears of it", async () => {
  const wallet = walletOf(localKey(4));
  const { page, complaints } = await visitWith(wallet);
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  for (const name of ["Explore", "Verify", "My ledger", "Retire"]) {
    await page.getByRole("navigation").getByRole("link", { name, exact: true }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
  }
  expect(wallet.asked.filter(({ method }) => !/^eth_(accounts|chainId)$/.test(method))).toEqual([]);
  expect(complaints).toEqual([]);
});

test("no wallet: the list says what is missing, and a wallet that comes later joins it", async () => {
  const wallet = walletOf(localKey(4), { late: true });
  const { page } = await visitWith(wallet);
  await page.route("**/config.json", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ json: { ...(await answer.json()), dev_wallet: false } });
  });
  await page.goto("/record");
  await page.getByRole("banner").getByRole("button", { name: "Connect wallet" }).click();
  await page.getByText("No wallet has announced itself yet.").waitFor();
  await wallet.announce(page);
  await page.getByRole("button", { name: "Alpha Wallet" }).click();
  await page.getByRole("button", { name: "Disconnect" }).waitFor();
});

test("hostile wallet: its icon is not fetched and its name cannot turn the line around", async () => {
  const wallet = walletOf(localKey(4), {
    name: "\u202eEvil\u200b Wallet",
    icon: "https://tracker.example/icon.png",
  });
  const good = walletOf(localKey(5));
  const seen = await visit(browser, async (context) => {
    await wallet.install(context);
    await good.install(context);
  });
  visits.push(seen);
  const { page, complaints } = seen;
  await page.goto("/record");
  await page.getByRole("banner").getByRole("button", { name: "Connect wallet" }).click();
  const list = page.getByRole("region", { name: "Choose a wallet" });
  const evil = list.getByRole("button", { name: "Evil Wallet" });
  await evil.waitFor();
  expect(await evil.textContent()).toBe("Evil Wallet");
  expect(await evil.locator("img").count()).toBe(0);
  const icon = list.getByRole("button", { name: "Alpha Wallet" }).locator("img");
  expect(await icon.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
});

test("revert: a report that another tab recorded meanwhile is refused before the wallet is asked", async () => {
  const wallet = walletOf(localKey(2));
  const { page, context } = await aboutToRecord(wallet);
  wallet.refuse.add("eth_sendTransaction");
  await page.getByRole("button", { name: "Record on chain" }).click();
  await page.getByText("You refused the request in your wallet.").waitFor();
  wallet.refuse.clear();

  const other = await context.newPage();
  await other.goto("/record");
  await other.getByRole("heading", { name: "Co-signed, not recorded yet" }).waitFor();
  await other.getByRole("button", { name: "Go on with it" }).first().click();
  await other.getByRole("button", { name: "Record the co-signed report" }).click();
  await other.getByRole("heading", { name: "Recorded" }).waitFor();
  const asked = wallet.count("eth_sendTransaction");

  await page.getByRole("button", { name: "Record the co-signed report" }).click();
  await page
    .getByRole("alert")
    .getByText(/The contract would refuse this: “ledger: .*Your wallet was not asked/)
    .waitFor();
  expect(wallet.count("eth_sendTransaction")).toBe(asked);
});

test("no funds: an account that cannot pay the fee is told so, and nothing is lost", async () => {
  const { page } = await aboutToRecord(walletOf(generatePrivateKey()));
  await page.getByRole("button", { name: "Record on chain" }).click();
  await page.getByRole("alert").getByText("The account cannot pay the network fee").waitFor();
  await page.getByRole("button", { name: "Record the co-signed report" }).waitFor();
});

test("chain down: nothing is sent meanwhile, and the same report is recorded when it is back", async () => {
  const wallet = walletOf(localKey(2));
  const { page } = await aboutToRecord(wallet);
  await page.route(`${RPC_URL}/**`, (route) => route.abort());
  await page.getByRole("button", { name: "Record on chain" }).click();
  await page.getByRole("alert").getByText("The chain does not answer. Nothing was sent").waitFor();
  expect(wallet.count("eth_sendTransaction")).toBe(0);
  await page.unroute(`${RPC_URL}/**`);
  await page.getByRole("button", { name: "Record the co-signed report" }).click();
  await page.getByRole("heading", { name: "Recorded" }).waitFor();
  expect(wallet.count("eth_sendTransaction")).toBe(1);
});

test("reload: a transaction that is on its way is watched to its block", async () => {
  const wallet = walletOf(localKey(2));
  const { page } = await aboutToRecord(wallet);
  await withoutBlocks(async () => {
    await page.getByRole("button", { name: "Record on chain" }).click();
    await page.getByText("Sent to the chain (in progress)").waitFor();
    expect(await pendingList(page).count(), "the page that sent it shows it itself").toBe(0);
    await page.reload();
    await pendingList(page).getByText("sent, and not in a block yet").waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
  await pendingList(page)
    .getByText(/Record a footprint on the ledger: in block \d/)
    .waitFor();
  await pendingList(page).getByRole("link").click();
  await page.waitForURL("**/tx/0x*");
  await page.goBack();
  await pendingList(page).getByRole("button", { name: "Dismiss" }).click();
  await pendingList(page).waitFor({ state: "detached" });
  await page.reload();
  await page.getByRole("button", { name: "Disconnect" }).waitFor();
  expect(await pendingList(page).count()).toBe(0);
  expect(wallet.count("eth_sendTransaction"), "nothing was sent twice").toBe(1);
});

test("cancelled: a transaction that the person cancels in the wallet is not called recorded", async () => {
  const key = localKey(2);
  const { page } = await aboutToRecord(walletOf(key));
  await withoutBlocks(async () => {
    // The page looks at what it sent before it can tell that another one took its place.
    const looked = page.waitForResponse((response) =>
      /eth_getTransactionByHash/.test(response.request().postData() ?? ""),
    );
    await page.getByRole("button", { name: "Record on chain" }).click();
    await looked;
    const account = privateKeyToAccount(key);
    const client = createWalletClient({ account, transport: http(RPC_URL) });
    // That of the transaction which waits.
    const nonce = Number(await rpc("eth_getTransactionCount", [account.address, "latest"]));
    await client.sendTransaction({
      to: account.address,
      value: 0n,
      nonce,
      maxFeePerGas: 100_000_000_000n,
      maxPriorityFeePerGas: 50_000_000_000n,
      chain: null,
    });
  });
  await page.getByRole("alert").getByText("replaced or cancelled in the wallet").waitFor();
  expect(await pendingList(page).count()).toBe(0);
  await page.getByRole("button", { name: "Record the co-signed report" }).click();
  await page.getByRole("heading", { name: "Recorded" }).waitFor();
});
