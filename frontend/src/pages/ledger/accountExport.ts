import type { Address, Client, Hex } from "viem";
import { readAccountEvents } from "../../chain/accountView";
import { type Certificate, readCertificate } from "../../chain/credits";
import type { Footprint } from "../../chain/footprint";
import { type AccountTotals, type Attestation, readAttestations } from "../../chain/ledger";
import type { AppConfig } from "../../config";

export const FORMAT = "greenledger-account/1";

/** An attestation as the chain held it at the block of the export. */
export interface ExportedAttestation extends Pick<Attestation, "covered_ug" | "recorded_at" | "superseded"> {
  id: Hex;
  transaction: Hex;
  recorded_in_block: bigint;
  footprint: Footprint;
}

export interface ExportedCertificate extends Certificate {
  id: bigint;
  transaction: Hex;
  arrived_in_block: bigint;
}

/** All that the chain held of one account at one block, in base units and Unix seconds. Newest first. */
export interface AccountExport {
  format: typeof FORMAT;
  chain_id: number;
  ledger: Address;
  credits: Address;
  account: Address;
  block: bigint;
  totals: AccountTotals;
  attestations: readonly ExportedAttestation[];
  certificates: readonly ExportedCertificate[];
}

/** What a file holds of an export: all of it, or one of its lists with what the rows say of their place. */
export type ExportFile = Pick<AccountExport, "block"> & Partial<Omit<AccountExport, "block">>;

/** An account as it was read, and whether the node told all of it. */
export interface ReadAccount {
  exported: AccountExport;
  complete: boolean;
}

/** Reads an account whole, at the newest block or at an earlier one. */
export async function readAccountExport(
  client: Client,
  config: AppConfig,
  account: Address,
  at?: bigint,
): Promise<ReadAccount> {
  const { block, totals, records, certificates, complete } = await readAccountEvents(
    client,
    config,
    account,
    at,
  );
  const [states, held] = await Promise.all([
    readAttestations(
      client,
      config,
      records.map(({ id }) => id),
      block,
    ),
    Promise.all(certificates.map(({ id }) => readCertificate(client, config, id, block))),
  ]);
  const exported: AccountExport = {
    format: FORMAT,
    chain_id: config.chainId,
    ledger: config.ledger,
    credits: config.credits,
    account,
    block,
    totals,
    attestations: records.flatMap(({ id, transaction, block: recorded_in_block, footprint }, index) => {
      const state = states[index];
      if (state === undefined) return [];
      const { covered_ug, recorded_at, superseded } = state;
      return [{ id, transaction, recorded_in_block, recorded_at, superseded, covered_ug, footprint }];
    }),
    certificates: certificates.flatMap(({ id, arrived }, index) => {
      const state = held[index];
      return state
        ? [{ id, transaction: arrived.transaction, arrived_in_block: arrived.block, ...state }]
        : [];
    }),
  };
  return { exported, complete };
}

/** The export as JSON; whole numbers that may be large are decimal texts, so that no reader rounds them. */
export function exportJson(exported: AccountExport): string {
  const exact = (_name: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
  return `${JSON.stringify(exported, exact, 2)}\n`;
}
