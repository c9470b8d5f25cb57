import { type Hex, stringToHex } from "viem";
import { csvText } from "../../csv";
import { keyText } from "../../format";
import { tokenHex } from "../../ids";
import type { AccountExport } from "./accountExport";
import { type Fact, factsOf } from "./facts";

/** A column of a CSV and where its value stands in the export. */
export interface Column {
  /** Holds the unit. */
  name: string;
  key: string;
  /** What may change after the block of the export has the block in its name. */
  changes?: boolean;
}

export const ATTESTATION_COLUMNS: readonly Column[] = [
  { name: "chain_id", key: "chain_id" },
  { name: "ledger", key: "ledger" },
  { name: "account", key: "account" },
  { name: "attestation_id", key: "id" },
  { name: "period_start_unix_s", key: "footprint.period_start" },
  { name: "period_end_unix_s", key: "footprint.period_end" },
  { name: "workloads_count", key: "footprint.count" },
  { name: "evidence_tier_1_to_7", key: "footprint.tier" },
  { name: "energy_uwh", key: "footprint.energy_uwh" },
  { name: "low_ug_co2e", key: "footprint.low_ug" },
  { name: "central_ug_co2e", key: "footprint.central_ug" },
  { name: "high_ug_co2e", key: "footprint.high_ug" },
  { name: "market_ug_co2e", key: "footprint.market_ug" },
  { name: "embodied_ug_co2e", key: "footprint.embodied_ug" },
  { name: "water_ul", key: "footprint.water_ul" },
  { name: "covered_ug_co2e", key: "covered_ug", changes: true },
  { name: "superseded", key: "superseded", changes: true },
  { name: "supersedes_footprint_hash", key: "footprint.supersedes" },
  { name: "methodology", key: "footprint.methodology" },
  { name: "merkle_root", key: "footprint.root" },
  { name: "valid_until_unix_s", key: "footprint.valid_until" },
  { name: "recorded_at_unix_s", key: "recorded_at" },
  { name: "recorded_in_block_number", key: "recorded_in_block" },
  { name: "transaction", key: "transaction" },
];

export const CERTIFICATE_COLUMNS: readonly Column[] = [
  { name: "chain_id", key: "chain_id" },
  { name: "credits", key: "credits" },
  { name: "certificate_id", key: "id" },
  { name: "holder", key: "holder", changes: true },
  { name: "registry", key: "registry" },
  { name: "project", key: "project" },
  { name: "vintage_year", key: "vintage" },
  { name: "serials", key: "serials" },
  { name: "beneficiary", key: "beneficiary" },
  { name: "retired_ug_co2e", key: "amount_ug" },
  { name: "allocated_ug_co2e", key: "allocated_ug", changes: true },
  { name: "void", key: "voided", changes: true },
  { name: "retired_at_unix_s", key: "retired_at" },
  { name: "minted_at_unix_s", key: "minted_at" },
  { name: "arrived_in_block_number", key: "arrived_in_block" },
  { name: "transaction", key: "transaction" },
];

/** What a column is called in a file of one block. */
export function columnName({ name, changes }: Column, block: bigint): string {
  return changes ? `${name}_at_block_${block}` : name;
}

/** A registry's key by its letters, or whole where these would not give it back. */
function registryText(registry: Hex): string {
  const letters = keyText(registry);
  return letters.length <= 32 && stringToHex(letters, { size: 32 }) === registry ? letters : registry;
}

function cellOf(fact: Fact | undefined): string {
  return typeof fact === "boolean" ? (fact ? "yes" : "no") : String(fact);
}

function table(columns: readonly Column[], block: bigint, rows: readonly object[]): string {
  return csvText(
    columns.map((column) => columnName(column, block)),
    rows.map((row) => {
      const facts = factsOf(row);
      return columns.map(({ key }) => cellOf(facts.get(key)));
    }),
  );
}

/** Attestations, one row each. */
export function attestationsCsv({ attestations, block, account, chain_id, ledger }: AccountExport): string {
  const rows = attestations.map((row) => ({ chain_id, ledger, account, ...row }));
  return table(ATTESTATION_COLUMNS, block, rows);
}

/** Certificates, one row each. Their texts were written by whoever retired the credits. */
export function certificatesCsv({ certificates, block, chain_id, credits }: AccountExport): string {
  const rows = certificates.map((row) => {
    return { chain_id, credits, ...row, id: tokenHex(row.id), registry: registryText(row.registry) };
  });
  return table(CERTIFICATE_COLUMNS, block, rows);
}
