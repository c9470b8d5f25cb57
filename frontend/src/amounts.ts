/** A quantity in base units: ug CO2e, uWh, uL or ppm, always whole. */
export type BaseUnits = bigint;

export const UG_PER_GRAM = 10n ** 6n;
export const UG_PER_KILOGRAM = 10n ** 9n;
export const UG_PER_TONNE = 10n ** 12n;
/** Largest `uint72`: what a contract can hold as a carbon amount, in ug (4.7 Gt). */
export const MAX_CARBON_UG = 2n ** 72n - 1n;

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
