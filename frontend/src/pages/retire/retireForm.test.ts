import { expect, test } from "vitest";
import { beneficiaryError, readAmount, readHolder, reasonError } from "./retireForm";

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

test("readAmount: a limit that was passed is told exactly", () => {
  const few = { minimum_ug: "1", available_ug: "1234600000000" };
  expect(readAmount("1235", few).error).toContain("1.2346 t");
  const least = { minimum_ug: "1234400000000", available_ug: "9000000000000" };
  expect(readAmount("1234", least).error).toContain("1.2344 t");
});

test("beneficiaryError: counts bytes, because the contract does", () => {
  expect(beneficiaryError("GPTX")).toBeUndefined();
  expect(beneficiaryError("  ")).toMatch(/needs a beneficiary/);
  expect(beneficiaryError("é".repeat(32))).toBeUndefined();
  expect(beneficiaryError("é".repeat(33))).toMatch(/66 bytes; at most 64/);
});

test("beneficiaryError: characters that nobody sees are refused, letters of any script are not", () => {
  expect(beneficiaryError("Zażółć 気候")).toBeUndefined();
  expect(beneficiaryError("GPTX\u200b")).toMatch(/cannot be seen/);
  expect(beneficiaryError("GPTX\u00a0AI")).toMatch(/cannot be seen/);
});

test("reasonError: the reason is needed, and bounded so that the order's mark fits before it", () => {
  expect(reasonError("For BLOOM")).toBeUndefined();
  expect(reasonError("")).toBeDefined();
  expect(reasonError("x".repeat(433))).toBeUndefined();
  expect(reasonError("x".repeat(434))).toMatch(/433/);
  expect(reasonError("one\ntwo")).toMatch(/Line breaks/);
});

test("readAmount: an amount between the steps of a marketplace is refused with the step", () => {
  expect(readAmount("2.5", { ...PROJECT, step_ug: "1000000000" }).error).toMatch(/multiple of 1 kg/);
  expect(readAmount("2", { ...PROJECT, step_ug: "1000000000" })).toEqual({ ug: 2_000_000_000n });
});

test("readHolder: takes a whole account and finds a typing mistake by its checksum", () => {
  const account = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
  expect(readHolder(` ${account} `)).toBe(account);
  expect(readHolder(account.toLowerCase())).toBe(account);
  expect(readHolder(account.replace("C8", "c8"))).toBeNull();
  expect(readHolder(account.slice(0, -1))).toBeNull();
  expect(readHolder(`0x${"0".repeat(40)}`)).toBeNull();
});
