import type { Hex } from "viem";
import { type BaseUnits, smaller } from "../../amounts";
import type { Attestation } from "../../chain/ledger";
import type { Allocation } from "../../flows/allocate";
import { uncoveredUg } from "../../flows/allocationAmounts";
import { mass } from "../../format";
import { parseReportId } from "../../ids";
import { text } from "../../strings/text";
import { parseDecimal } from "../../typedDecimal";
import { KILOGRAM_DECIMALS } from "./retireForm";

const words = text.allocate;

/** Stands for an attestation that is named by its id. */
export const OTHER = "other";

/** One allocation as it was typed. */
export interface RowInput {
  key: number;
  /** Id of an own attestation, or `OTHER`. */
  target: string;
  otherId: string;
  kilograms: string;
}

/** The same, understood: all that is missing is null, what is wrong is said. */
export interface RowRead {
  attestation: Hex | null;
  /** The most that both sides allow beside the other rows, in ug. */
  mostUg: BaseUnits;
  amountUg: BaseUnits | null;
  idError: string | undefined;
  amountError: string | undefined;
}

/** Attestations by id; null for an id that is not on the ledger, nothing for one that is not read yet. */
export type Known = Readonly<Record<string, Attestation | null | undefined>>;

export function targetOf(row: RowInput): Hex | null {
  return row.target === OTHER ? parseReportId(row.otherId) : (row.target as Hex);
}

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
  return parsed.value > mostUg ? { error: words.tooMuch(mass(mostUg, "exact")) } : { ug: parsed.value };
}

function typedUg(row: RowInput): BaseUnits {
  const parsed = parseDecimal(row.kilograms, KILOGRAM_DECIMALS);
  return parsed.ok ? parsed.value : 0n;
}

function idErrorOf(
  row: RowInput,
  id: Hex | null,
  rows: readonly RowInput[],
  known: Known,
): string | undefined {
  if (id === null) return row.otherId === "" ? undefined : text.attestation.malformed;
  if (known[id] === null) return words.missing;
  const first = rows.find((other) => targetOf(other) === id);
  return first === row ? undefined : words.twice;
}

/** Understands all rows together: they share what is free of the certificate. */
export function readRows(rows: readonly RowInput[], freeUg: BaseUnits, known: Known): RowRead[] {
  const total = rows.reduce((sum, row) => sum + typedUg(row), 0n);
  return rows.map((row) => {
    const attestation = targetOf(row);
    const state = attestation ? known[attestation] : undefined;
    const left = freeUg - (total - typedUg(row));
    const mostUg = state ? smaller(left, uncoveredUg(state)) : 0n;
    const read = readAllocation(row.kilograms, mostUg);
    return {
      attestation: state ? attestation : null,
      mostUg,
      amountUg: read.ug ?? null,
      idError: idErrorOf(row, attestation, rows, known),
      amountError: row.kilograms === "" ? undefined : read.error,
    };
  });
}

/** What is to be sent, or null while any row is not complete and right. */
export function allocationsOf(rows: readonly RowRead[]): readonly Allocation[] | null {
  const all = rows.flatMap(({ attestation, amountUg, idError }) =>
    attestation !== null && amountUg !== null && idError === undefined ? [{ attestation, amountUg }] : [],
  );
  return all.length === rows.length && all.length > 0 ? all : null;
}
