import { type BaseUnits, byteLength, UG_PER_GRAM } from "../../amounts";
import { mass } from "../../format";
import { text } from "../../strings/text";
import { parseDecimal } from "../../typedDecimal";

const words = text.tokens.errors;
/** Vyper's bound of `beneficiary`, in bytes: an over-long value would revert without a reason. */
export const MOST_BENEFICIARY_BYTES = 64;
/** Grams with six decimals are whole micrograms. */
export const GRAM_DECIMALS = 6;
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;

export type ReadGrams = { ug: BaseUnits; error?: undefined } | { ug?: undefined; error: string };

/** Reads grams from one up to what the wallet holds, in ug. */
export function readGrams(grams: string, heldUg: BaseUnits): ReadGrams {
  const parsed = parseDecimal(grams, GRAM_DECIMALS);
  if (!parsed.ok) return { error: parsed.problem === "too-precise" ? words.precise : words.amount };
  if (parsed.value < UG_PER_GRAM) return { error: words.minimum };
  if (parsed.value > heldUg) return { error: words.most(mass(heldUg, "exact")) };
  return { ug: parsed.value };
}

/** What is wrong with the beneficiary's name, if anything; its bound is counted in bytes, as the contract does. */
export function nameError(name: string): string | undefined {
  const trimmed = name.trim();
  if (trimmed === "") return words.beneficiaryRequired;
  if (UNSEEN.test(trimmed)) return words.beneficiaryUnseen;
  const bytes = byteLength(trimmed);
  return bytes > MOST_BENEFICIARY_BYTES ? words.beneficiaryLong(bytes, MOST_BENEFICIARY_BYTES) : undefined;
}
