import { type Hex, toHex } from "viem";

/** The id of a report in lower case, or null if the text is not one. */
export function parseReportId(value: string): Hex | null {
  const trimmed = value.trim().toLowerCase();
  return /^0x[0-9a-f]{64}$/.test(trimmed) ? (trimmed as Hex) : null;
}

/** A certificate's id, in hex or as the whole number that wallets show, or null. */
export function parseCertificateId(value: string): bigint | null {
  const trimmed = value.trim();
  const hex = parseReportId(trimmed);
  if (hex !== null) return BigInt(hex);
  if (!/^\d{1,78}$/.test(trimmed)) return null;
  const number = BigInt(trimmed);
  return number < 2n ** 256n ? number : null;
}

/** A certificate's id in hex, as it stands in addresses of this page. */
export function tokenHex(id: bigint): Hex {
  return toHex(id, { size: 32 });
}
