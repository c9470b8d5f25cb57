import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import {
  type Address,
  createTestClient,
  createWalletClient,
  type Hex,
  http,
  parseEther,
  publicActions,
} from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { createSiweMessage } from "viem/siwe";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keepPicture, launch, type Visit, visit } from "./browser";
import { CHAIN_ID, ORIGIN, RPC_URL } from "./stack";

const SLOW_MS = 30_000;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Nobody has recorded anything with it before. */
const account = privateKeyToAccount(generatePrivateKey());
const chain = {
  id: CHAIN_ID,
  name: "Local chain",
  nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
  rpcUrls: { default: { http: [RPC_URL] } },
};
const node = createTestClient({ mode: "anvil", chain, transport: http(RPC_URL) }).extend(publicActions);
const sender = createWalletClient({ account, chain, transport: http(RPC_URL) });
let browser: Browser;
let seen: Visit;
let ledger: Address;
let recorded: Hex;

beforeAll(async () => {
  browser = await launch();
  seen = await visit(browser);
  ledger = (await json("/config.json")).contracts.ledger;
  await node.setBalance({ address: account.address, value: parseEther("1") });
});

afterEach(({ task }) => keepPicture(seen, `explorer-${task.name.split(":")[0]}`));

afterAll(() => browser.close());

// biome-ignore lint/suspicious/noExplicitAny: what the gateway answers is looked at field by field
async function json(path: string, init: RequestInit = {}): Promise<any> {
  const headers = { origin: ORIGIN, "content-type": "application/json", ...init.headers };
  const response = await fetch(`${ORIGIN}${path}`, { ...init, headers });
  const body = await response.json();
  if (!response.ok) throw new Error(`${path}: ${JSON.stringify(body)}`);
  return body;
}

/** A session of the gateway, made by a program that is not the page. */
async function session(): Promise<Record<string, string>> {
  const { nonce } = await json("/v1/auth/nonce");
  const message = createSiweMessage({
    address: account.address,
    chainId: CHAIN_ID,
    domain: new URL(ORIGIN).host,
    uri: ORIGIN,
    version: "1",
    nonce,
    statement: "Sign in to GPTX Green AI Ledger. This costs no gas.",
    issuedAt: new Date(),
    expirationTime: new Date(Date.now() + 300_000),
  });
  const signature = await account.signMessage({ message });
  const response = await fetch(`${ORIGIN}/v1/auth/sign-in`, {
    method: "POST",
    headers: { origin: ORIGIN, "content-type": "application/json" },
    body: JSON.stringify({ message, signature }),
  });
  expect(response.status).toBe(200);
  return {
    cookie: response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; "),
  };
}

/** A co-signed report with the transaction that records it: any program can send that. */
async function coSigned(): Promise<{ id: Hex; transaction: { to: Address; data: Hex } }> {
  const headers = await session();
  const post = (path: string, body: unknown) =>
    json(path, { method: "POST", headers, body: JSON.stringify(body) });
  const stated = await post("/v1/workloads", {
    workload: {
      kind: "training",
      name: `A run recorded elsewhere ${Date.now()}`,
      start: 1646956800,
      end: 1657065600,
      place: { country: "FR" },
      phases: [
        { hardware: "a100-sxm-80gb", device_seconds: "3600000", power_mw: "400000", power_scope: "system" },
      ],
    },
  });
  return post("/v1/reports", { workload_ids: [stated.id] });
}

