import { type Address, getAddress, type Hex } from "viem";
import { InvalidShape, type Row, readAddress as readAnyCase } from "../../evidence/reader";

/** Fields of what a node answers, as the execution API writes them. Each throws `InvalidShape` naming the field. */

/** A number in hex, such as a height or an amount of wei. */
export function readQuantity(row: Row, key: string, at: string): bigint {
  const value = row[key];
  if (typeof value === "string" && /^0x[0-9a-f]{1,64}$/i.test(value)) return BigInt(value);
  throw new InvalidShape(`${at}.${key}`, "a number in hex");
}

/** The same where the node may say null: a transaction that waits is in no block. */
export function readMaybeQuantity(row: Row, key: string, at: string): bigint | null {
  return row[key] == null ? null : readQuantity(row, key, at);
}

/** An address with its checksum: nodes write them in lower case. */
export function readAddress(row: Row, key: string, at: string): Address {
  return getAddress(readAnyCase(row, key, at));
}

export function readMaybeAddress(row: Row, key: string, at: string): Address | null {
  return row[key] == null ? null : readAddress(row, key, at);
}

/** Bytes of any length. */
export function readBytes(row: Row, key: string, at: string): Hex {
  const value = row[key];
  if (typeof value === "string" && /^0x([0-9a-f]{2})*$/i.test(value)) return value as Hex;
  throw new InvalidShape(`${at}.${key}`, "bytes in hex");
}

export function readList(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new InvalidShape(at, "a list");
  return value;
}
