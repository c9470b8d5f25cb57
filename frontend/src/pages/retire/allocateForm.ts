import { type BaseUnits, parseDecimal } from "../../amounts";
import { mass } from "../../format";
import { text } from "../../strings/text";
import { KILOGRAM_DECIMALS } from "./retireForm";

/** Reads kilograms up to what both sides allow, in ug. */
export function readAllocation(
  kilograms: string,
  mostUg: BaseUnits,
): { ug: BaseUnits; error?: undefined } | { ug?: undefined; error: string } {
  const parsed = parseDecimal(kilograms, KILOGRAM_DECIMALS);
  if (!parsed.ok) {
    return {
      error: parsed.problem === "too-precise" ? text.retire.errors.precise : text.retire.errors.amount,
    };
  }
  if (parsed.value === 0n) return { error: text.record.errors.positive };
  return parsed.value > mostUg ? { error: text.allocate.tooMuch(mass(mostUg)) } : { ug: parsed.value };
}
