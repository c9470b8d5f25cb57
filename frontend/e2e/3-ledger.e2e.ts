import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Download, Page } from "playwright-core";
import { generatePrivateKey } from "viem/accounts";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keepPicture, launch, type Visit, visit } from "./browser";
import { CHAIN_ID, RPC_URL } from "./stack";
import { connect, signIn } from "./steps";
import { TestWallet } from "./wallet";

/** Part of names that no earlier run on the same stack has stated. */
const RUN = String(Date.now());
let browser: Browser;
let seen: Visit;
/** An account that has recorded nothing before. */
const wallet = new TestWallet({
  name: "Alpha Wallet",
  key: generatePrivateKey(),
  rpcUrl: RPC_URL,
  chainId: CHAIN_ID,
});

const CODECARBON = [
  "timestamp,project_name,run_id,duration,emissions,energy_consumed,country_name,country_iso_code,region,pue",
  `2025-03-02T10:00:00,alpha,run-a-${RUN},3600,0.1,12.5,France,FRA,,1`,
  `2025-04-02T10:00:00,alpha,run-b-${RUN},7200,0.2,30.25,Germany,DEU,,1.3`,
  `2025-04-03T10:00:00,=1+1,run-c-${RUN},-5,0.2,1,France,FRA,,1`,
].join("\n");

/** Gives an account of the local chain one ether for its fees. */
async function fund(address: string): Promise<void> {
  const body = { jsonrpc: "2.0", id: 1, method: "anvil_setBalance", params: [address, "0xde0b6b3a7640000"] };
  const headers = { "content-type": "application/json" };
  const response = await fetch(RPC_URL, { method: "POST", headers, body: JSON.stringify(body) });
  expect(await response.json()).not.toHaveProperty("error");
}

beforeAll(async () => {
  await fund(wallet.address);
  browser = await launch();
  seen = await visit(browser, (context) => wallet.install(context));
  const { page } = seen;
  await page.goto("/record");
  await connect(page, "Alpha Wallet");
  await signIn(page);
});

afterEach(({ task }) => keepPicture(seen, `ledger-${task.name.split(":")[0]}`));

afterAll(() => browser.close());

async function fileOf(downloading: Promise<Download>): Promise<string> {
  return readFile(await (await downloading).path(), "utf8");
}

async function fillMeasured(page: Page, name: string): Promise<void> {
  await page.getByRole("radio", { name: /^Measured energy/ }).check();
  await page.getByLabel("First day (UTC)").fill("2025-01-05");
  await page.getByLabel("Up to, not including (UTC)").fill("2025-02-01");
  await page.getByLabel("Country").selectOption("SE");
  await page.getByLabel(/^Name/).fill(name);
  await page.getByLabel("What it was for").selectOption("fine-tuning");
  await page.getByLabel("Measured energy, kWh").fill("1234.5");
}

test("measured: kilowatt-hours from a meter are estimated, signed and recorded", async () => {
  const { page } = seen;
  await fillMeasured(page, `tuned-${RUN}`);
  await page.getByLabel("Measured at").selectOption("facility");
  await page.getByLabel(/^PUE/).fill("1.2");
  await page.getByText("Leave this out").waitFor();
  await page.getByLabel(/^PUE/).fill("");
  await page.getByRole("button", { name: "Record on chain" }).click();
  await page.getByRole("heading", { name: "Recorded" }).waitFor();
});

test("batch: a CodeCarbon file is checked row by row, and the good rows are recorded in one transaction", async () => {
  const { page } = seen;
  const file = join(tmpdir(), `emissions-${RUN}.csv`);
  await writeFile(file, CODECARBON);
  await page.goto("/record");
  await page.getByRole("radio", { name: /^A CodeCarbon file/ }).check();
  await page.getByLabel("File", { exact: true }).setInputFiles(file);
  await page.getByRole("button", { name: "Upload and check" }).click();
  await page.getByText("3 rows checked: 2 accepted, 1 rejected.").waitFor();
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the rejected rows as CSV" }).click();
  expect(await fileOf(downloading)).toContain("4,3,duration,");

  const before = wallet.count("eth_sendTransaction");
  await page.getByRole("button", { name: "Have the council co-sign them" }).click();
  await page.getByText("2 workloads in one report").waitFor();
  expect(wallet.count("eth_sendTransaction")).toBe(before);
  await page.getByRole("button", { name: "Record on chain" }).click();
  await page.getByText("The attestation is on the chain.").waitFor();
  expect(wallet.count("eth_sendTransaction")).toBe(before + 1);
});

