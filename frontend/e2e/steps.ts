import type { Page } from "playwright-core";

/** Steps that several journeys take, each as a person would: by the names that stand on the page. */

export async function connect(page: Page, wallet: string): Promise<void> {
  await page.getByRole("banner").getByRole("button", { name: "Connect wallet" }).click();
  await page.getByRole("region", { name: "Choose a wallet" }).getByRole("button", { name: wallet }).click();
  await page.getByRole("button", { name: "Disconnect" }).waitFor();
}

export async function signIn(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("banner").getByText("Signed in").waitFor();
}

export async function fillBloom(page: Page): Promise<void> {
  await page.getByRole("button", { name: "BLOOM-176B example" }).click();
  // The gateway lets nobody state the same work twice; a name of its own makes each run another statement.
  await page.getByLabel("Name").fill(`BLOOM-176B, run ${Date.now()}`);
  await page.getByText("Tier 3 of 7").waitFor();
}

/** Records the example and returns the attestation's id. The page must be connected and signed in. */
export async function recordBloom(page: Page): Promise<string> {
  await page.goto("/record");
  await fillBloom(page);
  await page.getByRole("button", { name: "Record on chain" }).click();
  const link = page.getByRole("link", { name: "Open the attestation" });
  await link.waitFor();
  return ((await link.getAttribute("href")) ?? "").replace("/attestation/", "");
}
