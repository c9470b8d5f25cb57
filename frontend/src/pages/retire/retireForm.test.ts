import { expect, test } from "vitest";
import { readAllocation } from "./allocateForm";
import { beneficiaryError, messageError, readAmount } from "./retireForm";

const PROJECT = { minimum_ug: "1000000000", available_ug: "50000000000000" };

test("readAmount: kilograms become micrograms exactly", () => {
  expect(readAmount("250.000000001", PROJECT)).toEqual({ ug: 250_000_000_001n });
});

test.each([[""], ["0"], ["0.5"], ["50001"], ["1.0000000001"], ["ten"]])(
  "readAmount: %j is refused with a reason",
  (kilograms) => {
    const read = readAmount(kilograms, PROJECT);
    expect(read.ug).toBeUndefined();
    expect(read.error).toMatch(/\w/);
  },
);

test("beneficiaryError: counts bytes, because the contract does", () => {
  expect(beneficiaryError("GPTX")).toBeUndefined();
  expect(beneficiaryError("  ")).toMatch(/needs a beneficiary/);
  expect(beneficiaryError("é".repeat(32))).toBeUndefined();
  expect(beneficiaryError("é".repeat(33))).toMatch(/66 bytes; at most 64/);
});

test("messageError: the registry's message is needed and bounded", () => {
  expect(messageError("For BLOOM")).toBeUndefined();
  expect(messageError("")).toBeDefined();
  expect(messageError("x".repeat(501))).toMatch(/500/);
});

test("readAllocation: never more than both sides allow", () => {
  expect(readAllocation("2", 2_000_000_000n)).toEqual({ ug: 2_000_000_000n });
  expect(readAllocation("2.000000001", 2_000_000_000n).error).toMatch(/At most 2 kg/);
  expect(readAllocation("0", 5n).error).toBeDefined();
});