test("again: the same file states nothing twice", async () => {
  const { page } = seen;
  await page.goto("/record");
  await page.getByRole("radio", { name: /^A CodeCarbon file/ }).check();
  await page.getByLabel("File", { exact: true }).setInputFiles(join(tmpdir(), `emissions-${RUN}.csv`));
  await page.getByRole("button", { name: "Upload and check" }).click();
  await page.getByText("2 of the accepted rows were stated before").waitFor();
  await page.getByText("All of them stand on the ledger already.").waitFor();
});

test("charts: one's own ledger by month, model and region, as pictures and as tables", async () => {
  const { page } = seen;
  await page.getByRole("navigation").getByRole("link", { name: "My ledger" }).click();
  await page.getByRole("img", { name: "Column chart of 4 periods from Jan 25 to Apr 25" }).waitFor();
  const models = page.getByRole("table", { name: "By model" });
  await models.getByRole("row", { name: `tuned-${RUN}` }).waitFor();
  await models.getByRole("row", { name: `alpha/run-b-${RUN}` }).waitFor();
  const regions = page.getByRole("table", { name: "By region" });
  for (const region of ["Sweden", "France", "Germany"])
    await regions.getByRole("row", { name: region }).waitFor();
  await page.getByLabel("Attestation", { exact: true }).selectOption({ index: 1 });
  const card = page.getByRole("region", { name: "Front matter" });
  await card.getByText('training_type: "fine-tuning"').waitFor();
  expect(await card.textContent()).toContain('geographical_location: "Sweden"');
});

test("axe: no violation on one's own ledger with its tables open, in light and dark", async () => {
  const { page } = seen;
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const tables = page.getByText("The same as a table");
    if (colorScheme === "light") await tables.click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    found.push(...violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes[0]?.target.join(" ")}`));
    await keepPicture(seen, `ledger-own-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  expect(found).toEqual([]);
});

test("export: the file that was saved is checked against the chain", async () => {
  const { page } = seen;
  const csv = page.waitForEvent("download");
  await page.getByRole("button", { name: "Attestations as CSV" }).click();
  expect((await fileOf(csv)).split("\r\n")[0]).toMatch(/,covered_ug_co2e_at_block_\d+,/);
  const list = await (await csv).path();
  const json = page.waitForEvent("download");
  await page.getByRole("button", { name: "All of it as JSON" }).click();
  const saved = await (await json).path();
  await page.getByText("Check an export against the chain").click();
  const file = page.getByLabel("Exported file, JSON or CSV");
  await file.setInputFiles(saved);
  await page.getByText(/at block [\d,]+: totals, attestations \(2\), certificates \(\d+\)/).waitFor();
  await file.setInputFiles(list);
  await page.getByText("Not in this file, and so not checked: totals, certificates.").waitFor();
  expect(seen.complaints).toEqual([]);
});

test("stranger: totals and coverage need no wallet and no gateway, and no breakdown is offered", async () => {
  const stranger = await visit(browser, undefined, { viewport: { width: 360, height: 740 } });
  const { page } = stranger;
  await page.route("**/v1/**", (route) => route.abort());
  await page.goto(`/ledger?account=${wallet.address}`);
  await page.getByRole("img", { name: /^Column chart of 4 periods/ }).waitFor();
  expect(await page.getByRole("heading", { name: "By model and by region" }).count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await keepPicture(stranger, "ledger-phone");
  await stranger.context.close();
});
