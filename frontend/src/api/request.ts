import { noteBackend } from "../status/backend";
import { BackendUnavailable, parseProblem } from "./problem";

const TIMEOUT_MS = 20_000;
/** What a gateway in front of a dead backend answers: as good as no answer. */
const GONE = new Set([502, 504]);

export interface RequestOptions {
  method?: "GET" | "POST";
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Asks the gateway of this origin and returns the JSON of its answer.
 * Throws `Problem` for a refusal and `BackendUnavailable` if there is no answer.
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const init: RequestInit = {
    method: options.method ?? "GET",
    credentials: "same-origin",
    signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
  };
  if (options.body !== undefined) {
    init.headers = { "content-type": "application/json" };
    init.body = JSON.stringify(options.body);
  }
  let response: Response;
  let body: string;
  try {
    response = await fetch(path, init);
    body = await response.text();
  } catch (error) {
    // The caller gave up: that says nothing about the backend.
    if (options.signal?.aborted) throw error;
    noteBackend(false);
    throw new BackendUnavailable(path, { cause: error });
  }
  noteBackend(!GONE.has(response.status));
  if (GONE.has(response.status)) throw new BackendUnavailable(path);
  if (!response.ok) throw parseProblem(response.status, body);
  return (body === "" ? undefined : JSON.parse(body)) as T;
}
