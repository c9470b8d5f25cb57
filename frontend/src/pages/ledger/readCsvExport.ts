import { type Hex, stringToHex } from "viem";
import { readCsv } from "../../csv";
import { InvalidShape, type Row, readAddress } from "../../evidence/reader";
import { parseReportId } from "../../ids";
import type { ExportFile } from "./accountExport";
import { ATTESTATION_COLUMNS, CERTIFICATE_COLUMNS, type Column, columnName } from "./exportCsv";
import { readAttestation, readCertificate, readNumber } from "./readExport";

const BLOCK = /_at_block_(\d{1,20})$/;
const FLAGS: Readonly<Record<string, boolean>> = { yes: true, no: false };
const FOOTPRINT = "footprint.";

/** The cells of a row under the names that they have in the JSON export. */
function rowOf(columns: readonly Column[], cells: readonly string[], at: string): Row {
  if (cells.length !== columns.length) throw new InvalidShape(at, `a row of ${columns.length} cells`);
  const row: Row = {};
  const footprint: Row = {};
  columns.forEach(({ key }, index) => {
    const value = cells[index] ?? "";
    if (key.startsWith(FOOTPRINT)) footprint[key.slice(FOOTPRINT.length)] = value;
    else row[key] = key === "superseded" || key === "voided" ? (FLAGS[value] ?? value) : value;
  });
  return { ...row, footprint };
}

/** A registry's key from its letters, or as it stands. */
function registryKey(text: string, at: string): Hex {
  const whole = parseReportId(text);
  if (whole !== null) return whole;
  if (text.length > 32) throw new InvalidShape(`${at}.registry`, "a key of at most 32 letters");
  return stringToHex(text, { size: 32 });
}

/** Checks that a name is the same in all rows, and gives it as it is read in the first. */
function common<T>(
  rows: readonly Row[],
  key: string,
  read: (row: Row, key: string, at: string) => T,
): T | undefined {
  const first = rows[0];
  const other = rows.findIndex((row) => row[key] !== first?.[key]);
  if (other > 0) throw new InvalidShape(`row ${other + 1}.${key}`, "the same as in row 1");
  return first && read(first, key, "row 1");
}

function attestationsOf(rows: readonly Row[], block: bigint): ExportFile {
  const account = common(rows, "account", readAddress);
  return {
    block,
    chain_id: common(rows, "chain_id", readNumber),
    ledger: common(rows, "ledger", readAddress),
    account,
    attestations: rows.map((row, index) => readAttestation(row, `row ${index + 1}`, account ?? "0x")),
  };
}

function certificatesOf(rows: readonly Row[], block: bigint): ExportFile {
  return {
    block,
    chain_id: common(rows, "chain_id", readNumber),
    credits: common(rows, "credits", readAddress),
    // A certificate is listed with whoever held it at the block of the export.
    account: common(rows, "holder", readAddress),
    certificates: rows.map((row, index) => {
      const at = `row ${index + 1}`;
      const id = parseReportId(String(row.id));
      const registry = registryKey(String(row.registry), at);
      return readCertificate({ ...row, id: id === null ? row.id : BigInt(id).toString(), registry }, at);
    }),
  };
}

/**
 * Reads one of the lists that were exported as CSV, without loss. Throws `InvalidShape` naming the row and the field, or
 * `SyntaxError` for what is no such list.
 */
export function readCsvExport(text: string): ExportFile {
  const [header = [], ...rows] = readCsv(text);
  const block = BigInt(header.map((name) => BLOCK.exec(name)?.[1]).find((found) => found !== undefined) ?? 0);
  const isOf = (columns: readonly Column[]) =>
    header.join() === columns.map((column) => columnName(column, block)).join();
  const read = (columns: readonly Column[]) =>
    rows.map((cells, index) => rowOf(columns, cells, `row ${index + 1}`));
  if (isOf(ATTESTATION_COLUMNS)) return attestationsOf(read(ATTESTATION_COLUMNS), block);
  if (isOf(CERTIFICATE_COLUMNS)) return certificatesOf(read(CERTIFICATE_COLUMNS), block);
  throw new SyntaxError("not a CSV of this page");
}
