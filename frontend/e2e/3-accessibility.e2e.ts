import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, visit } from "./browser";
import { CHAIN_ID, localKey, RPC_URL } from "./stack";
import { connect, recordBloom, signIn } from "./steps";
import { TestWallet } from "./wallet";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const PHONE = { width: 360, height: 740 };
let browser: Browser;
/** Addresses of every page, those with something on them included. */
const paths = ["/", "/record", "/retire", "/ledger", "/verify", "/certificate/0", "/nowhere"];

beforeAll(async () => {
  browser = await launch();
  const wallet = new TestWallet({
    name: "Alpha Wallet",
    key: localKey(5),
    rpcUrl: RPC_URL,
    chainId: CHAIN_ID,
  });
  const { context, page } = await visit(browser, (made) => wallet.install(made));
  await page.goto("/record");
  await connect(page, "Alpha Wallet");
  await signIn(page);
  const attestation = await recordBloom(page);
  paths.push(`/attestation/${attestation}`, `/ledger?account=${wallet.address}`, `/verify?id=${attestation}`);
  await context.close();
});

afterAll(() => browser.close());

async function settled(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.getByText("Reading…").first().waitFor({ state: "detached" });
}

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
}

describe.each(["light", "dark"] as const)("in %s colours", (colorScheme) => {
  test("axe: no violation on any page", async () => {
    const { context, page, complaints } = await visit(browser, undefined, { colorScheme });
    const found: string[] = [];
    for (const path of paths) {
      await settled(page, path);
      found.push(...(await violations(page)).map((violation) => `${path} ${violation}`));
    }
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("axe: none with the form filled, the wallet list open, the wallet's dialog up and a failure shown", async () => {
    const { context, page } = await visit(browser, undefined, { colorScheme });
    await settled(page, "/record");
    await page.getByRole("button", { name: "BLOOM-176B example" }).click();
    await page.getByText("Tier 3 of 7").waitFor();
    await page.getByText(/defaults used/).click();
    await page.getByLabel("PUE").fill("0.5");
    await page.getByText("PUE is at least 1.").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("banner").getByRole("button", { name: "Connect wallet" }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Development wallet" }).click();
    await page.getByRole("dialog").waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });
});

test("phone: no page is wider than 360 pixels", async () => {
  const { context, page } = await visit(browser, undefined, { viewport: PHONE });
  const widths: Record<string, number> = {};
  for (const path of paths) {
    await settled(page, path);
    widths[path] = await page.evaluate(() => document.documentElement.scrollWidth);
  }
  expect(Object.entries(widths).filter(([, width]) => width > PHONE.width)).toEqual([]);
  await context.close();
});
