import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keepPicture, launch, type Visit, visit } from "./browser";
import { ORIGIN } from "./stack";

/** What a stranger finds of what the journey before this one recorded and retired. */
let browser: Browser;
let seen: Visit;

beforeAll(async () => {
  browser = await launch();
  seen = await visit(browser);
});

afterEach(({ task }) => keepPicture(seen, `explore-${task.name.split(":")[0]}`));

afterAll(() => browser.close());

test("latest: a stranger sees what was recorded and retired, and opens a certificate", async () => {
  const { page } = seen;
  await page.goto("/explore");
  const retirements = page.getByRole("region", { name: "Latest retirements" });
  await retirements.getByRole("link").first().click();
  await page.getByRole("heading", { name: "From the work to the registry" }).waitFor();
});

test("share: the page's address is there as a link, a code and a badge with the same amount", async () => {
  const { page } = seen;
  await page.mouse.wheel(0, 10_000);
  await page.getByRole("img", { name: /QR code/ }).waitFor();
  await page.getByText("Badge", { exact: true }).click();
  const badge = page.getByRole("img", { name: /Badge with the figures/ });
  await badge.waitFor();
  expect(await badge.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(100);
  const [amount] = ((await page.locator(".figure-value").first().textContent()) ?? "").split(" CO");
  const name = new URL(page.url()).pathname.split("/")[2];
  const said = (await (await fetch(`${ORIGIN}/badge/${name}.json`)).json()) as { message: string };
  expect(said.message).toContain(`${amount} CO2e`);
});

test("announced: the same amount stands in the tags that a chat reads", async () => {
  const { page } = seen;
  const [amount] = ((await page.locator(".figure-value").first().textContent()) ?? "").split(" CO");
  const html = await (await fetch(page.url())).text();
  expect(html).toContain(`<meta property="og:title" content="Certificate: ${amount} CO2e`);
});

test("proof: the call that the page made gives its own answer when it is asked again", async () => {
  const { page } = seen;
  await page.getByText(/^Read from RetiredCredits\.certificate/).click();
  await page.getByRole("button", { name: "Copy as curl" }).waitFor();
  // The call stands there at once, its answer when the chain has given it.
  await page.locator(".raw").nth(1).waitFor();
  expect(await page.locator(".raw").nth(1).textContent()).toMatch(/^0x[0-9a-f]{500,}$/);
});

test("search: an id, a project and nonsense are each understood", async () => {
  const { page } = seen;
  const id = new URL(page.url()).pathname.split("/")[2] ?? "";
  await page.goto(`/explore?q=${id}`);
  await page.getByText("Understood as an id or a transaction hash.").waitFor();
  const results = page.getByRole("region", { name: "What was found" });
  expect(await results.getByRole("link").getAttribute("href")).toBe(`/certificate/${id}`);
  await page.getByRole("textbox").fill("ICR-");
  await page.getByRole("button", { name: "Search" }).click();
  await results.getByRole("heading", { name: "Project" }).waitFor();
  await page.getByRole("textbox").fill("0x12");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByText(/^This is neither an address/).waitFor();
});

test("explore: no page error, no policy violation, no foreign host", () => {
  expect(seen.complaints).toEqual([]);
});
