import type { Address } from "viem";
import {
  InvalidShape,
  type Row,
  readAddress,
  readHash,
  readRow,
  readText,
  readWhole,
} from "../../evidence/reader";
import { readFootprintReport } from "../../evidence/report";
import {
  type AccountExport,
  type ExportedAttestation,
  type ExportedCertificate,
  FORMAT,
} from "./accountExport";

function readFlag(row: Row, key: string, at: string): boolean {
  const value = row[key];
  if (typeof value === "boolean") return value;
  throw new InvalidShape(`${at}.${key}`, "true or false");
}

export function readNumber(row: Row, key: string, at: string): number {
  const value = Number(readWhole(row, key, at));
  if (Number.isSafeInteger(value)) return value;
  throw new InvalidShape(`${at}.${key}`, "a whole number below 2^53");
}

function readList(row: Row, key: string): readonly unknown[] {
  const value = row[key];
  if (Array.isArray(value)) return value;
  throw new InvalidShape(key, "a list");
}

export function readAttestation(value: unknown, at: string, account: Address): ExportedAttestation {
  const row = readRow(value, at);
  return {
    id: readHash(row, "id", at),
    transaction: readHash(row, "transaction", at),
    recorded_in_block: readWhole(row, "recorded_in_block", at),
    recorded_at: readNumber(row, "recorded_at", at),
    superseded: readFlag(row, "superseded", at),
    covered_ug: readWhole(row, "covered_ug", at),
    footprint: readFootprintReport({ account, footprint: row.footprint }).footprint,
  };
}

export function readCertificate(value: unknown, at: string): ExportedCertificate {
  const row = readRow(value, at);
  return {
    id: readWhole(row, "id", at),
    transaction: readHash(row, "transaction", at),
    arrived_in_block: readWhole(row, "arrived_in_block", at),
    holder: readAddress(row, "holder", at),
    amount_ug: readWhole(row, "amount_ug", at),
    allocated_ug: readWhole(row, "allocated_ug", at),
    minted_at: readNumber(row, "minted_at", at),
    voided: readFlag(row, "voided", at),
    vintage: readNumber(row, "vintage", at),
    registry: readHash(row, "registry", at),
    project: readText(row, "project", at),
    beneficiary: readText(row, "beneficiary", at),
    serials: readText(row, "serials", at),
    retired_at: readWhole(row, "retired_at", at),
  };
}

/** Reads what `exportJson` wrote, without loss. Throws `InvalidShape` naming the field, or `SyntaxError`. */
export function readExport(json: string): AccountExport {
  const row = readRow(JSON.parse(json), "export");
  if (row.format !== FORMAT) throw new InvalidShape("format", FORMAT);
  const totals = readRow(row.totals, "totals");
  const account = readAddress(row, "account", "export");
  return {
    format: FORMAT,
    chain_id: readNumber(row, "chain_id", "export"),
    ledger: readAddress(row, "ledger", "export"),
    credits: readAddress(row, "credits", "export"),
    account,
    block: readWhole(row, "block", "export"),
    totals: {
      low_ug: readWhole(totals, "low_ug", "totals"),
      central_ug: readWhole(totals, "central_ug", "totals"),
      high_ug: readWhole(totals, "high_ug", "totals"),
      covered_ug: readWhole(totals, "covered_ug", "totals"),
      count: readNumber(totals, "count", "totals"),
    },
    attestations: readList(row, "attestations").map((item, index) =>
      readAttestation(item, `attestations[${index}]`, account),
    ),
    certificates: readList(row, "certificates").map((item, index) =>
      readCertificate(item, `certificates[${index}]`),
    ),
  };
}
