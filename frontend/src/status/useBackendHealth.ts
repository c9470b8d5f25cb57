import { useSyncExternalStore } from "react";
import { useRead } from "../reads/useRead";
import { backendIsUp, noteBackend, onBackendChange } from "./backend";

const TIMEOUT_MS = 5_000;
const INTERVAL_UP_MS = 15_000;
const INTERVAL_DOWN_MS = 5_000;

export interface BackendHealth {
  state: "up" | "down" | "partly";
  /** Parts that do not work, by the name that the backend gives them. */
  parts: readonly string[];
}

/** The gateway's `/health`: which of the things it depends on work. */
interface HealthDocument {
  checks?: Record<string, { ok?: unknown } | null>;
}

async function readHealth(): Promise<readonly string[]> {
  let response: Response;
  let document: HealthDocument;
  try {
    response = await fetch("/health", { signal: AbortSignal.timeout(TIMEOUT_MS), cache: "no-store" });
    document = (await response.json()) as HealthDocument;
  } catch {
    noteBackend(false);
    return [];
  }
  noteBackend(response.status !== 502 && response.status !== 504);
  return Object.entries(document.checks ?? {}).flatMap(([name, check]) => (check?.ok === true ? [] : [name]));
}

/** Whether the backend answers, and whether all of its parts work. */
export function useBackendHealth(): BackendHealth {
  const up = useSyncExternalStore(onBackendChange, backendIsUp);
  const { data: parts = [] } = useRead(["backend", "health"], readHealth, {
    everyMs: up ? INTERVAL_UP_MS : INTERVAL_DOWN_MS,
  });
  if (!up) return { state: "down", parts: [] };
  return { state: parts.length > 0 ? "partly" : "up", parts };
}
