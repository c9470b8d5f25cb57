import type { Address, Hex } from "viem";

/** One event as it was decoded, with its place on the chain. */
export interface Found<Args = unknown> {
  args: Args;
  address: Address;
  transaction: Hex;
  block: bigint;
  index: number;
}

/** Events of one question up to a block that no longer changes. */
export interface Kept {
  /** Last block whose events are in. */
  upTo: bigint;
  /** Hash of that block: on a chain where it has another one, nothing here counts. */
  hash: Hex;
  events: readonly Found[];
}

interface StoredHead {
  upTo: bigint;
  hash: Hex;
  parts: number;
}

// Another form of what is kept needs another name; what is under an old one is then never read.
const DATABASE = "greenledger-events-1";
const HEADS = "heads";
const PARTS = "parts";
/** A part this long is left as it is; what comes later starts another one. */
const FULL_PART = 500;

/** What this visit has read, null where nothing was kept. Where the browser keeps nothing, this is all there is. */
const memory = new Map<string, Kept | null>();
let opened: Promise<IDBDatabase | null> | undefined;

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open(): Promise<IDBDatabase | null> {
  opened ??= (async () => {
    // Private windows, full disks and old browsers: then a visit remembers for itself only.
    if (typeof indexedDB === "undefined") return null;
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(HEADS);
      request.result.createObjectStore(PARTS);
    };
    return settled(request);
  })().catch(() => null);
  return opened;
}

function partsOf(key: string): IDBKeyRange {
  return IDBKeyRange.bound([key, 0], [key, Number.MAX_SAFE_INTEGER]);
}

async function fromDisk(key: string): Promise<Kept | null> {
  const database = await open();
  if (database === null) return null;
  const stores = database.transaction([HEADS, PARTS]);
  const [head, parts] = await Promise.all([
    settled<StoredHead | undefined>(stores.objectStore(HEADS).get(key)),
    settled<Found[][]>(stores.objectStore(PARTS).getAll(partsOf(key))),
  ]);
  // A write that was cut short left parts without their head, or fewer of them than it says.
  if (head === undefined || parts.length !== head.parts) return null;
  return { upTo: head.upTo, hash: head.hash, events: parts.flat() };
}

/** What was kept for a question, from this visit or an earlier one. */
export async function load(key: string): Promise<Kept | null> {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const found = await fromDisk(key).catch(() => null);
  // Another read of the same question may have been quicker, and know more.
  const since = memory.get(key);
  if (since !== undefined) return since;
  memory.set(key, found);
  return found;
}

/** Keeps events that were added to what was kept before. Never fails: what cannot be kept is read again. */
export async function keep(key: string, kept: Kept): Promise<void> {
  if ((memory.get(key)?.upTo ?? -1n) >= kept.upTo) return;
  memory.set(key, kept);
  try {
    const database = await open();
    if (database === null) return;
    const change = database.transaction([HEADS, PARTS], "readwrite");
    const heads = change.objectStore(HEADS);
    const before = await settled<StoredHead | undefined>(heads.get(key));
    // Only the last part can have changed: full ones are never written again.
    const first = before === undefined ? 0 : Math.max(before.parts - 1, 0);
    let parts = first;
    for (let start = first * FULL_PART; start < kept.events.length; start += FULL_PART) {
      change.objectStore(PARTS).put(kept.events.slice(start, start + FULL_PART), [key, parts]);
      parts += 1;
    }
    heads.put({ upTo: kept.upTo, hash: kept.hash, parts } satisfies StoredHead, key);
  } catch {
    // Full or forbidden: the memory of this visit serves.
  }
}

/** Forgets a question, because what was kept is not what the chain says. */
export async function forget(key: string): Promise<void> {
  memory.set(key, null);
  try {
    const database = await open();
    if (database === null) return;
    const change = database.transaction([HEADS, PARTS], "readwrite");
    change.objectStore(HEADS).delete(key);
    change.objectStore(PARTS).delete(partsOf(key));
  } catch {
    // What cannot be deleted is found wrong again at the next visit.
  }
}

/** Drops the memory of this visit, as a reload of the page does. */
export function forgetVisit(): void {
  memory.clear();
  opened = undefined;
}
