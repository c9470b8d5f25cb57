import { expect, test } from "vitest";
import { parseDecimal } from "./typedDecimal";

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
  ["1,234", "not-a-number"],
  ["12 345,678", "not-a-number"],
  ["1,234,567", "not-a-number"],
  ["1,234.5", "not-a-number"],
  ["1.234,5", "not-a-number"],
  [",", "not-a-number"],
  ["1,25", "too-precise"],
  ["0x10", "not-a-number"],
  ["NaN", "not-a-number"],
  ["1.25", "too-precise"],
  ["1".repeat(31), "too-large"],
])("parseDecimal: %j is %s", (text, problem) => {
  expect(parseDecimal(text, 1)).toEqual({ ok: false, problem });
});

test.each([
  ["1,5", 1_500_000n],
  ["12,50", 12_500_000n],
  [",5", 500_000n],
  ["0,125", 125_000n],
  ["1,2345", 1_234_500n],
  ["1 234,5", 1_234_500_000n],
])("parseDecimal: the one comma of %j can only be a decimal sign", (text, value) => {
  expect(parseDecimal(text, 6)).toEqual({ ok: true, value });
});