test("foreign path: a record that the page had no part in appears on it after the next block", async () => {
  const { page } = seen;
  await page.goto(`/account/${account.address}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  const { id, transaction } = await coSigned();
  const link = page.locator(`a[href="/attestation/${id}"]`);
  expect(await link.count()).toBe(0);
  recorded = await sender.sendTransaction(transaction);
  const receipt = await node.waitForTransactionReceipt({ hash: recorded });
  expect(receipt.status).toBe("success");
  // Nothing is clicked and nothing reloaded: the page follows the chain.
  await link.first().waitFor({ timeout: SLOW_MS });
});

test("transaction: its call and its event are told in names and units", async () => {
  const { page } = seen;
  await page.goto(`/tx/${recorded}`);
  await page.getByText("Succeeded").waitFor();
  await page.getByRole("heading", { name: "FootprintLedger.record", exact: true }).waitFor();
  await page.getByRole("heading", { name: "FootprintLedger.FootprintRecorded" }).waitFor();
  const call = page.getByRole("region", { name: "FootprintLedger.record", exact: true });
  expect(await call.locator(".fact", { hasText: "high_ug" }).textContent()).toContain("CO₂e");
  await page
    .getByRole("link", { name: /^[\d,]+$/ })
    .first()
    .click();
  await page.getByRole("heading", { level: 1, name: /^Block/ }).waitFor();
  await page.getByText("FootprintLedger.record").waitFor();
});

test("reverted: the page says why the contract refused", async () => {
  const { page } = seen;
  const { input, to } = await node.getTransaction({ hash: recorded });
  if (to === null) throw new Error("the record went to no contract");
  // The same report a second time: sent without a simulation, as only a foreign path would.
  const hash = await sender.sendTransaction({ to, data: input, gas: 1_000_000n });
  expect((await node.waitForTransactionReceipt({ hash })).status).toBe("reverted");
  await page.goto(`/tx/${hash}`);
  await page.getByText("Reverted").waitFor();
  await page.getByText(/ledger: /).waitFor();
});

test("contract: events newest first, answers to questions, and the verified source", async () => {
  const { page } = seen;
  await page.goto(`/address/${ledger}`);
  await page.getByRole("heading", { name: "FootprintLedger.FootprintRecorded" }).first().waitFor();
  const parts = page.getByRole("navigation", { name: "Parts" });

  await parts.getByRole("link", { name: "Read" }).click();
  const question = page.locator("details", { hasText: "account(address)" });
  await question.locator("summary").click();
  await question.getByRole("button", { name: "Read" }).click();
  await question.getByText("0x and 40 hexadecimal digits.").waitFor();
  await question.getByRole("textbox").fill(account.address);
  await question.getByRole("button", { name: "Read" }).click();
  await question.getByText(/CO₂e/).first().waitFor();

  await parts.getByRole("link", { name: "Source" }).click();
  await page.getByText("compiled from exactly this source").waitFor();
  await page.getByText("@title The footprint ledger").waitFor();
});

test("source: another site's explorer gets it, with the name of each event", async () => {
  const response = await fetch(`${ORIGIN}/v2/contract/${CHAIN_ID}/${ledger}?fields=metadata`, {
    headers: { origin: "https://explorer.example" },
  });
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  const { match, metadata } = await response.json();
  expect(match).toBe("exact_match");
  const names = metadata.output.abi.map(({ name }: { name: string }) => name);
  expect(names).toContain("FootprintRecorded");
});

test.each(["light", "dark"] as const)(
  "accessible: no violation and nothing wider than a phone, %s",
  async (colorScheme) => {
    const { context, page } = await visit(browser, undefined, {
      colorScheme,
      viewport: { width: 360, height: 740 },
    });
    const address = `/address/${ledger}`;
    const found: string[] = [];
    for (const path of [
      `/tx/${recorded}`,
      "/block/1",
      address,
      `${address}?tab=read`,
      `${address}?tab=source`,
    ]) {
      await page.goto(path);
      await page.locator("section.card, details.card").nth(1).waitFor();
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      found.push(
        ...violations.map(({ id, nodes }) => `${path} ${id}: ${nodes.map(({ target }) => target.join(" "))}`),
      );
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 360) found.push(`${path} is ${width} pixels wide`);
    }
    expect(found).toEqual([]);
    await context.close();
  },
);

test("garbage: bad names, unknown things and an RPC that babbles give a clear page", async () => {
  const { page } = seen;
  for (const [path, sentence] of [
    ["/tx/0x12", "This is not a transaction hash."],
    ["/address/0x12", "This is not an address."],
    ["/block/minus-one", "This is not a block."],
    [`/tx/0x${"12".repeat(32)}`, "The chain knows no transaction with this hash."],
    ["/block/999999999999", "The chain has no such block yet."],
  ] as const) {
    await page.goto(path);
    await page.getByText(sentence).waitFor();
    expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
  }
  await page.route(`${RPC_URL}/**`, (route) =>
    route.fulfill({
      status: 200,
      contentType: "application/json",
      body: '{"jsonrpc":"2.0","id":1,"result":"?"}',
    }),
  );
  await page.goto(`/tx/${recorded}`);
  await page
    .getByText("The chain did not say this in a form that can be read.")
    .waitFor({ timeout: SLOW_MS });
  await page.unroute(`${RPC_URL}/**`);
});

test("the explorer: no page error, no policy violation, no foreign host", () => {
  expect(seen.complaints).toEqual([]);
});
