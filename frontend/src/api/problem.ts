import { text as words } from "../strings/publicText";

/** One wrong field of a request. */
export interface FieldProblem {
  field: string;
  problem: string;
  expected: string;
}

/** An answer of the gateway that is not the one asked for, as an RFC 9457 problem document. */
export class Problem extends Error {
  override name = "Problem";

  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly FieldProblem[],
  ) {
    super(detail || title);
  }
}

/** The gateway gave no answer at all: down, unreachable or too slow. */
export class BackendUnavailable extends Error {
  override name = "BackendUnavailable";
}

const MAX_TEXT = 600;

function text(value: unknown, fallback: string): string {
  return typeof value === "string" && value !== "" ? value.slice(0, MAX_TEXT) : fallback;
}

function fieldProblems(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, 50).flatMap((item: unknown) => {
    if (typeof item !== "object" || item === null) return [];
    const row = item as Record<string, unknown>;
    return [{ field: text(row.field, ""), problem: text(row.problem, ""), expected: text(row.expected, "") }];
  });
}

/** Reads a problem document; anything else, such as a proxy's HTML, becomes a problem that says only its status. */
export function parseProblem(status: number, body: string): Problem {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    json = null;
  }
  const raw = (typeof json === "object" && json !== null ? json : {}) as Record<string, unknown>;
  return new Problem(
    status,
    text(raw.code, `http-${status}`),
    text(raw.title, words.status.answered(status)),
    text(raw.detail, ""),
    fieldProblems(raw.errors),
  );
}
