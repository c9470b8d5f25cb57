import type { BaseUnits } from "./amounts";

/** Why a decimal text is not a quantity. */
export type DecimalProblem = "empty" | "not-a-number" | "too-precise" | "too-large";

export type ParsedDecimal = { ok: true; value: BaseUnits } | { ok: false; problem: DecimalProblem };

/** A comma that ends a group of thousands in some countries and the whole part in others. */
const DOUBTFUL_COMMA = /[1-9]\d*,\d{3}$/;

/**
 * Reads a decimal text as a whole number of base units, exactly: "1.2" with 6 decimals is 1200000, and so is "1,2".
 * Spaces between digits are allowed. "1,234" is refused, because it means different things in different countries.
 */
export function parseDecimal(text: string, decimals: number): ParsedDecimal {
  const compact = text.replace(/[\s\u00a0\u202f_]/g, "");
  if (compact === "") return { ok: false, problem: "empty" };
  const match = /^(\d*)(?:[.,](\d*))?$/.exec(compact);
  if (match === null || (!match[1] && !match[2]) || DOUBTFUL_COMMA.test(compact))
    return { ok: false, problem: "not-a-number" };
  const whole = match[1] || "0";
  const fraction = (match[2] ?? "").replace(/0+$/, "");
  if (fraction.length > decimals) return { ok: false, problem: "too-precise" };
  if (whole.length > 30) return { ok: false, problem: "too-large" };
  return { ok: true, value: BigInt(whole + fraction.padEnd(decimals, "0")) };
}
