import type { Hex } from "viem";
import { expect, test } from "vitest";
import { vectors } from "../testing/fixtures";
import { canonicalJson, workloadHash } from "./canonical";
import { InvalidShape } from "./reader";

const disclosed = vectors.bundle.workloads[0] as { workload: Record<string, unknown>; salt: Hex };

test("workloadHash: equals the one that the Python package computes", () => {
  expect(workloadHash(disclosed.workload, disclosed.salt)).toBe(vectors.workload_hash);
});

test("workloadHash: the order of members and numbers as JSON numbers change nothing", () => {
  const reversed = Object.fromEntries(Object.entries(disclosed.workload).reverse());
  expect(workloadHash({ ...reversed, start: 1_646_956_800 }, disclosed.salt)).toBe(vectors.workload_hash);
});

test("workloadHash: one digit or another salt changes it", () => {
  expect(workloadHash({ ...disclosed.workload, pue_ppm: "1200001" }, disclosed.salt)).not.toBe(
    vectors.workload_hash,
  );
  expect(workloadHash(disclosed.workload, `0x${"00".repeat(32)}`)).not.toBe(vectors.workload_hash);
});

test("canonicalJson: members are sorted by UTF-16 code units and text is in NFC", () => {
  expect(canonicalJson({ "\u20ac": "a", "\r": "b", "\ud83d\ude00": "c", "1": "d" })).toBe(
    '{"\\r":"b","1":"d","\u20ac":"a","\ud83d\ude00":"c"}',
  );
  expect(canonicalJson({ name: "E\u0301" })).toBe('{"name":"\u00c9"}');
});

test.each([[1.5], [null], [2 ** 53], [undefined]])(
  "canonicalJson: %s has no canonical form and is named",
  (value) => {
    expect(() => canonicalJson({ phases: [{ power_mw: value }] })).toThrow(InvalidShape);
    expect(() => canonicalJson({ phases: [{ power_mw: value }] })).toThrow(/workload\.phases\[0\]\.power_mw/);
  },
);
