import { type Address, getAddress, type Hex, isAddress } from "viem";
import { isObject, type Json, type JsonObject } from "../model/strictJson";

/** A file that cannot be read as evidence: the path of a field, what is wrong there, what would be right. */
export class InvalidEvidence extends Error {
  override name = "InvalidEvidence";

  constructor(
    readonly field: string,
    readonly problem: string,
    readonly expected: string,
  ) {
    super(`${field}: ${problem}, expected ${expected}`);
  }
}

export function object(value: Json | undefined, path: string, expected: string): JsonObject {
  if (isObject(value)) return value;
  throw new InvalidEvidence(path, "not an object", expected);
}

/** Each of the known members once, and no other. `path` ends with a dot or is empty. */
export function only(value: JsonObject, known: readonly string[], path: string): void {
  for (const name of value.keys())
    if (!known.includes(name))
      throw new InvalidEvidence(path + name.slice(0, 60), "unknown field", `one of ${known.join(", ")}`);
  for (const name of known)
    if (!value.has(name)) throw new InvalidEvidence(path + name, "missing", `each of ${known.join(", ")}`);
}

/** An unsigned integer from an integer or a decimal string. */
export function uint(value: Json | undefined, bits: number, path: string): bigint {
  const expected = `a whole number below 2^${bits}, as a decimal string`;
  const isDecimal = typeof value === "string" && /^(?:0|[1-9][0-9]{0,77})$/.test(value);
  const number = isDecimal ? BigInt(value) : value;
  if (typeof number !== "bigint") throw new InvalidEvidence(path, "not a whole number", expected);
  if (number < 0n || number >= 2n ** BigInt(bits)) throw new InvalidEvidence(path, "out of range", expected);
  return number;
}

/** 32 bytes, in lower case. */
export function bytes32(value: Json | undefined, path: string): Hex {
  if (typeof value === "string" && /^0x[0-9a-fA-F]{64}$/.test(value)) return value.toLowerCase() as Hex;
  throw new InvalidEvidence(path, "not 32 bytes", "0x and 64 hex digits");
}

/** The EIP-55 form of an address; one in mixed case with a wrong checksum is refused. */
export function address(value: Json | undefined, path: string): Address {
  if (typeof value !== "string" || !isAddress(value, { strict: false }))
    throw new InvalidEvidence(path, "not an address", "0x and 40 hex digits");
  const digits = value.slice(2);
  const isOneCase = digits === digits.toLowerCase() || digits === digits.toUpperCase();
  if (!isOneCase && getAddress(value) !== value)
    throw new InvalidEvidence(path, "checksum does not match", "an address in EIP-55 or lower case");
  return getAddress(value);
}
