import type { Attestation, RecordedEvent } from "../../chain/ledger";

/** What was emitted in a month or a year, and how much of it is covered. In ug. */
export interface Bucket {
  /** "2025-03" or "2025". */
  key: string;
  low_ug: bigint;
  central_ug: bigint;
  high_ug: bigint;
  covered_ug: bigint;
  count: number;
}

export interface OverTime {
  unit: "month" | "year";
  buckets: readonly Bucket[];
}

/** More months than this are drawn as years. */
const MOST_MONTHS = 24;

/** Months since year 0 of the moment before an end: work up to 1 April is of March. */
function monthOf(endSeconds: bigint): number {
  const last = new Date(Number(endSeconds - 1n) * 1000);
  return last.getUTCFullYear() * 12 + last.getUTCMonth();
}

function monthKey(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
}

function emptyBucket(key: string): Bucket {
  return { key, low_ug: 0n, central_ug: 0n, high_ug: 0n, covered_ug: 0n, count: 0 };
}

/**
 * Current attestations by the month in which their work ended, without gaps; by year where that would be too many.
 * `states` are of the same order as `records`; what was superseded counts nothing, as in the ledger's own sums.
 */
export function overTime(records: readonly RecordedEvent[], states: readonly Attestation[]): OverTime {
  const counted = records.flatMap(({ footprint }, index) => {
    const state = states[index];
    return state && !state.superseded ? [{ month: monthOf(footprint.period_end), state }] : [];
  });
  if (counted.length === 0) return { unit: "month", buckets: [] };
  let [first, last] = [counted[0]?.month ?? 0, 0];
  for (const { month } of counted) [first, last] = [Math.min(first, month), Math.max(last, month)];
  const unit = last - first < MOST_MONTHS ? "month" : "year";
  const size = unit === "month" ? 1 : 12;
  const [from, to] = [Math.floor(first / size), Math.floor(last / size)];
  const buckets = Array.from({ length: to - from + 1 }, (_, index) =>
    emptyBucket(unit === "month" ? monthKey(from + index) : String(from + index)),
  );
  for (const { month, state } of counted) {
    const bucket = buckets[Math.floor(month / size) - from];
    if (bucket === undefined) continue;
    bucket.low_ug += state.low_ug;
    bucket.central_ug += state.central_ug;
    bucket.high_ug += state.high_ug;
    bucket.covered_ug += state.covered_ug;
    bucket.count += 1;
  }
  return { unit, buckets };
}
