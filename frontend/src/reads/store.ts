/**
 * What the page has read, by key, for whoever shows it. The pages for strangers need no more of a query library than
 * this, and the library is 11 KiB of script.
 */

export type Key = readonly string[];

/** A value as far as it is known; the last one stays when a later read fails. */
export interface Reading<T> {
  data: T | undefined;
  error: unknown;
  isError: boolean;
  isPending: boolean;
}

interface Entry {
  key: Key;
  reading: Reading<unknown>;
  /** How to read it, as its last user said. */
  read: (() => Promise<unknown>) | undefined;
  retries: number;
  running: Promise<void> | undefined;
  users: Set<() => void>;
}

const NOTHING: Reading<unknown> = { data: undefined, error: null, isError: false, isPending: true };
const RETRY_MS = 1_000;
/** Values that nobody shows any more are kept for a way back, so many of them. */
const MOST_IDLE = 50;

const entries = new Map<string, Entry>();
const followers = new Set<(prefix: Key) => void>();

function entryOf(key: Key): Entry {
  const name = JSON.stringify(key);
  const known = entries.get(name);
  if (known !== undefined) return known;
  const made: Entry = {
    key,
    reading: NOTHING,
    read: undefined,
    retries: 0,
    running: undefined,
    users: new Set(),
  };
  entries.set(name, made);
  return made;
}

function dropIdle(): void {
  const idle = [...entries].filter(([, { users, running }]) => users.size === 0 && running === undefined);
  for (const [name] of idle.slice(0, -MOST_IDLE)) entries.delete(name);
}

function change(entry: Entry, reading: Reading<unknown>): void {
  entry.reading = reading;
  for (const tell of entry.users) tell();
}

async function attempt(entry: Entry): Promise<void> {
  for (let left = entry.retries; ; left -= 1) {
    try {
      const data = await entry.read?.();
      change(entry, { data, error: null, isError: false, isPending: false });
      return;
    } catch (error) {
      if (left <= 0) {
        change(entry, { data: entry.reading.data, error, isError: true, isPending: false });
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Reads a value anew, or joins the read of it that is under way. */
export function refresh(key: Key): Promise<void> {
  const entry = entryOf(key);
  entry.running ??= attempt(entry).finally(() => {
    entry.running = undefined;
  });
  return entry.running;
}

/** What is known of a value now. */
export function current<T>(key: Key): Reading<T> {
  return entryOf(key).reading as Reading<T>;
}

/** Says how a value is read. */
export function provide(key: Key, read: () => Promise<unknown>, retries: number): void {
  const entry = entryOf(key);
  entry.read = read;
  entry.retries = retries;
}

/** Calls `tell` whenever the value changes, and reads it at once. Gives what ends that. */
export function use(key: Key, tell: () => void): () => void {
  const entry = entryOf(key);
  entry.users.add(tell);
  void refresh(key);
  return () => {
    entry.users.delete(tell);
    dropIdle();
  };
}

/** Reads again what is shown and has a key that starts so; `onlyFailed` leaves out what could be read. */
export function reread(prefix: Key, onlyFailed = false): void {
  for (const { key, users, reading, running } of entries.values()) {
    const isMeant = prefix.every((part, index) => key[index] === part);
    if (!isMeant || users.size === 0 || (onlyFailed && !reading.isError)) continue;
    // A read that is under way may have looked before what it shall see now.
    void (running ?? Promise.resolve()).then(() => refresh(key));
  }
  if (!onlyFailed) for (const follow of followers) follow(prefix);
}

/** Is told what shall be read again: for values that are kept elsewhere. Gives what ends that. */
export function onReread(follow: (prefix: Key) => void): () => void {
  followers.add(follow);
  return () => followers.delete(follow);
}
