import type { Address, Client, Hex } from "viem";
import { getContractEvents } from "viem/actions";
import type { AppConfig } from "../config";
import { ledgerAbi } from "../generated/abi";
import { allLogs } from "./logs";
import { readCall } from "./readCall";
import { type Footprint, footprintHash } from "./typedData";

const BATCH = 100;

/** An attestation as the ledger stores it. */
export interface Attestation {
  low_ug: bigint;
  central_ug: bigint;
  high_ug: bigint;
  covered_ug: bigint;
  recorded_at: number;
  tier: number;
  superseded: boolean;
}

export interface AccountTotals {
  low_ug: bigint;
  central_ug: bigint;
  high_ug: bigint;
  covered_ug: bigint;
  count: number;
}

/** What the event of a record says: all fields of the footprint and where it happened. */
export interface Recorded {
  id: Hex;
  account: Address;
  footprint: Footprint;
  footprintHash: Hex;
  transaction: Hex;
  block: bigint;
}

export interface Supersession {
  id: Hex;
  by: Hex;
}

function at(config: AppConfig) {
  return { address: config.ledger, abi: ledgerAbi } as const;
}

/** One attestation, or null if the id was never recorded. */
export async function readAttestation(
  client: Client,
  config: AppConfig,
  id: Hex,
): Promise<Attestation | null> {
  const found = await readCall(client, { ...at(config), functionName: "attestation", args: [id] });
  return found.recorded_at === 0 ? null : found;
}

/** Attestations in the order asked; never recorded ones are all zero. */
export async function readAttestations(
  client: Client,
  config: AppConfig,
  ids: readonly Hex[],
): Promise<Attestation[]> {
  const pages: Promise<readonly Attestation[]>[] = [];
  for (let start = 0; start < ids.length; start += BATCH) {
    const page = ids.slice(start, start + BATCH);
    pages.push(readCall(client, { ...at(config), functionName: "attestations", args: [page] }));
  }
  return (await Promise.all(pages)).flat();
}

export async function readAccount(client: Client, config: AppConfig, owner: Address): Promise<AccountTotals> {
  return readCall(client, { ...at(config), functionName: "account", args: [owner] });
}

/** Allocated over the high bound, in basis points. */
export async function readCoverageBps(client: Client, config: AppConfig, id: Hex): Promise<bigint> {
  return readCall(client, { ...at(config), functionName: "coverage_bps", args: [id] });
}

/** Records in chain order: of one account, with one id, or all of them. */
export async function readRecorded(
  client: Client,
  config: AppConfig,
  args: { account?: Address; id?: Hex },
): Promise<Recorded[]> {
  const logs = await allLogs(client, config.deployedBlock, (fromBlock, toBlock) =>
    getContractEvents(client, {
      ...at(config),
      eventName: "FootprintRecorded",
      args,
      fromBlock,
      toBlock,
      strict: true,
    }),
  );
  return logs.map(({ args: event, transactionHash, blockNumber }) => ({
    id: event.id,
    account: event.account,
    footprint: event.footprint,
    footprintHash: footprintHash(event.footprint),
    transaction: transactionHash,
    block: blockNumber,
  }));
}

/** Corrections that an id took part in, as the corrected one or as the correction. */
export async function readSupersessions(client: Client, config: AppConfig, id: Hex): Promise<Supersession[]> {
  const found = await Promise.all(
    [{ id }, { by: id }].map((args) =>
      allLogs(client, config.deployedBlock, (fromBlock, toBlock) =>
        getContractEvents(client, {
          ...at(config),
          eventName: "FootprintSuperseded",
          args,
          fromBlock,
          toBlock,
          strict: true,
        }),
      ),
    ),
  );
  return found.flat().map((log) => ({ id: log.args.id, by: log.args.by }));
}
