import type { Rejection } from "../api/upload";
import { csvText } from "../csv";

/** Media types that the gateway takes, by the end of a file's name. It tells CodeCarbon's CSV by its header. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  json: "application/json",
  jsonl: "application/x-ndjson",
  ndjson: "application/x-ndjson",
  yaml: "application/yaml",
  yml: "application/yaml",
};

/** What a file chooser offers. */
export const UPLOAD_ENDINGS = Object.keys(MEDIA_TYPES).map((ending) => `.${ending}`);

/** The media type of a file with many workloads, or null if its name says none. */
export function mediaTypeOf(fileName: string): string | null {
  const ending = /\.([a-z]+)$/.exec(fileName.toLowerCase())?.[1] ?? "";
  return MEDIA_TYPES[ending] ?? null;
}

/** The rejected rows as the command line writes them, so that they can be mended and sent again. */
export function rejectionsCsv(rejections: readonly Rejection[]): string {
  const rows = rejections.map(({ line, entry, field, reason, expected }) => [
    line,
    entry,
    field,
    reason,
    expected,
  ]);
  return csvText(["line", "entry", "field", "reason", "expected"], rows);
}

/** How far a clock is ahead of UTC, from "+02:00", "-5:30" or "2"; null if it is none of a place on Earth. */
export function offsetSeconds(text: string): number | null {
  const match = /^([+-]?)(\d{1,2})(?::?([0-5]\d))?$/.exec(text.trim().replace("\u2212", "-"));
  if (match === null) return null;
  const seconds = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60;
  if (seconds > 14 * 3600) return null;
  return match[1] === "-" && seconds > 0 ? -seconds : seconds;
}
