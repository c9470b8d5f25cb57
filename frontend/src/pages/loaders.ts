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
export const loadTransaction = () => import("./explorer/Transaction");
export const loadAddress = () => import("./explorer/Address");
export const loadBlock = () => import("./explorer/Block");
export const loadVerify = () => import("./Verify");
export const loadQueries = () => import("../reads/Queries");
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

/** Pages without a wallet that ask more than the chain. */
const ASKING_PAGES: Readonly<Record<string, () => Promise<unknown>>> = {
  tx: loadTransaction,
  address: loadAddress,
  block: loadBlock,
  verify: loadVerify,
};

function ahead(load: (() => Promise<unknown>) | undefined): void {
  // What fails here is tried again, and reported, where the page is shown.
  load?.().catch(() => undefined);
}

function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Starts fetching what the address needs, in parallel. */
export function prefetch(pathname: string): void {
  const first = pathname.split("/")[1] ?? "";
  ahead(own(PUBLIC_PAGES, first));
  const asking = own(ASKING_PAGES, first);
  const wallet = own(WALLET_PAGES, pathname);
  if (asking || wallet) ahead(loadQueries);
  ahead(asking);
  if (wallet) ahead(loadWalletArea);
  ahead(wallet);
}

/** The same for the development wallet, which only some chains have. */
export function prefetchDevWallet(pathname: string): void {
  if (own(WALLET_PAGES, pathname)) ahead(loadDevWallet);
}
