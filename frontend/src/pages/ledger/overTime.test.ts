import { expect, test } from "vitest";
import type { Attestation, RecordedEvent } from "../../chain/ledger";
import { ACCOUNT, FOOTPRINT_REPORT } from "../../testing/fixtures";
import { overTime } from "./overTime";

const ID = `0x${"00".repeat(32)}` as const;

function record(end: string): RecordedEvent {
  const period_end = BigInt(Date.parse(`${end}T00:00:00Z`) / 1000);
  return {
    id: ID,
    account: ACCOUNT,
    footprint: { ...FOOTPRINT_REPORT.footprint, period_end },
    transaction: ID,
    block: 1n,
  };
}

function state(high: bigint, covered: bigint, superseded = false): Attestation {
  return {
    low_ug: high / 4n,
    central_ug: high / 2n,
    high_ug: high,
    covered_ug: covered,
    recorded_at: 1,
    tier: 3,
    superseded,
  };
}

test("overTime: work up to the first of a month is of the month before, and gaps are months of nothing", () => {
  const { unit, buckets } = overTime(
    [record("2025-06-02"), record("2025-04-01"), record("2025-03-15")],
    [state(8n, 8n), state(100n, 1n), state(20n, 2n)],
  );
  expect(unit).toBe("month");
  expect(buckets.map(({ key, high_ug, covered_ug, count }) => [key, high_ug, covered_ug, count])).toEqual([
    ["2025-03", 120n, 3n, 2],
    ["2025-04", 0n, 0n, 0],
    ["2025-05", 0n, 0n, 0],
    ["2025-06", 8n, 8n, 1],
  ]);
});

test("overTime: more than two years are drawn as years", () => {
  const { unit, buckets } = overTime(
    [record("2023-12-31"), record("2026-01-01"), record("2026-01-02")],
    [state(4n, 0n), state(8n, 0n), state(16n, 0n)],
  );
  expect(unit).toBe("year");
  expect(buckets.map(({ key, high_ug }) => [key, high_ug])).toEqual([
    ["2023", 4n],
    ["2024", 0n],
    ["2025", 8n],
    ["2026", 16n],
  ]);
});

test("overTime: two years to the month are still months", () => {
  const { unit, buckets } = overTime(
    [record("2024-01-31"), record("2025-12-31")],
    [state(4n, 0n), state(8n, 0n)],
  );
  expect(unit).toBe("month");
  expect(buckets).toHaveLength(24);
});

test("overTime: what was corrected counts once, as its correction", () => {
  const { buckets } = overTime(
    [record("2025-01-31"), record("2025-01-31")],
    [state(8n, 2n), state(4n, 2n, true)],
  );
  expect(buckets).toMatchObject([{ high_ug: 8n, covered_ug: 2n, count: 1 }]);
});

test("overTime: nothing recorded, or a state that was not read, is nothing to draw", () => {
  expect(overTime([], []).buckets).toEqual([]);
  expect(overTime([record("2025-01-31")], []).buckets).toEqual([]);
});
