import { type Address, type Hex, isAddress } from "viem";

/** A value that came from a file or over the wire is not of the shape it should have. */
export class InvalidShape extends Error {
  override name = "InvalidShape";

  constructor(
    readonly field: string,
    readonly expected: string,
  ) {
    super(`${field} must be ${expected}`);
  }
}

export type Row = Record<string, unknown>;

export function readRow(value: unknown, field: string): Row {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new InvalidShape(field, "an object");
  return value as Row;
}

/** A whole number, as a decimal string or as a JSON number that is exact. */
export function readWhole(row: Row, key: string, at: string): bigint {
  const value = row[key];
  if (typeof value === "string" && /^\d{1,78}$/.test(value)) return BigInt(value);
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  throw new InvalidShape(`${at}.${key}`, "a whole number, written as a decimal string");
}

export function readHash(row: Row, key: string, at: string): Hex {
  const value = row[key];
  if (typeof value === "string" && /^0x[0-9a-fA-F]{64}$/.test(value)) return value.toLowerCase() as Hex;
  throw new InvalidShape(`${at}.${key}`, "32 bytes in hex");
}

export function readAddress(row: Row, key: string, at: string): Address {
  const value = row[key];
  if (typeof value === "string" && isAddress(value, { strict: false })) return value;
  throw new InvalidShape(`${at}.${key}`, "an address");
}

export function readText(row: Row, key: string, at: string): string {
  const value = row[key];
  if (typeof value === "string" && value.length <= 1_000) return value;
  throw new InvalidShape(`${at}.${key}`, "a text");
}
