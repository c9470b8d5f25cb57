import { useCallback, useEffect, useSyncExternalStore } from "react";
import { current, type Key, provide, type Reading, refresh, use } from "./store";

interface Options {
  /** Nothing is read while it is false. */
  enabled?: boolean;
  /** Reads again after so many milliseconds, as long as the page is looked at. */
  everyMs?: number;
  /** How often a failed read is tried again before it counts as failed. */
  retries?: number;
}

export interface Shown<T> extends Reading<T> {
  refetch: () => void;
}

/** A value that is read when the component appears, and shown from the last read until then. */
export function useRead<T>(
  key: Key,
  read: () => Promise<T>,
  { enabled = true, everyMs, retries = 0 }: Options = {},
): Shown<T> {
  const name = JSON.stringify(key);
  if (enabled) provide(key, read, retries);
  const subscribe = useCallback(
    (tell: () => void) => (enabled ? use(JSON.parse(name) as Key, tell) : () => undefined),
    [name, enabled],
  );
  const reading = useSyncExternalStore(subscribe, () => current<T>(key));
  useEffect(() => {
    if (!enabled || everyMs === undefined) return;
    const timer = setInterval(() => {
      if (document.visibilityState !== "hidden") void refresh(JSON.parse(name) as Key);
    }, everyMs);
    return () => clearInterval(timer);
  }, [name, enabled, everyMs]);
  return { ...reading, refetch: () => void refresh(key) };
}
