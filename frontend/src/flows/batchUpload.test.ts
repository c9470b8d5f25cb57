import { afterEach, expect, test, vi } from "vitest";
import { BackendUnavailable, Problem } from "../api/problem";
import { CutOff, type UploadProgress, uploadWorkloads } from "../api/upload";
import { noteBackend } from "../status/backend";
import { mediaTypeOf, offsetSeconds, rejectionsCsv } from "./batchUpload";

const REJECTION = {
  line: 3,
  entry: 2,
  field: "duration",
  reason: "is '-1'",
  expected: "seconds, more than zero",
};
const SUMMARY = {
  rows: 2,
  accepted: 1,
  rejected: 1,
  duplicates: 0,
  complete: true,
  ids: ["a".repeat(32)],
  rejections: [REJECTION],
  more_rejections: 0,
};
const PROGRESS = { rows: 1, accepted: 1, rejected: 0 };
const OPTIONS = { kind: "training", utcOffsetS: 7200 } as const;

/** An answer that comes in pieces, cut without regard to lines or characters. */
function answerInPieces(whole: string, size: number): Response {
  const bytes = new TextEncoder().encode(whole);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let start = 0; start < bytes.length; start += size)
        controller.enqueue(bytes.slice(start, start + size));
      controller.close();
    },
  });
  return new Response(body);
}

function upload(onProgress: (progress: UploadProgress) => void = () => undefined) {
  const signal = new AbortController().signal;
  return uploadWorkloads(new Blob(["x"]), "text/csv", OPTIONS, onProgress, signal);
}

afterEach(() => {
  vi.unstubAllGlobals();
  noteBackend(true);
});

test("uploadWorkloads: progress comes line by line, in whatever pieces it travels", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const named = { ...SUMMARY, rejections: [{ ...REJECTION, reason: "ist „größer“" }] };
    return answerInPieces(`${JSON.stringify(PROGRESS)}\n${JSON.stringify(named)}\n`, 7);
  });
  const seen: number[] = [];
  const summary = await upload(({ rows }) => seen.push(rows));
  expect(asked).toEqual(["/v1/workloads/upload?codecarbon_kind=training&codecarbon_utc_offset_s=7200"]);
  expect(seen).toEqual([1, 2]);
  expect(summary.rejections[0]?.reason).toBe("ist „größer“");
});

test.each([
  ["nothing", ""],
  ["no summary", `${JSON.stringify(PROGRESS)}\n`],
  ["half a line", `${JSON.stringify(PROGRESS)}\n{"rows": 2,`],
  ["garbage", "<html>\n"],
  ["a summary with other members", `${JSON.stringify({ ...SUMMARY, ids: [7] })}\n`],
])("uploadWorkloads: an answer with %s is one that was cut off", async (_name, body) => {
  vi.stubGlobal("fetch", async () => answerInPieces(body, 1000));
  await expect(upload()).rejects.toThrow(CutOff);
});

test("uploadWorkloads: a refusal is a problem, no answer is the backend's", async () => {
  const title = "The file's format is not known.";
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ title, code: "x" }), { status: 415 }));
  await expect(upload()).rejects.toThrow(Problem);
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("failed to fetch");
  });
  await expect(upload()).rejects.toThrow(BackendUnavailable);
});

test.each([
  ["emissions.csv", "text/csv"],
  ["Runs.JSONL", "application/x-ndjson"],
  ["jobs.yml", "application/yaml"],
  ["report.pdf", null],
  ["csv", null],
])("mediaTypeOf: %s is %s", (name, expected) => {
  expect(mediaTypeOf(name)).toBe(expected);
});

test("rejectionsCsv: a reason that repeats a formula of the file is not run", () => {
  const csv = rejectionsCsv([REJECTION, { ...REJECTION, field: "=1+1", reason: "@x" }]);
  expect(csv.split("\r\n")).toEqual([
    "line,entry,field,reason,expected",
    "3,2,duration,is '-1',\"seconds, more than zero\"",
    "3,2,'=1+1,'@x,\"seconds, more than zero\"",
    "",
  ]);
});

test.each([
  ["+02:00", 7200],
  ["-5:30", -19_800],
  ["−03:00", -10_800],
  ["0", 0],
  ["-0", 0],
  ["14", 50_400],
  ["14:30", null],
  ["CET", null],
  ["", null],
])("offsetSeconds: %j is %j", (given, expected) => {
  expect(offsetSeconds(given)).toBe(expected);
});
