import { type Cell, csvText } from "../../csv";
import { keyText } from "../../format";
import { tokenHex } from "../../ids";
import type { AccountExport, ExportedAttestation, ExportedCertificate } from "./accountExport";

interface Column<Row> {
  name: string;
  of: (row: Row) => Cell;
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return csvText(
    columns.map(({ name }) => name),
    rows.map((row) => columns.map(({ of }) => of(row))),
  );
}

/** Attestations, one row each. Names of columns hold the unit, and the block where the value may change after it. */
export function attestationsCsv({ attestations, block, account, chain_id, ledger }: AccountExport): string {
  const columns: readonly Column<ExportedAttestation>[] = [
    { name: "chain_id", of: () => chain_id },
    { name: "ledger", of: () => ledger },
    { name: "account", of: () => account },
    { name: "attestation_id", of: ({ id }) => id },
    { name: "period_start_unix_s", of: ({ footprint }) => footprint.period_start },
    { name: "period_end_unix_s", of: ({ footprint }) => footprint.period_end },
    { name: "workloads_count", of: ({ footprint }) => footprint.count },
    { name: "evidence_tier_1_to_7", of: ({ footprint }) => footprint.tier },
    { name: "energy_uwh", of: ({ footprint }) => footprint.energy_uwh },
    { name: "low_ug_co2e", of: ({ footprint }) => footprint.low_ug },
    { name: "central_ug_co2e", of: ({ footprint }) => footprint.central_ug },
    { name: "high_ug_co2e", of: ({ footprint }) => footprint.high_ug },
    { name: "market_ug_co2e", of: ({ footprint }) => footprint.market_ug },
    { name: "embodied_ug_co2e", of: ({ footprint }) => footprint.embodied_ug },
    { name: "water_ul", of: ({ footprint }) => footprint.water_ul },
    { name: `covered_ug_co2e_at_block_${block}`, of: ({ covered_ug }) => covered_ug },
    { name: `superseded_at_block_${block}`, of: ({ superseded }) => yesNo(superseded) },
    { name: "supersedes_footprint_hash", of: ({ footprint }) => footprint.supersedes },
    { name: "methodology", of: ({ footprint }) => footprint.methodology },
    { name: "merkle_root", of: ({ footprint }) => footprint.root },
    { name: "valid_until_unix_s", of: ({ footprint }) => footprint.valid_until },
    { name: "recorded_at_unix_s", of: ({ recorded_at }) => recorded_at },
    { name: "recorded_in_block_number", of: ({ recorded_in_block }) => recorded_in_block },
    { name: "transaction", of: ({ transaction }) => transaction },
  ];
  return table(columns, attestations);
}

/** Certificates, one row each. Their texts were written by whoever retired the credits. */
export function certificatesCsv({ certificates, block, chain_id, credits }: AccountExport): string {
  const columns: readonly Column<ExportedCertificate>[] = [
    { name: "chain_id", of: () => chain_id },
    { name: "credits", of: () => credits },
    { name: "certificate_id", of: ({ id }) => tokenHex(id) },
    { name: `holder_at_block_${block}`, of: ({ holder }) => holder },
    { name: "registry", of: ({ registry }) => keyText(registry) },
    { name: "project", of: ({ project }) => project },
    { name: "vintage_year", of: ({ vintage }) => vintage },
    { name: "serials", of: ({ serials }) => serials },
    { name: "beneficiary", of: ({ beneficiary }) => beneficiary },
    { name: "retired_ug_co2e", of: ({ amount_ug }) => amount_ug },
    { name: `allocated_ug_co2e_at_block_${block}`, of: ({ allocated_ug }) => allocated_ug },
    { name: `void_at_block_${block}`, of: ({ voided }) => yesNo(voided) },
    { name: "retired_at_unix_s", of: ({ retired_at }) => retired_at },
    { name: "minted_at_unix_s", of: ({ minted_at }) => minted_at },
    { name: "arrived_in_block_number", of: ({ arrived_in_block }) => arrived_in_block },
    { name: "transaction", of: ({ transaction }) => transaction },
  ];
  return table(columns, certificates);
}
