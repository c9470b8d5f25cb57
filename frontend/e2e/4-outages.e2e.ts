import process from "node:process";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keepPicture, launch, type Visit, visit } from "./browser";
import { BACKEND_PID, CHAIN_ID, localKey, RPC_URL } from "./stack";
import { connect, recordBloom, signIn } from "./steps";
import { TestWallet } from "./wallet";

const SLOW_MS = 30_000;
const BACKEND_DOWN = "The backend does not answer.";
/** What the example of the Record page states, as its owner could disclose it. */
const BLOOM = JSON.stringify({
  kind: "training",
  start: 1_646_956_800,
  end: 1_657_065_600,
  place: { country: "FR" },
  phases: [
    {
      hardware: "a100-sxm-80gb",
      device_seconds: "3898764000",
      power_mw: "400000",
      power_scope: "system",
    },
  ],
  pue_ppm: "1200000",
  grid_mg_per_kwh: "57000",
});
let browser: Browser;
let seen: Visit;
let attestation = "";

beforeAll(async () => {
  browser = await launch();
  const wallet = new TestWallet({
    name: "Alpha Wallet",
    key: localKey(5),
    rpcUrl: RPC_URL,
    chainId: CHAIN_ID,
  });
  seen = await visit(browser, (context) => wallet.install(context));
  const { page } = seen;
  await page.goto("/record");
  await connect(page, "Alpha Wallet");
  await signIn(page);
  attestation = await recordBloom(page);
});

afterEach(({ task }) => keepPicture(seen, `outages-${task.name.split(":")[0]}`));

afterAll(async () => {
  process.kill(BACKEND_PID, "SIGCONT");
  await browser.close();
});

async function follow(page: Page, path: string): Promise<void> {
  // As a click on a link does it: without asking the server for the page.
  await page.evaluate((to) => {
    history.pushState(null, "", to);
    window.dispatchEvent(new PopStateEvent("popstate"));
  }, path);
}

test("chain down: it is named with its address, nothing can be sent, and it comes back by itself", async () => {
  const { page } = seen;
  await page.goto(`/attestation/${attestation}`);
  await page.getByRole("heading", { name: "Figures" }).waitFor();
  await page.route(`${RPC_URL}/**`, (route) => route.abort());
  await page
    .getByRole("alert")
    .getByText(`The chain does not answer at ${RPC_URL}`)
    .waitFor({ timeout: SLOW_MS });
  expect(await page.getByRole("heading", { name: "Figures" }).isVisible(), "what was read stays").toBe(true);
  await page.unroute(`${RPC_URL}/**`);
  await page.getByText("The chain does not answer").waitFor({ state: "detached", timeout: SLOW_MS });
});

test("garbage from the RPC: a clear page, never a blank one", async () => {
  const { page } = seen;
  await page.route(`${RPC_URL}/**`, (route) =>
    route.fulfill({ status: 200, contentType: "text/html", body: "<html>" }),
  );
  await page.goto(`/attestation/0x${"11".repeat(32)}`);
  await page
    .getByRole("alert")
    .getByText("This could not be read from the chain.")
    .waitFor({ timeout: SLOW_MS });
  await page.unroute(`${RPC_URL}/**`);
});

test("backend down: every page that reads still works, also after a reload, and the outage is named", async () => {
  const { page } = seen;
  await page.goto("/");
  await page.getByRole("heading", { name: "Latest on the ledger" }).waitFor();
  // The page is kept by its service worker from the first visit on.
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  process.kill(BACKEND_PID, "SIGSTOP");

  await follow(page, `/attestation/${attestation}`);
  await page.getByRole("heading", { name: "Provenance" }).waitFor({ timeout: SLOW_MS });
  await page.getByRole("alert").getByText(BACKEND_DOWN).waitFor({ timeout: SLOW_MS });

  await page.reload({ timeout: SLOW_MS });
  await page.getByRole("heading", { name: "Provenance" }).waitFor({ timeout: SLOW_MS });
  await page.getByRole("navigation").getByRole("link", { name: "My ledger" }).click();
  await page
    .getByRole("heading", { name: "Footprint of current attestations" })
    .waitFor({ timeout: SLOW_MS });
  await page.getByRole("navigation").getByRole("link", { name: "Verify" }).click();
  await page.getByLabel("Attestation or certificate id").fill(attestation);
  await page.getByRole("button", { name: "Look it up" }).click();
  await page.getByText("This is an attestation on this ledger.").waitFor({ timeout: SLOW_MS });
  // Without its name, which is part of its hash and of no figure.
  const workload = { name: "bloom.json", mimeType: "application/json", buffer: Buffer.from(BLOOM) };
  await page.getByLabel("Evidence bundle or workload (JSON)").setInputFiles(workload);
  await page.getByText("Equal in every field of 1 of 1 workloads").waitFor({ timeout: SLOW_MS });
});

test("backend back: the outage goes away by itself", async () => {
  const { page } = seen;
  process.kill(BACKEND_PID, "SIGCONT");
  await page.getByText(BACKEND_DOWN).waitFor({ state: "detached", timeout: SLOW_MS });
});
