/** Short, harmless renderings of untrusted values, in the form that the Python package gives them. */

import { isList, isObject, type Json } from "./strictJson";

const LONGEST = 48;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** What cannot be printed: control and format characters, unassigned ones, and every space but the plain one. */
export function isPrintable(text: string): boolean {
  return !/[\p{C}\p{Z}]/u.test(text.replaceAll(" ", ""));
}

function escaped(character: string, quote: string): string {
  if (character === quote) return `\\${quote}`;
  const known = ESCAPES[character];
  if (known !== undefined) return known;
  if (isPrintable(character)) return character;
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, "0")}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

/** A text in quotes, with what cannot be printed as its number. */
export function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return `${quote}${[...text].map((character) => escaped(character, quote)).join("")}${quote}`;
}

/** A number that was written with a fraction or an exponent. */
function fraction(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([-+])(\d)$/, "e$10$2");
  }
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** A value of any kind with everything in it. */
export function wholly(value: Json): string {
  if (isObject(value))
    return `{${[...value].map(([key, item]) => `${quoted(key)}: ${wholly(item)}`).join(", ")}}`;
  if (isList(value)) return `[${value.map(wholly).join(", ")}]`;
  return value === null ? "None" : whole(value);
}

function whole(value: Json): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return fraction(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return value.toString();
  if (isObject(value)) return "dict";
  return isList(value) ? "list" : "NoneType";
}

/** At most 48 characters of a value. */
export function shown(value: Json): string {
  const characters = [...whole(value)];
  return characters.length <= LONGEST
    ? characters.join("")
    : `${characters.slice(0, LONGEST - 3).join("")}...`;
}

/** Digits in groups of three, in every language alike. */
export function grouped(value: bigint): string {
  return value.toString().replace(/\B(?=(?:\d{3})+$)/g, ",");
}
