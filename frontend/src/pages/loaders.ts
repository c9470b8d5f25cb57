import type { ComponentType, ReactNode } from "react";
import type { AppConfig } from "../config";
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

/** Frames of pages that have come: shown at once, where others are waited for. */
export const arrived: {
  Queries?: ComponentType<{ children: ReactNode }>;
  WalletArea?: ComponentType;
} = {};

export async function loadQueries() {
  const module = await import("../reads/Queries");
  arrived.Queries = module.default;
  return module;
}

const loadWalletCode = afterTexts(() => import("../wallet/WalletArea"));
const loadDevWallet = afterTexts(() => import("../wallet/devWallet"));
let announced = false;

/** Where the development wallet is offered, it announces itself first: a connection to it then survives a reload. */
export async function loadWalletArea(config: AppConfig) {
  const coming = loadWalletCode();
  coming.catch(() => undefined);
  if (config.devWallet) {
    const { announceDevWallet } = await loadDevWallet();
    if (!announced) announceDevWallet(config);
    announced = true;
  }
  const module = await coming;
  arrived.WalletArea = module.default;
  return module;
}

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
  if (wallet) ahead(loadWalletCode);
  ahead(wallet);
}

/** Settles when what stands around the page of an address has come, or will not. */
export async function frameOf(pathname: string, config: AppConfig): Promise<void> {
  const first = pathname.split("/")[1] ?? "";
  const isWallet = own(WALLET_PAGES, pathname) !== undefined;
  await Promise.allSettled([
    isWallet || own(ASKING_PAGES, first) ? loadQueries() : undefined,
    isWallet ? loadWalletArea(config) : undefined,
  ]);
}
