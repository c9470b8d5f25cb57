import { expect, test } from "vitest";
import { nameError, readGrams } from "./tokenForm";

test.each([
  ["1", 1_000_000n],
  ["1.000001", 1_000_001n],
  ["5", 5_000_000n],
])("readGrams: %s g is exact", (grams, ug) => {
  expect(readGrams(grams, 5_000_000n)).toEqual({ ug });
});

test.each([
  ["", "as a number"],
  ["0.999999", "smallest amount"],
  ["1.0000001", "6 digits"],
  ["5.000001", "You hold 5 g"],
  ["-1", "as a number"],
  ["1,234", "as a number"],
])("readGrams: %s g is refused", (grams, reason) => {
  expect(readGrams(grams, 5_000_000n).error).toContain(reason);
});

test("nameError: 64 bytes fit, and one more does not, however few letters they are", () => {
  expect(nameError("é".repeat(32))).toBeUndefined();
  expect(nameError(`${"é".repeat(32)}a`)).toContain("65 bytes");
});

test.each([
  ["   ", "needs a beneficiary"],
  ["Example\u202eLabs", "nobody sees"],
])("nameError: %j is refused", (name, reason) => {
  expect(nameError(name)).toContain(reason);
});
