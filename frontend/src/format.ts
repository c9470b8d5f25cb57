import type { Hex } from "viem";
import { type BaseUnits, decimalText } from "./amounts";
import { dayOf, grouped, hundredths, minuteOf, type Rounding, significant } from "./numerals";
import { LOCALE } from "./strings/language";

/** All numbers that people read are made here: base units in, short text out. Exact values go beside it as data. */

interface Step {
  /** Power of ten of the unit, counted from the base unit. */
  decimals: number;
  unit: string;
}

const MASS: readonly Step[] = [
  { decimals: 21, unit: "Gt" },
  { decimals: 18, unit: "Mt" },
  { decimals: 15, unit: "kt" },
  { decimals: 12, unit: "t" },
  { decimals: 9, unit: "kg" },
  { decimals: 6, unit: "g" },
  { decimals: 3, unit: "mg" },
  { decimals: 0, unit: "µg" },
];

const ENERGY: readonly Step[] = [
  { decimals: 15, unit: "GWh" },
  { decimals: 12, unit: "MWh" },
  { decimals: 9, unit: "kWh" },
  { decimals: 6, unit: "Wh" },
  { decimals: 3, unit: "mWh" },
  { decimals: 0, unit: "µWh" },
];

const VOLUME: readonly Step[] = [
  { decimals: 15, unit: "ML" },
  { decimals: 9, unit: "m³" },
  { decimals: 6, unit: "L" },
  { decimals: 3, unit: "mL" },
  { decimals: 0, unit: "µL" },
];

function scaled(
  value: BaseUnits,
  steps: readonly Step[],
  zeroUnit: string,
  rounding: Rounding = "half",
  digits = 4,
): string {
  if (value === 0n) return `0 ${zeroUnit}`;
  const size = value < 0n ? -value : value;
  const step = steps.find(({ decimals }) => size >= 10n ** BigInt(decimals)) ?? steps[steps.length - 1];
  return step ? `${significant(value, step.decimals, digits, rounding)} ${step.unit}` : value.toString();
}

/**
 * Mass of CO2e from ug: "30.2 t". What was retired or can be used is rounded down, as badges do, a high bound up, a low
 * one down; limits and what is paid for are exact.
 */
export function mass(ug: BaseUnits, rounding?: Rounding, digits?: number): string {
  return scaled(ug, MASS, "g", rounding, digits);
}

/** The same with what is weighed: "30.2 t CO₂e". */
export function carbon(ug: BaseUnits, rounding?: Rounding): string {
  return `${mass(ug, rounding)} CO₂e`;
}

/** Energy from uWh: "519.8 MWh". */
export function energy(uwh: BaseUnits): string {
  return scaled(uwh, ENERGY, "kWh");
}

/** Water from uL: "1.2 m³". */
export function water(ul: BaseUnits): string {
  return scaled(ul, VOLUME, "L");
}

/** A share of a whole in per cent; never 100 % unless it is all of it. */
export function percent(part: BaseUnits, whole: BaseUnits): string {
  if (whole === 0n) return "0 %";
  return `${grouped(decimalText((part * 1000n) / whole, 1))} %`;
}

/** A whole number with digit groups: "1,082,990". */
export function count(value: bigint | number): string {
  return grouped(value.toString());
}

/** A decimal text of US dollars: "USD 12.50". */
export function dollars(decimal: string): string {
  return /^\d+(\.\d+)?$/.test(decimal) ? `USD ${hundredths(decimal)}` : "USD –";
}

/** An amount of a token, exactly, with at least two digits after the point: "120.00 USDC". */
export function money(amount: BaseUnits, token: { symbol: string; decimals: number }): string {
  return `${grouped(decimalText(amount, token.decimals), 2)} ${token.symbol}`;
}

/** The day of a moment, in UTC: "11 Mar 2022". */
export function day(seconds: bigint | number): string {
  return dayOf(new Date(Number(seconds) * 1000));
}

/** A moment, in UTC: "11 Mar 2022, 14:05 UTC". */
export function moment(seconds: bigint | number): string {
  return `${minuteOf(new Date(Number(seconds) * 1000))} UTC`;
}

let regions: Intl.DisplayNames | undefined;

/** A country's name, from its two letters of ISO 3166-1; undefined for what is no such code. */
export function countryName(code: string): string | undefined {
  // Made when it is first needed, and once: it loads the browser's data about the language.
  regions ??= new Intl.DisplayNames(LOCALE, { type: "region", fallback: "none" });
  return /^[A-Z]{2}$/.test(code) ? regions.of(code) : undefined;
}

/** An id or address with its middle left out: "0x8464…1a2b". */
export function short(value: string): string {
  return value.length > 16 ? `${value.slice(0, 6)}…${value.slice(-4)}` : value;
}

/** The text in a left-aligned ASCII bytes32, such as a registry key. */
export function keyText(key: Hex): string {
  const bytes = key.slice(2).match(/../g) ?? [];
  const codes = bytes.map((byte) => Number.parseInt(byte, 16));
  const end = codes.indexOf(0);
  const text = String.fromCharCode(...(end < 0 ? codes : codes.slice(0, end)));
  return /^[\x20-\x7e]+$/.test(text) ? text : short(key);
}
