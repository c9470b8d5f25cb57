import { getAddress } from "viem";
import { expect, test } from "vitest";
import { ledgerAbi } from "../../generated/abi";
import { InvalidArgument, parseArgument, viewFunctions } from "./readForm";

test.each([
  ["uint8", "255", 255n],
  ["uint72", "0x10", 16n],
  ["int8", "-128", -128n],
  ["bool", " true ", true],
  ["bytes4", "0x01ffc9a7", "0x01ffc9a7"],
  ["bytes", "0x", "0x"],
  ["string", " kept as written ", " kept as written "],
  [
    "uint256[]",
    '["115792089237316195423570985008687907853269984665640564039457584007913129639935", 1]',
    [2n ** 256n - 1n, 1n],
  ],
  ["bool[2]", "[true, false]", [true, false]],
])("parseArgument: %s takes %s", (type, written, value) => {
  expect(parseArgument({ type }, written)).toEqual(value);
});

test("parseArgument: an address is checksummed", () => {
  const written = "0xa0ee7a142d267c1f36714e4a8f75612f20a79720";
  expect(parseArgument({ type: "address" }, written)).toBe(getAddress(written));
});

test("parseArgument: a struct is taken by the names of its fields", () => {
  const type = {
    type: "tuple",
    components: [
      { name: "id", type: "bytes1" },
      { name: "amounts", type: "uint8[]" },
    ],
  };
  expect(parseArgument(type, '{"id": "0xab", "amounts": [1, "2"]}')).toEqual({
    id: "0xab",
    amounts: [1n, 2n],
  });
});

test.each([
  ["uint8", "256", "fits uint8"],
  ["uint8", "-1", "fits uint8"],
  ["int8", "128", "fits int8"],
  ["uint256", "1.5", "whole number"],
  ["uint256", "", "whole number"],
  ["address", "0x12", "40 hexadecimal"],
  ["bytes32", "0xab", "64 hexadecimal"],
  ["bytes", "0xabc", "even number"],
  ["bool", "yes", "true or false"],
  ["uint256[]", "1, 2", "JSON"],
  ["uint256[]", "{}", "A list"],
  ["uint256[2]", "[1]", "A list"],
  ["uint256[]", "[9007199254740993]", "whole number"],
  ["uint256[]", "[null]", "whole number"],
  ["function", "0x", "cannot be entered"],
])("parseArgument: %s refuses %s", (type, written, message) => {
  expect(() => parseArgument({ type }, written)).toThrow(InvalidArgument);
  expect(() => parseArgument({ type }, written)).toThrow(message);
});

test.each(["[]", "1", '{"amounts": []}'])("parseArgument: %s is no struct with these fields", (written) => {
  const type = { type: "tuple", components: [{ name: "id", type: "bytes1" }] };
  expect(() => parseArgument(type, written)).toThrow("An object with id");
});

test("viewFunctions: nothing that would need a transaction is offered", () => {
  const names = viewFunctions(ledgerAbi).map(({ name }) => name);
  expect(names).toContain("attestation");
  expect(names).not.toContain("record");
});
