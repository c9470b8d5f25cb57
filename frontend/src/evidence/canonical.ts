import { concat, type Hex, keccak256, stringToBytes } from "viem";
import { InvalidShape } from "./reader";

/**
 * Canonical JSON (RFC 8785) of a disclosed workload. Such a workload holds objects, lists, texts and booleans only:
 * its integers are decimal strings, so that no reader's floating point can change them.
 */
export function canonicalJson(value: unknown, at = "workload"): string {
  if (typeof value === "string") return JSON.stringify(value.normalize("NFC"));
  if (typeof value === "boolean") return String(value);
  // A reader of the file may have turned a small whole number into a JSON number; its canonical form is the text.
  if (typeof value === "number" && Number.isSafeInteger(value)) return JSON.stringify(String(value));
  if (Array.isArray(value))
    return `[${value.map((item, index) => canonicalJson(item, `${at}[${index}]`)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    // The default order compares UTF-16 code units, which is the order that RFC 8785 asks for.
    const members = Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member, `${at}.${key}`)}`);
    return `{${members.join(",")}}`;
  }
  throw new InvalidShape(at, "a text, a whole number, a list or an object");
}

/** keccak256(salt || keccak256(canonical JSON)): hides the workload from those to whom it was not disclosed. */
export function workloadHash(workload: unknown, salt: Hex): Hex {
  return keccak256(concat([salt, keccak256(stringToBytes(canonicalJson(workload)))]));
}
