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

export interface Purchase {
  offer: RegExp;
  kilograms: string;
  beneficiary: string;
  reason: string;
  /** Account that gets the certificate, if it is a gift. */
  holder?: string;
}

/** Asks for a quote on the Retire page; the page must be connected and signed in. */
export async function askForQuote(page: Page, wanted: Purchase): Promise<void> {
  await page.getByRole("radio", { name: wanted.offer }).check();
  await page
    .getByLabel(/^Amount, kg/)
    .first()
    .fill(wanted.kilograms);
  await page.getByText("Write no personal data.").waitFor();
  await page.getByLabel("Beneficiary").fill(wanted.beneficiary);
  await page.getByLabel("Reason").fill(wanted.reason);
  if (wanted.holder) {
    await page.getByLabel("Give the certificate to another account").check();
    await page.getByLabel("Account that gets the certificate").fill(wanted.holder);
  }
  await page.getByRole("button", { name: "Get a quote" }).click();
  await page.getByRole("heading", { name: "3. Check and pay" }).waitFor();
}

/** Confirms what stands in the order and pays it. */
export async function agreeAndPay(page: Page): Promise<void> {
  await page.getByLabel("This is what shall stand there for ever.").check();
  await page.getByRole("button", { name: /^Pay / }).click();
}
