/** A quantity in base units: ug CO2e, uWh, uL or ppm, always whole. */
export type BaseUnits = bigint;

export const UG_PER_GRAM = 10n ** 6n;
export const UG_PER_KILOGRAM = 10n ** 9n;
export const UG_PER_TONNE = 10n ** 12n;
/** Largest `uint72`: what a contract can hold as a carbon amount, in ug (4.7 Gt). */
export const MAX_CARBON_UG = 2n ** 72n - 1n;

/** Why a decimal text is not a quantity. */
export type DecimalProblem = "empty" | "not-a-number" | "too-precise" | "too-large";

export type ParsedDecimal = { ok: true; value: BaseUnits } | { ok: false; problem: DecimalProblem };

/**
 * Reads a decimal text as a whole number of base units, exactly: "1.2" with 6 decimals is 1200000.
 * Spaces between digits are allowed; a comma is not, because it means different things in different countries.
 */
export function parseDecimal(text: string, decimals: number): ParsedDecimal {
  const compact = text.replace(/[\s\u00a0\u202f_]/g, "");
  if (compact === "") return { ok: false, problem: "empty" };
  const match = /^(\d*)(?:\.(\d*))?$/.exec(compact);
  if (match === null || (!match[1] && !match[2])) return { ok: false, problem: "not-a-number" };
  const whole = match[1] || "0";
  const fraction = (match[2] ?? "").replace(/0+$/, "");
  if (fraction.length > decimals) return { ok: false, problem: "too-precise" };
  if (whole.length > 30) return { ok: false, problem: "too-large" };
  return { ok: true, value: BigInt(whole + fraction.padEnd(decimals, "0")) };
}

/** The shortest exact decimal text of a quantity: the inverse of `parseDecimal`. */
export function decimalText(value: BaseUnits, decimals: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/** The smaller of two quantities; never below zero. */
export function smaller(a: BaseUnits, b: BaseUnits): BaseUnits {
  const least = a < b ? a : b;
  return least < 0n ? 0n : least;
}

/** How many bytes a text takes in UTF-8: the unit of the bounds of Vyper strings. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
