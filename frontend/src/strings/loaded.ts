import type { en } from "./en";
import type { enClaim } from "./enClaim";
import type { enExplore } from "./enExplore";
import type { enExplorer } from "./enExplorer";
import type { enFrame } from "./enFrame";
import type { enLedger } from "./enLedger";
import type { enProof } from "./enProof";
import type { enPublic } from "./enPublic";
import type { enVerify } from "./enVerify";
import { LANGUAGE } from "./language";

/** What the pages without a wallet say. */
export interface PublicTexts {
  text: typeof enFrame & typeof enPublic;
  explore: typeof enExplore;
  explorer: typeof enExplorer;
  claim: typeof enClaim;
  proof: typeof enProof;
  verify: typeof enVerify;
}

/** What the pages with a wallet say. */
export interface WalletTexts {
  all: typeof en;
  ledger: typeof enLedger;
}

/**
 * The texts in another language than English that this visit has loaded. They have to be here before a module that
 * shows them runs. Waiting for them at the top of those modules would be shorter, but Safari runs what imports such a
 * module too early when two pages are fetched at once (https://bugs.webkit.org/show_bug.cgi?id=242740).
 */
export const loaded: Partial<PublicTexts & WalletTexts> = {};

/** Loads what every page shows, once and before any of them; nothing where the reader's language is English. */
export async function loadPublicTexts(): Promise<void> {
  if (LANGUAGE === "de") Object.assign(loaded, (await import("./dePublicPages")).dePublicPages);
}

/** Loads what the pages with a wallet show besides. */
export async function loadWalletTexts(): Promise<void> {
  if (LANGUAGE === "de") Object.assign(loaded, (await import("./deWalletPages")).deWalletPages);
}
