import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keepPicture, launch, type Visit, visit } from "./browser";
import { CHAIN_ID, localKey, RPC_URL } from "./stack";
import { connect, recordBloom, signIn } from "./steps";
import { TestWallet } from "./wallet";

let browser: Browser;
/** A browser whose reader prefers German. */
let seen: Visit;
let attestation = "";

beforeAll(async () => {
  browser = await launch();
  const wallet = new TestWallet({
    name: "Alpha Wallet",
    key: localKey(6),
    rpcUrl: RPC_URL,
    chainId: CHAIN_ID,
  });
  const { context, page } = await visit(browser, (made) => wallet.install(made));
  await page.goto("/record");
  await connect(page, "Alpha Wallet");
  await signIn(page);
  attestation = await recordBloom(page);
  await context.close();
  seen = await visit(browser, undefined, { locale: "de-AT" });
});

afterEach(({ task }) => keepPicture(seen, `language-${task.name.split(":")[0]}`));

afterAll(() => browser.close());

const languageOf = (page: Page) => page.evaluate(() => document.documentElement.lang);

test("home: a browser that prefers German gets the page in German", async () => {
  const { page } = seen;
  await page.goto("/");
  await page.getByRole("heading", { level: 1, name: "Geben Sie das CO₂ Ihrer KI-Arbeit an." }).waitFor();
  expect(await languageOf(page)).toBe("de");
  // The frame, the page and the wallet are files of their own, and so are their texts.
  const frame = page.getByRole("navigation", { name: "Hauptmenü" });
  await frame.getByRole("link", { name: "Eintragen" }).waitFor();
  await page.getByRole("button", { name: "Wallet verbinden" }).waitFor();
});

test("attestation: is told in German, its numbers with a decimal comma", async () => {
  const { page } = seen;
  await page.goto(`/attestation/${attestation}`);
  await page.getByText("Attestierung eines Fußabdrucks").waitFor();
  await page.getByText("Stufe 3 von 7").first().waitFor();
  await page
    .getByText(/92,17 t/)
    .first()
    .waitFor();
  expect(await page.getByText(/92\.17 t/).count()).toBe(0);
});

test("certificate: is told in German", async () => {
  const { page } = seen;
  await page.goto("/explore");
  // The first journey has minted one.
  await page.locator('a[href^="/certificate/"]').first().click();
  await page.getByText("Zertifikat über stillgelegte Gutschriften").waitFor();
  await page.getByRole("heading", { name: "Die Stilllegung" }).waitFor();
  expect(await languageOf(page)).toBe("de");
});

test("choice: English, chosen in the footer, holds on every page and on the next visit", async () => {
  const { page, context } = seen;
  await page.goto("/verify");
  await page.getByRole("heading", { level: 1, name: "Angabe prüfen" }).waitFor();
  const footer = page.getByRole("contentinfo");
  expect(await footer.getByRole("button", { name: "Deutsch" }).getAttribute("aria-current")).toBe("true");
  await footer.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: "Check a claim" }).waitFor();
  expect(await languageOf(page)).toBe("en");

  await page.goto(`/attestation/${attestation}`);
  await page.getByText("Footprint attestation").waitFor();
  const next = await context.newPage();
  await next.goto("/");
  await next.getByRole("heading", { level: 1, name: /^State the carbon of your AI work/ }).waitFor();
  await next.close();
});

test("first load: an English reader is sent no German text", async () => {
  const { context, page } = await visit(browser);
  const scripts: Promise<string>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.push(response.text());
  });
  await page.goto("/record");
  // Its headline stands in the document, before any script.
  await page.getByRole("heading", { name: "Two steps before you write" }).waitFor();
  const texts = await Promise.all(scripts);
  expect(texts.some((script) => script.includes("Download evidence bundle"))).toBe(true);
  expect(texts.filter((script) => script.includes("Nachweispaket"))).toEqual([]);
  await context.close();
});

test("the visit: no page error, no policy violation, no foreign host", () => {
  expect(seen.complaints).toEqual([]);
});
