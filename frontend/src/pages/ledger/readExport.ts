import type { Address } from "viem";
import { type Footprint, footprintFields } from "../../chain/footprint";
import type { RecordedEvent } from "../../chain/ledger";
import type { AppConfig } from "../../config";
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

function readNumber(row: Row, key: string, at: string): number {
  const value = Number(readWhole(row, key, at));
  if (Number.isSafeInteger(value)) return value;
  throw new InvalidShape(`${at}.${key}`, "a whole number below 2^53");
}

function readList(row: Row, key: string): readonly unknown[] {
  const value = row[key];
  if (Array.isArray(value)) return value;
  throw new InvalidShape(key, "a list");
}

function readAttestation(value: unknown, at: string, account: Address): ExportedAttestation {
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

function readCertificate(value: unknown, at: string): ExportedCertificate {
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

export type Comparison =
  | { is: "other chain" }
  | { is: "other account"; account: Address }
  | { is: "compared"; differ: readonly ExportedAttestation[]; since: number };

function sameFootprint(one: Footprint, other: Footprint): boolean {
  return footprintFields.every(({ name }) => one[name] === other[name]);
}

/** Whether the attestations of an export stand on the chain, field by field, and how many came after it. */
export function compareExport(
  exported: AccountExport,
  config: AppConfig,
  account: Address,
  records: readonly RecordedEvent[],
): Comparison {
  const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
  if (exported.chain_id !== config.chainId || !same(exported.ledger, config.ledger))
    return { is: "other chain" };
  if (!same(exported.account, account)) return { is: "other account", account: exported.account };
  const onChain = new Map(records.map(({ id, footprint }) => [id.toLowerCase(), footprint]));
  const differ = exported.attestations.filter(({ id, footprint }) => {
    const found = onChain.get(id);
    return found === undefined || !sameFootprint(found, footprint);
  });
  const known = new Set(exported.attestations.map(({ id }) => id as string));
  const since = records.filter(({ id }) => !known.has(id.toLowerCase())).length;
  return { is: "compared", differ, since };
}
