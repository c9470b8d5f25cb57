import { expect, test } from "vitest";
import type { Attestation } from "../../chain/ledger";
import { allocationsOf, OTHER, type RowInput, readAllocation, readRows } from "./allocateForm";

const [A, B] = [`0x${"aa".repeat(32)}`, `0x${"bb".repeat(32)}`] as const;
const KG = 10n ** 9n;

function attestation(highUg: bigint): Attestation {
  return {
    low_ug: 0n,
    central_ug: 0n,
    high_ug: highUg,
    covered_ug: 0n,
    recorded_at: 1,
    tier: 3,
    superseded: false,
  };
}

function row(key: number, target: string, kilograms: string, otherId = ""): RowInput {
  return { key, target, kilograms, otherId };
}

const KNOWN = { [A]: attestation(10n * KG), [B]: attestation(10n * KG) };

test("readAllocation: never more than both sides allow", () => {
  expect(readAllocation("2", 2n * KG)).toEqual({ ug: 2n * KG });
  expect(readAllocation("2.000000001", 2n * KG).error).toMatch(/At most 2 kg/);
  expect(readAllocation("1.235", 1_234_560_000n).error).toMatch(/At most 1\.23456 kg/);
  expect(readAllocation("0", 5n).error).toBeDefined();
});

test("readRows: rows share what is free of the certificate", () => {
  const [first, second] = readRows([row(0, A, "7"), row(1, B, "6")], 12n * KG, KNOWN);
  expect(first?.mostUg).toBe(6n * KG);
  expect(second?.amountError).toMatch(/At most 5 kg/);
});

test("allocationsOf: complete rows become allocations, and one that is not stops all", () => {
  const good = readRows([row(0, A, "7"), row(1, B, "5")], 12n * KG, KNOWN);
  expect(allocationsOf(good)).toEqual([
    { attestation: A, amountUg: 7n * KG },
    { attestation: B, amountUg: 5n * KG },
  ]);
  expect(allocationsOf(readRows([row(0, A, "7"), row(1, B, "")], 12n * KG, KNOWN))).toBeNull();
});

test("readRows: the same attestation twice, also by its id, is refused", () => {
  const [first, second] = readRows([row(0, A, "1"), row(1, OTHER, "1", A)], 12n * KG, KNOWN);
  expect(first?.idError).toBeUndefined();
  expect(second?.idError).toMatch(/once/);
});

test("readRows: an id that is malformed or not on the ledger is named", () => {
  const [malformed, unknown] = readRows([row(0, OTHER, "1", "0x12"), row(1, OTHER, "1", B)], 12n * KG, {
    [B]: null,
  });
  expect(malformed?.idError).toBeDefined();
  expect(unknown?.idError).toMatch(/No attestation/);
});
