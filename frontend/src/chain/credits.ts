import { type Address, type Client, type Hex, zeroAddress } from "viem";
import type { AppConfig } from "../config";
import { creditsReads } from "../generated/publicAbi";
import type { Found } from "./eventStore";
import { type EventQuery, eventQuery, readEvents, readHead } from "./events";
import { readCall } from "./readCall";
import type { RetirementReport } from "./typedData";

/** What backs a certificate, by the contract's number. */
export const SOURCE_KIND = { serialRange: 1, onChainOrigin: 2, sharedBlock: 3, adapter: 4 } as const;

/** A certificate as the contract stores it. */
export interface Certificate {
  holder: Address;
  amount_ug: bigint;
  allocated_ug: bigint;
  minted_at: number;
  voided: boolean;
  vintage: number;
  registry: Hex;
  project: string;
  beneficiary: string;
  serials: string;
  retired_at: bigint;
}

/** What the event of a mint says, and where it happened. */
export interface Minted extends RetirementReport {
  id: bigint;
  transaction: Hex;
  block: bigint;
}

export interface Allocation {
  certificate: bigint;
  attestation: Hex;
  account: Address;
  amount_ug: bigint;
  transaction: Hex;
  block: bigint;
}

/** A certificate that came to a wallet or left it. */
export interface Move {
  id: bigint;
  sender: Address;
  receiver: Address;
  transaction: Hex;
  block: bigint;
  index: number;
}

function at(config: AppConfig, blockNumber?: bigint) {
  const contract = { address: config.credits, abi: creditsReads } as const;
  return blockNumber === undefined ? contract : ({ ...contract, blockNumber } as const);
}

/** One certificate at a block or at the newest, or null if it was not minted there. */
export async function readCertificate(
  client: Client,
  config: AppConfig,
  id: bigint,
  block?: bigint,
): Promise<Certificate | null> {
  const found = await readCall(client, { ...at(config, block), functionName: "certificate", args: [id] });
  return found.minted_at === 0 ? null : found;
}

/** Why a certificate is void: 1 issued in error, 2 reversed by the registry; 0 if it is not. */
export async function readVoidReason(
  client: Client,
  config: AppConfig,
  id: bigint,
  block: bigint,
): Promise<number> {
  return readCall(client, { ...at(config, block), functionName: "void_reason", args: [id] });
}

/** How many certificates a wallet holds, void ones among them. */
export async function readBalance(
  client: Client,
  config: AppConfig,
  owner: Address,
  block: bigint,
): Promise<bigint> {
  // The contract refuses the question for the zero address, which holds nothing.
  if (owner === zeroAddress) return 0n;
  return readCall(client, { ...at(config, block), functionName: "balanceOf", args: [owner] });
}

/** The `tokenURI` of a certificate, as the contract builds it. */
export async function readTokenUri(
  client: Client,
  config: AppConfig,
  id: bigint,
  block: bigint,
): Promise<string> {
  return readCall(client, { ...at(config, block), functionName: "tokenURI", args: [id] });
}

/** Asks for moves of certificates: of one, to a wallet, or from one. A mint comes from the zero address. */
export function moveQuery(
  config: AppConfig,
  args: { sender?: Address; receiver?: Address; token_id?: bigint },
) {
  return eventQuery(config, at(config), "Transfer", args);
}

/** Moves of certificates up to a block, in chain order. */
export async function readMoves(
  client: Client,
  config: AppConfig,
  args: { sender?: Address; receiver?: Address; token_id?: bigint },
  block: bigint,
): Promise<Move[]> {
  const events = await readEvents(client, moveQuery(config, args), block);
  return events.map(({ args: { sender, receiver, token_id }, transaction, block: at, index }) => ({
    id: token_id,
    sender,
    receiver,
    transaction,
    block: at,
    index,
  }));
}

/** Certificates that ever came to a wallet, by mint or by a move to it, in chain order. It may have lost some since. */
export async function readReceived(client: Client, config: AppConfig, receiver: Address): Promise<bigint[]> {
  const head = await readHead(client, [moveQuery(config, { receiver })]);
  const moves = await readMoves(client, config, { receiver }, head);
  return [...new Set(moves.map(({ id }) => id))];
}

/** Asks for mints: of one certificate, to one wallet, or for all of them. */
export function mintedQuery(config: AppConfig, args: { certificate?: bigint; holder?: Address }) {
  return eventQuery(config, at(config), "CertificateMinted", args);
}

type MintedArgs = ReturnType<typeof mintedQuery> extends EventQuery<infer Args> ? Args : never;

/** A mint in the page's words. */
export function mintedEvent({ args, transaction, block }: Found<MintedArgs>): Minted {
  const { certificate: id, holder, minter, order, retirement, source } = args;
  return { id, holder, minter, order, retirement, source, transaction, block };
}

/** Mints in chain order; none of a certificate that was never minted. */
export async function readMinted(
  client: Client,
  config: AppConfig,
  args: { certificate?: bigint; holder?: Address },
  block?: bigint,
): Promise<Minted[]> {
  const query = mintedQuery(config, args);
  const events = await readEvents(client, query, block ?? (await readHead(client, [query])));
  return events.map(mintedEvent);
}

/** Asks for what was allocated, and for what of it was undone. */
export function allocationQueries(config: AppConfig, args: { certificate: bigint } | { attestation: Hex }) {
  return [
    eventQuery(config, at(config), "Allocated", args),
    eventQuery(config, at(config), "AllocationUndone", args),
  ] as const;
}

type AllocationArgs = ReturnType<typeof allocationQueries>[1] extends EventQuery<infer Args> ? Args : never;

function allocation({ args, transaction, block }: Found<AllocationArgs>): Allocation {
  const { certificate, attestation, account, amount_ug } = args;
  return { certificate, attestation, account, amount_ug, transaction, block };
}

function sameAllocation(one: Allocation, other: Allocation): boolean {
  return (
    one.certificate === other.certificate &&
    one.attestation === other.attestation &&
    one.account === other.account &&
    one.amount_ug === other.amount_ug
  );
}

/** Allocations that stand, in chain order, of one certificate or to one attestation. */
export async function readAllocations(
  client: Client,
  config: AppConfig,
  args: { certificate: bigint } | { attestation: Hex },
  block?: bigint,
): Promise<Allocation[]> {
  const [made, taken] = allocationQueries(config, args);
  const head = block ?? (await readHead(client, [made, taken]));
  const [madeEvents, takenEvents] = await Promise.all([
    readEvents(client, made, head),
    readEvents(client, taken, head),
  ]);
  const standing = madeEvents.map(allocation);
  for (const undone of takenEvents.map(allocation)) {
    const index = standing.findLastIndex((found) => sameAllocation(found, undone));
    if (index >= 0) standing.splice(index, 1);
  }
  return standing;
}

/** The `hint` that a mint from serial numbers needs; other sources need none. */
export async function readHint(
  client: Client,
  config: AppConfig,
  source: RetirementReport["source"],
): Promise<bigint> {
  if (source.kind !== SOURCE_KIND.serialRange && source.kind !== SOURCE_KIND.sharedBlock) return 0n;
  return readCall(client, { ...at(config), functionName: "hint_for", args: [source.book, source.first] });
}
