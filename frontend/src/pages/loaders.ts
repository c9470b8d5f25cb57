/** Each page is a chunk of its own. The page asked for is fetched at once, not after the frame that shows it. */
export const loadHome = () => import("./Home");
export const loadRecord = () => import("./Record");
export const loadRetire = () => import("./Retire");
export const loadLedger = () => import("./Ledger");
export const loadWalletArea = () => import("../wallet/WalletArea");

const WALLET_PAGES: Readonly<Record<string, () => Promise<unknown>>> = {
  "/": loadHome,
  "/record": loadRecord,
  "/retire": loadRetire,
  "/ledger": loadLedger,
};

/** Starts fetching what the address needs, in parallel. */
export function prefetch(pathname: string): void {
  const load = WALLET_PAGES[pathname];
  if (!load) return;
  // What fails here is tried again, and reported, where the page is shown.
  loadWalletArea().catch(() => undefined);
  load().catch(() => undefined);
}
