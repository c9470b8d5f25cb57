import type { Address, Client } from "viem";
import type { AppConfig } from "../config";
import { type Certificate, readCertificate, readReceived } from "./credits";
import {
  type AccountTotals,
  type Attestation,
  type Recorded,
  readAccount,
  readAttestations,
  readRecorded,
} from "./ledger";

export interface OwnAttestation extends Recorded {
  state: Attestation;
}

export interface OwnCertificate {
  id: bigint;
  state: Certificate;
}

/** Everything that the chain says about one account, newest first. */
export interface AccountState {
  totals: AccountTotals;
  attestations: readonly OwnAttestation[];
  certificates: readonly OwnCertificate[];
}

async function readOwnAttestations(
  client: Client,
  config: AppConfig,
  account: Address,
): Promise<OwnAttestation[]> {
  const records = await readRecorded(client, config, { account });
  const states = await readAttestations(
    client,
    config,
    records.map(({ id }) => id),
  );
  return records.flatMap((record, index) => {
    const state = states[index];
    return state ? [{ ...record, state }] : [];
  });
}

async function readOwnCertificates(
  client: Client,
  config: AppConfig,
  account: Address,
): Promise<OwnCertificate[]> {
  const received = await readReceived(client, config, account);
  const states = await Promise.all(received.map((id) => readCertificate(client, config, id)));
  return received.flatMap((id, index) => {
    const state = states[index];
    return state && state.holder.toLowerCase() === account.toLowerCase() ? [{ id, state }] : [];
  });
}

export async function readAccountState(
  client: Client,
  config: AppConfig,
  account: Address,
): Promise<AccountState> {
  const [totals, attestations, certificates] = await Promise.all([
    readAccount(client, config, account),
    readOwnAttestations(client, config, account),
    readOwnCertificates(client, config, account),
  ]);
  return { totals, attestations: attestations.reverse(), certificates: certificates.reverse() };
}
