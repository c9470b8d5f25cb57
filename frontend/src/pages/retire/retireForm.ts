import type { Address } from "viem";
import { getAddress, isAddress } from "viem";
import { type BaseUnits, byteLength } from "../../amounts";
import type { Project } from "../../api/types";
import { mass } from "../../format";
import { text } from "../../strings/text";
import { parseDecimal } from "../../typedDecimal";

const words = text.retire.errors;
/** Vyper's bound of `Order.beneficiary`, in bytes: an over-long value would revert without a reason. */
const MAX_BENEFICIARY_BYTES = 64;
/** Longest reason that goes to the registry with the retirement, in characters: 500 less the order's own mark. */
const MAX_REASON_CHARACTERS = 433;
/** Control and format characters, separators other than a space, and halves of a character. */
const NOT_PRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/** Kilograms with nine decimals are whole micrograms. */
export const KILOGRAM_DECIMALS = 9;

export type ReadAmount = { ug: BaseUnits; error?: undefined } | { ug?: undefined; error: string };

/** The least that can be ordered, in ug. */
export function smallestUg(project: Pick<Project, "minimum_ug" | "smallest_ug">): BaseUnits {
  return BigInt(project.smallest_ug ?? project.minimum_ug);
}

/** Reads kilograms within what a project offers, in ug. */
export function readAmount(
  kilograms: string,
  project: Pick<Project, "minimum_ug" | "smallest_ug" | "available_ug" | "step_ug">,
): ReadAmount {
  const parsed = parseDecimal(kilograms, KILOGRAM_DECIMALS);
  if (!parsed.ok) return { error: parsed.problem === "too-precise" ? words.precise : words.amount };
  const [minimum, available] = [smallestUg(project), BigInt(project.available_ug)];
  const step = BigInt(project.step_ug ?? 1);
  if (parsed.value === 0n || parsed.value < minimum) return { error: words.minimum(mass(minimum, "exact")) };
  if (parsed.value > available) return { error: words.available(mass(available, "exact")) };
  if (step > 0n && parsed.value % step !== 0n) return { error: words.step(mass(step, "exact")) };
  return { ug: parsed.value };
}

/** What of an amount is a multiple of what the project is sold in, in ug. */
export function inSteps(ug: BaseUnits, project: Pick<Project, "step_ug">): BaseUnits {
  const step = BigInt(project.step_ug ?? 1);
  return step > 0n ? ug - (ug % step) : ug;
}

/** What is wrong with the beneficiary's name, if anything; its bound is counted in bytes, as the contract does. */
export function beneficiaryError(name: string): string | undefined {
  const trimmed = name.trim();
  if (trimmed === "") return words.beneficiaryRequired;
  if (NOT_PRINTABLE.test(trimmed)) return words.invisible;
  const bytes = byteLength(trimmed);
  return bytes > MAX_BENEFICIARY_BYTES ? words.beneficiaryLong(bytes, MAX_BENEFICIARY_BYTES) : undefined;
}

/** What is wrong with the reason that the registry is told, if anything. */
export function reasonError(reason: string): string | undefined {
  const trimmed = reason.trim();
  if (trimmed === "") return words.reasonRequired;
  if (NOT_PRINTABLE.test(trimmed)) return words.invisible;
  // Counted as the gateway does: a character beyond the first 65,536 is one, not two.
  return [...trimmed].length > MAX_REASON_CHARACTERS ? words.reasonLong(MAX_REASON_CHARACTERS) : undefined;
}

/** An account that gets a certificate as a gift. Mixed case must carry the right checksum; zero is nobody. */
export function readHolder(value: string): Address | null {
  const trimmed = value.trim();
  const isPlain = /^0x[0-9a-f]{40}$/.test(trimmed);
  if (!isAddress(trimmed, { strict: !isPlain }) || /^0x0{40}$/.test(trimmed)) return null;
  return getAddress(trimmed);
}
