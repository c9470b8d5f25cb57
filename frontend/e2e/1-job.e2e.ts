import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keepPicture, launch, type Visit, visit } from "./browser";
import { CHAIN_ID, localKey, RPC_URL } from "./stack";
import { agreeAndPay, askForQuote, connect, fillBloom, signIn } from "./steps";
import { TestWallet } from "./wallet";

/** Not ASCII, and another one in each run, so that its order can be told from earlier ones. */
const beneficiary = `Équipe BLOOM ${Date.now()}`;
let browser: Browser;
let seen: Visit;
let attestation = "";
let certificate = "";
let bundle = "";
const wallet = new TestWallet({ name: "Alpha Wallet", key: localKey(3), rpcUrl: RPC_URL, chainId: CHAIN_ID });

beforeAll(async () => {
  browser = await launch();
  seen = await visit(browser, (context) => wallet.install(context));
});

afterEach(({ task }) => keepPicture(seen, `job-${task.name.split(":")[0]}`));

afterAll(() => browser.close());

test("record: a stranger connects, signs in, sees the bounds and records BLOOM with their own key", async () => {
  const { page } = seen;
  await page.goto("/");
  await page.getByRole("link", { name: "Record a footprint" }).click();
  await fillBloom(page);
  const record = page.getByRole("button", { name: "Record on chain" });
  expect(await record.isEnabled()).toBe(false);
  await connect(page, "Alpha Wallet");
  expect(wallet.count("personal_sign"), "connecting alone asks for no signature").toBe(0);
  await signIn(page);
  expect(wallet.count("personal_sign")).toBe(1);

  await record.click();
  await page.getByRole("heading", { name: "Recorded" }).waitFor();
  expect(wallet.count("eth_sendTransaction")).toBe(1);
  const link = page.getByRole("link", { name: "Open the attestation" });
  attestation = ((await link.getAttribute("href")) ?? "").replace("/attestation/", "");
  expect(attestation).toMatch(/^0x[0-9a-f]{64}$/);

  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download evidence bundle" }).click();
  bundle = await (await downloading).path();
  expect(JSON.parse(await readFile(bundle, "utf8")).id).toBe(attestation);
});

test("retire: credits are quoted, paid into the desk, retired, co-signed and minted to the person's wallet", async () => {
  const { page } = seen;
  await page.getByRole("link", { name: "Retire credits for it" }).click();
  const reason = "Training of BLOOM-176B";
  await askForQuote(page, { offer: /Estuary mangroves/, kilograms: "10000", beneficiary, reason });
  await agreeAndPay(page);
  const order = page.getByRole("article", { name: "10 t CO₂e from ICR-9002" });
  const link = order.getByRole("link", { name: "Open the certificate" });
  await link.waitFor({ timeout: 60_000 });
  certificate = ((await link.getAttribute("href")) ?? "").replace("/certificate/", "");
  expect(certificate).toMatch(/^0x[0-9a-f]{64}$/);
});

test("allocate: as much as possible goes to the attestation, and the account's page shows the coverage", async () => {
  const { page } = seen;
  await page.getByRole("button", { name: /^As much as possible: 10 t/ }).click();
  await page.getByRole("button", { name: "Allocate", exact: true }).click();
  await page.getByText("10 t CO₂e allocated.").waitFor();

  await page.getByRole("navigation").getByRole("link", { name: "My ledger" }).click();
  const row = page.getByRole("row", { name: `${attestation.slice(0, 6)}…${attestation.slice(-4)}` });
  await row.getByText("10.8 %").waitFor();
  expect(await row.textContent()).toContain("52.98 t CO₂e");
});

test("read: anyone sees certificate and attestation, without a wallet", async () => {
  const stranger = await visit(browser);
  const { page } = stranger;
  await page.goto(`/certificate/${certificate}`);
  await page.getByText(beneficiary).first().waitFor();
  await page.getByText("Not transferable").waitFor();
  const drawn = page.getByRole("img", { name: /Certificate drawn by the contract/ });
  expect(await drawn.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  // The certificate names it twice: on the way of the credits and in the table of allocations.
  const covered = page.getByRole("link", { name: `${attestation.slice(0, 6)}…${attestation.slice(-4)}` });
  await covered.first().click();
  await page.getByRole("heading", { name: "Location-based total" }).waitFor();
  await page.getByText(/10 t of 92\.17 t/).waitFor();
  expect(stranger.complaints).toEqual([]);
  await stranger.context.close();
});

test("verify: the evidence bundle is equal to the chain, and a tampered one is not", async () => {
  const stranger = await visit(browser);
  const { page } = stranger;
  await page.goto("/verify");
  await page.getByLabel("Attestation or certificate id").fill(certificate);
  await page.getByRole("button", { name: "Look it up" }).click();
  await page.getByText("This is a certificate of this contract.").waitFor();

  const file = page.getByLabel("Evidence bundle or workload (JSON)");
  await file.setInputFiles(bundle);
  await page.getByText("Every field is equal").waitFor();
  await page.getByRole("row", { name: /^low_ug Equal/ }).waitFor();
  await page.getByRole("heading", { name: "What would narrow the bounds" }).waitFor();

  const json = JSON.parse(await readFile(bundle, "utf8"));
  json.workloads[0].workload.phases[0].device_seconds = "3898764001";
  const tampered = {
    name: "tampered.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(json)),
  };
  await file.setInputFiles(tampered);
  await page
    .getByRole("alert")
    .getByText(/Different: root, energy_uwh/)
    .waitFor();
  await stranger.context.close();
});

test("the whole job: no page error, no policy violation, no foreign host", () => {
  expect(seen.complaints).toEqual([]);
});
