import { loadWalletTexts } from "../strings/loaded";

/** A page's module reads its texts when it runs, so that they come first. */
function afterTexts<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return () => loadWalletTexts().then(load);
}

/** Each page is a chunk of its own. The page asked for is fetched at once, not after the frame that shows it. */
export const loadHome = afterTexts(() => import("./Home"));
export const loadRecord = afterTexts(() => import("./Record"));
export const loadRetire = afterTexts(() => import("./Retire"));
export const loadTokens = afterTexts(() => import("./tokens/Tokens"));
export const loadLedger = afterTexts(() => import("./Ledger"));
export const loadExplore = () => import("./Explore");
export const loadAccount = () => import("./Account");
export const loadAttestation = () => import("./Attestation");
export const loadCertificate = () => import("./Certificate");
export const loadWalletArea = afterTexts(() => import("../wallet/WalletArea"));
export const loadDevWallet = afterTexts(() => import("../wallet/devWallet"));

const WALLET_PAGES: Readonly<Record<string, () => Promise<unknown>>> = {
  "/": loadHome,
  "/record": loadRecord,
  "/retire": loadRetire,
  "/retire/tokens": loadTokens,
  "/ledger": loadLedger,
};

/** Pages for strangers, by the first part of their paths. */
const PUBLIC_PAGES: Readonly<Record<string, () => Promise<unknown>>> = {
  explore: loadExplore,
  account: loadAccount,
  attestation: loadAttestation,
  certificate: loadCertificate,
};

/** Starts fetching what the address needs, in parallel. */
export function prefetch(pathname: string): void {
  // What fails here is tried again, and reported, where the page is shown.
  const first = pathname.split("/")[1] ?? "";
  if (Object.hasOwn(PUBLIC_PAGES, first)) PUBLIC_PAGES[first]?.().catch(() => undefined);
  if (!Object.hasOwn(WALLET_PAGES, pathname)) return;
  loadWalletArea().catch(() => undefined);
  WALLET_PAGES[pathname]?.().catch(() => undefined);
}
