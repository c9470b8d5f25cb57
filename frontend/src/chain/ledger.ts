import type { Address, Client, Hex } from "viem";
import type { AppConfig } from "../config";
import { ledgerReads } from "../generated/publicAbi";
import type { Found } from "./eventStore";
import { type EventQuery, eventQuery, readEvents, readHead } from "./events";
import { type Footprint, footprintHash } from "./footprint";
import { readCall } from "./readCall";

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
export interface RecordedEvent {
  id: Hex;
  account: Address;
  footprint: Footprint;
  transaction: Hex;
  block: bigint;
}

export interface Recorded extends RecordedEvent {
  footprintHash: Hex;
}

export interface Supersession {
  id: Hex;
  by: Hex;
  transaction: Hex;
  block: bigint;
}

function at(config: AppConfig, blockNumber?: bigint) {
  const contract = { address: config.ledger, abi: ledgerReads } as const;
  return blockNumber === undefined ? contract : ({ ...contract, blockNumber } as const);
}

/** One attestation at a block or at the newest, or null if the id was not recorded there. */
export async function readAttestation(
  client: Client,
  config: AppConfig,
  id: Hex,
  block?: bigint,
): Promise<Attestation | null> {
  const found = await readCall(client, { ...at(config, block), functionName: "attestation", args: [id] });
  return found.recorded_at === 0 ? null : found;
}

/** Attestations in the order asked; never recorded ones are all zero. */
export async function readAttestations(
  client: Client,
  config: AppConfig,
  ids: readonly Hex[],
  block?: bigint,
): Promise<Attestation[]> {
  const pages: Promise<readonly Attestation[]>[] = [];
  for (let start = 0; start < ids.length; start += BATCH) {
    const page = ids.slice(start, start + BATCH);
    pages.push(readCall(client, { ...at(config, block), functionName: "attestations", args: [page] }));
  }
  return (await Promise.all(pages)).flat();
}

export async function readAccount(
  client: Client,
  config: AppConfig,
  owner: Address,
  block?: bigint,
): Promise<AccountTotals> {
  return readCall(client, { ...at(config, block), functionName: "account", args: [owner] });
}

/** Allocated over the high bound, in basis points. */
export async function readCoverageBps(client: Client, config: AppConfig, id: Hex): Promise<bigint> {
  return readCall(client, { ...at(config), functionName: "coverage_bps", args: [id] });
}

/** Whether new reports under a methodology are accepted. */
export async function readApproved(
  client: Client,
  config: AppConfig,
  methodology: Hex,
  block: bigint,
): Promise<boolean> {
  const args = [methodology] as const;
  return readCall(client, { ...at(config, block), functionName: "is_methodology_approved", args });
}

/** Asks for records: of one account, with one id, or for all of them. */
export function recordedQuery(config: AppConfig, args: { account?: Address; id?: Hex }) {
  return eventQuery(config, at(config), "FootprintRecorded", args);
}

type RecordedArgs = ReturnType<typeof recordedQuery> extends EventQuery<infer Args> ? Args : never;

/** A record in the page's words. */
export function recordedEvent({ args, transaction, block }: Found<RecordedArgs>): RecordedEvent {
  return { id: args.id, account: args.account, footprint: args.footprint, transaction, block };
}

/** Records in chain order: of one account, with one id, or all of them. */
export async function readRecorded(
  client: Client,
  config: AppConfig,
  args: { account?: Address; id?: Hex },
  block?: bigint,
): Promise<Recorded[]> {
  const query = recordedQuery(config, args);
  const events = await readEvents(client, query, block ?? (await readHead(client, [query])));
  return events
    .map(recordedEvent)
    .map((found) => ({ ...found, footprintHash: footprintHash(found.footprint) }));
}

/** Asks which attestation replaced one, and which one it replaced. */
export function supersessionQueries(config: AppConfig, id: Hex) {
  return [
    eventQuery(config, at(config), "FootprintSuperseded", { id }),
    eventQuery(config, at(config), "FootprintSuperseded", { by: id }),
  ] as const;
}

/** Corrections that an id took part in, as the corrected one or as the correction. */
export async function readSupersessions(
  client: Client,
  config: AppConfig,
  id: Hex,
  block: bigint,
): Promise<Supersession[]> {
  const queries = supersessionQueries(config, id);
  const found = await Promise.all(queries.map((query) => readEvents(client, query, block)));
  return found.flat().map((log) => ({
    id: log.args.id,
    by: log.args.by,
    transaction: log.transaction,
    block: log.block,
  }));
}

/** Asks where a methodology was approved or withdrawn. */
export function methodologyQuery(config: AppConfig, methodology: Hex) {
  return eventQuery(config, at(config), "MethodologySet", { methodology });
}
