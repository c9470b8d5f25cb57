import { noteBackend } from "../status/backend";
import { BackendUnavailable, parseProblem } from "./problem";

/** How far an upload is, in entries of the file. What is counted as accepted is stored. */
export interface UploadProgress {
  rows: number;
  accepted: number;
  rejected: number;
}

/** One thing that is wrong with an entry; `entry` 0 is the file as a whole. */
export interface Rejection {
  line: number;
  entry: number;
  field: string;
  reason: string;
  expected: string;
}

/** The end of an upload. `ids` are the workloads that the accepted entries stand for, each once. */
export interface UploadSummary extends UploadProgress {
  duplicates: number;
  complete: boolean;
  ids: readonly string[];
  rejections: readonly Rejection[];
  more_rejections: number;
}

export type WorkKind = "training" | "fine-tuning" | "inference";

/** What CodeCarbon's file does not say. `utcOffsetS` is what the machine's clock was ahead of UTC. */
export interface CodeCarbonOptions {
  kind: WorkKind;
  utcOffsetS: number;
}

/** An answer that ended before its summary: what was counted is stored, and the same file once more stores the rest. */
export class CutOff extends Error {
  override name = "CutOff";
}

export const UPLOAD_PATH = "/v1/workloads/upload";

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isRejection(value: unknown): value is Rejection {
  const row = value as Rejection | null;
  return (
    typeof row === "object" &&
    row !== null &&
    isCount(row.line) &&
    isCount(row.entry) &&
    [row.field, row.reason, row.expected].every((text) => typeof text === "string")
  );
}

function isProgress(value: unknown): value is UploadProgress {
  const said = value as UploadProgress | null;
  return (
    typeof said === "object" && said !== null && [said.rows, said.accepted, said.rejected].every(isCount)
  );
}

function isSummary(said: UploadProgress): said is UploadSummary {
  const { ids, rejections, complete, duplicates, more_rejections } = said as UploadSummary;
  return (
    typeof complete === "boolean" &&
    isCount(duplicates) &&
    isCount(more_rejections) &&
    Array.isArray(ids) &&
    ids.every((id) => typeof id === "string") &&
    Array.isArray(rejections) &&
    rejections.every(isRejection)
  );
}

/** The JSON of each line, as the lines come in. A line that is no JSON is an answer that was cut off. */
async function* jsonLines(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + decoder.decode(part.value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line);
  }
}

async function readSummary(
  body: ReadableStream<Uint8Array>,
  onProgress: (progress: UploadProgress) => void,
): Promise<UploadSummary> {
  for await (const said of jsonLines(body)) {
    if (!isProgress(said)) break;
    onProgress(said);
    if (isSummary(said)) return said;
  }
  throw new CutOff("the answer ended before its summary");
}

function send(
  file: Blob,
  mediaType: string,
  { kind, utcOffsetS }: CodeCarbonOptions,
  signal: AbortSignal,
): Promise<Response> {
  const query = new URLSearchParams({
    codecarbon_kind: kind,
    codecarbon_utc_offset_s: String(utcOffsetS),
  });
  return fetch(`${UPLOAD_PATH}?${query}`, {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": mediaType },
    body: file,
    signal,
  });
}

/**
 * Sends a file with many workloads and follows how far the gateway is with it.
 * Throws `Problem` for a refusal, `BackendUnavailable` if there is no answer, `CutOff` if it ended early.
 */
export async function uploadWorkloads(
  file: Blob,
  mediaType: string,
  options: CodeCarbonOptions,
  onProgress: (progress: UploadProgress) => void,
  signal: AbortSignal,
): Promise<UploadSummary> {
  const response = await send(file, mediaType, options, signal).catch((error: unknown) => {
    if (signal.aborted) throw error;
    noteBackend(false);
    throw new BackendUnavailable(UPLOAD_PATH, { cause: error });
  });
  noteBackend(true);
  if (!response.ok) throw parseProblem(response.status, await response.text());
  if (response.body === null) throw new CutOff("the answer is empty");
  return readSummary(response.body, onProgress).catch((error: unknown) => {
    if (signal.aborted || error instanceof CutOff) throw error;
    throw new CutOff("the connection broke", { cause: error });
  });
}
