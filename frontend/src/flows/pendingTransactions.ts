import type { Address } from "viem";
import type { AppConfig } from "../config";
import { FlowStopped } from "./failure";

/** What was handed over to be sent: a transaction by its hash, or several calls by the wallet's own id (EIP-5792). */
export interface PendingTransaction {
  kind: "transaction" | "calls";
  id: string;
  /** Names of the functions that it calls, in order. */
  calls: readonly string[];
  /** Unix seconds. */
  sentAt: number;
  /** Path of the page that it was sent from. */
  page: string;
}

/** Whose transactions, on which chain. */
export interface PendingOwner {
  config: Pick<AppConfig, "chainId">;
  account: Address;
}

/** The oldest are forgotten beyond this: nobody has more of them open. */
const MOST = 20;
const CHANGED = "greenledger:pending";

/** Ids that a flow of this page load waits for and shows by itself. */
const watched = new Set<string>();

function storageKey({ config, account }: PendingOwner): string {
  return `greenledger.pending.${config.chainId}.${account.toLowerCase()}`;
}

function isPending(value: unknown): value is PendingTransaction {
  if (typeof value !== "object" || value === null) return false;
  const { kind, id, calls, sentAt, page } = value as Record<string, unknown>;
  const isId = kind === "transaction" ? /^0x[0-9a-f]{64}$/i.test(String(id)) : kind === "calls";
  return (
    isId &&
    typeof id === "string" &&
    Array.isArray(calls) &&
    calls.every((name) => typeof name === "string") &&
    typeof sentAt === "number" &&
    typeof page === "string"
  );
}

/** What was sent and not seen in a block, oldest first. Entries that cannot be read are as good as none. */
export function readPending(owner: PendingOwner): readonly PendingTransaction[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(storageKey(owner)) ?? "[]");
    return Array.isArray(list) ? list.filter(isPending) : [];
  } catch {
    return [];
  }
}

function write(owner: PendingOwner, list: readonly PendingTransaction[]): void {
  try {
    if (list.length === 0) localStorage.removeItem(storageKey(owner));
    else localStorage.setItem(storageKey(owner), JSON.stringify(list.slice(-MOST)));
  } catch {
    // Without storage a reload forgets; the flow that sent it still waits.
  }
  window.dispatchEvent(new Event(CHANGED));
}

/** It came to an end that the person saw. */
export function forgetPending(owner: PendingOwner, id: string): void {
  watched.delete(id);
  write(
    owner,
    readPending(owner).filter((entry) => entry.id !== id),
  );
}

/** The flow waits no more: the list of what is on its way shows it from now on. */
function letGo(id: string): void {
  watched.delete(id);
  window.dispatchEvent(new Event(CHANGED));
}

/**
 * Keeps what was sent over a reload while `wait` runs. It is forgotten when its end was seen, well or badly: not when
 * nobody knows the end yet, nor when the person has gone to another page meanwhile.
 */
export async function keepPending<T>(
  owner: PendingOwner,
  sent: Pick<PendingTransaction, "kind" | "id" | "calls">,
  wait: () => Promise<T>,
): Promise<T> {
  const entry = { ...sent, sentAt: Math.floor(Date.now() / 1000), page: window.location.pathname };
  watched.add(sent.id);
  write(owner, [...readPending(owner).filter(({ id }) => id !== sent.id), entry]);
  let isOver = false;
  try {
    const done = await wait();
    isOver = true;
    return done;
  } catch (error) {
    isOver = error instanceof FlowStopped && error.kind !== "slow";
    throw error;
  } finally {
    if (isOver && window.location.pathname === entry.page) forgetPending(owner, sent.id);
    else letGo(sent.id);
  }
}

/** Whether a flow of this page load waits for it. */
export function isWatched(id: string): boolean {
  return watched.has(id);
}

/** Calls back whenever the list may have changed, here or in another tab. Returns what ends that. */
export function onPendingChange(listener: () => void): () => void {
  window.addEventListener(CHANGED, listener);
  window.addEventListener("storage", listener);
  return () => {
    window.removeEventListener(CHANGED, listener);
    window.removeEventListener("storage", listener);
  };
}
