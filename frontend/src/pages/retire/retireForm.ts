import { type BaseUnits, byteLength, parseDecimal } from "../../amounts";
import type { Project } from "../../api/types";
import { mass } from "../../format";
import { text } from "../../strings/text";

const words = text.retire.errors;
/** Vyper's bound of `Retirement.beneficiary`, in bytes: an over-long value would revert without a reason. */
const MAX_BENEFICIARY_BYTES = 64;
/** Longest message that goes to the registry with the retirement, in characters. */
const MAX_MESSAGE_CHARACTERS = 500;

/** Kilograms with nine decimals are whole micrograms. */
export const KILOGRAM_DECIMALS = 9;

export type ReadAmount = { ug: BaseUnits; error?: undefined } | { ug?: undefined; error: string };

/** Reads kilograms within what a project offers, in ug. */
export function readAmount(
  kilograms: string,
  project: Pick<Project, "minimum_ug" | "available_ug">,
): ReadAmount {
  const parsed = parseDecimal(kilograms, KILOGRAM_DECIMALS);
  if (!parsed.ok) return { error: parsed.problem === "too-precise" ? words.precise : words.amount };
  const [minimum, available] = [BigInt(project.minimum_ug), BigInt(project.available_ug)];
  if (parsed.value === 0n || parsed.value < minimum) return { error: words.minimum(mass(minimum)) };
  if (parsed.value > available) return { error: words.available(mass(available)) };
  return { ug: parsed.value };
}

/** What is wrong with the beneficiary's name, if anything; its bound is counted in bytes, as the contract does. */
export function beneficiaryError(name: string): string | undefined {
  if (name.trim() === "") return words.beneficiaryRequired;
  const bytes = byteLength(name.trim());
  return bytes > MAX_BENEFICIARY_BYTES ? words.beneficiaryLong(bytes, MAX_BENEFICIARY_BYTES) : undefined;
}

/** What is wrong with the message to the registry, if anything. */
export function messageError(message: string): string | undefined {
  if (message.trim() === "") return words.messageRequired;
  return message.length > MAX_MESSAGE_CHARACTERS ? words.messageLong(MAX_MESSAGE_CHARACTERS) : undefined;
}
