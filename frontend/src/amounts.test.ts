import { expect, test } from "vitest";
import { byteLength, decimalText, parseDecimal, smaller } from "./amounts";

test("parseDecimal: digits and a point become base units exactly", () => {
  expect(parseDecimal("1.2", 6)).toEqual({ ok: true, value: 1_200_000n });
  expect(parseDecimal("9007199254740993", 0)).toEqual({ ok: true, value: 9_007_199_254_740_993n });
  expect(parseDecimal("1 082 990", 0)).toEqual({ ok: true, value: 1_082_990n });
  expect(parseDecimal(".5", 1)).toEqual({ ok: true, value: 5n });
  expect(parseDecimal("2.500", 1)).toEqual({ ok: true, value: 25n });
});

test.each([
  ["", "empty"],
  ["  ", "empty"],
  [".", "not-a-number"],
  ["-1", "not-a-number"],
  ["1e9", "not-a-number"],
  ["1,5", "not-a-number"],
  ["0x10", "not-a-number"],
  ["NaN", "not-a-number"],
  ["1.25", "too-precise"],
  ["1".repeat(31), "too-large"],
])("parseDecimal: %j is %s", (text, problem) => {
  expect(parseDecimal(text, 1)).toEqual({ ok: false, problem });
});

test("decimalText: is the inverse of parseDecimal", () => {
  for (const value of [0n, 1n, 999_999n, 1_000_000n, 52_981_032_912_557n]) {
    expect(parseDecimal(decimalText(value, 9), 9)).toEqual({ ok: true, value });
  }
  expect(decimalText(-1_500n, 3)).toBe("-1.5");
});

test("smaller: never below zero", () => {
  expect(smaller(5n, 3n)).toBe(3n);
  expect(smaller(-4n, 3n)).toBe(0n);
});

test("byteLength: counts bytes as the contract does, not characters", () => {
  expect(byteLength("Équipe 🌱")).toBe(12);
});
