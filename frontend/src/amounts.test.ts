import { expect, test } from "vitest";
import { byteLength, decimalText, smaller } from "./amounts";
import { parseDecimal } from "./typedDecimal";

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
