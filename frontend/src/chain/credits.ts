import type { Address, Client, Hex } from "viem";
import { getContractEvents } from "viem/actions";
import type { AppConfig } from "../config";
import { creditsAbi } from "../generated/abi";
import { allLogs } from "./logs";
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
export interface Minted {
  id: bigint;
  holder: Address;
  retirement: RetirementReport["retirement"];
  source: RetirementReport["source"];
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

/** The JSON behind `tokenURI`, as far as the page shows it. */
export interface TokenMetadata {
  name: string;
  description: string;
  /** A data URI that the contract built. */
  image: string;
}

function at(config: AppConfig) {
  return { address: config.credits, abi: creditsAbi } as const;
}

/** One certificate, or null if it was never minted. */
export async function readCertificate(
  client: Client,
  config: AppConfig,
  id: bigint,
): Promise<Certificate | null> {
  const found = await readCall(client, { ...at(config), functionName: "certificate", args: [id] });
  return found.minted_at === 0 ? null : found;
}

/** Certificates that ever came to a wallet, by mint or by a move to it, in chain order. It may have lost some since. */
export async function readReceived(client: Client, config: AppConfig, receiver: Address): Promise<bigint[]> {
  const logs = await allLogs(client, config.deployedBlock, (fromBlock, toBlock) =>
    getContractEvents(client, {
      ...at(config),
      eventName: "Transfer",
      args: { receiver },
      fromBlock,
      toBlock,
      strict: true,
    }),
  );
  return [...new Set(logs.map(({ args: event }) => event.token_id))];
}

/** The mint of one certificate; none if it was never minted. */
export async function readMinted(
  client: Client,
  config: AppConfig,
  args: { certificate: bigint },
): Promise<Minted[]> {
  const logs = await allLogs(client, config.deployedBlock, (fromBlock, toBlock) =>
    getContractEvents(client, {
      ...at(config),
      eventName: "CertificateMinted",
      args,
      fromBlock,
      toBlock,
      strict: true,
    }),
  );
  return logs.map(({ args: event, transactionHash, blockNumber }) => ({
    id: event.certificate,
    holder: event.holder,
    retirement: event.retirement,
    source: event.source,
    transaction: transactionHash,
    block: blockNumber,
  }));
}

async function readAllocationEvents(
  client: Client,
  config: AppConfig,
  eventName: "Allocated" | "AllocationUndone",
  args: { certificate: bigint } | { attestation: Hex },
): Promise<Allocation[]> {
  const logs = await allLogs(client, config.deployedBlock, (fromBlock, toBlock) =>
    getContractEvents(client, { ...at(config), eventName, args, fromBlock, toBlock, strict: true }),
  );
  return logs.map(({ args: event, transactionHash, blockNumber }) => ({
    certificate: event.certificate,
    attestation: event.attestation,
    account: event.account,
    amount_ug: event.amount_ug,
    transaction: transactionHash,
    block: blockNumber,
  }));
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
): Promise<Allocation[]> {
  const [standing, undone] = await Promise.all([
    readAllocationEvents(client, config, "Allocated", args),
    readAllocationEvents(client, config, "AllocationUndone", args),
  ]);
  for (const allocation of undone) {
    const index = standing.findLastIndex((made) => sameAllocation(made, allocation));
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

function decodeJsonUri(uri: string): unknown {
  const match = /^data:application\/json(?:;charset=[\w-]+)?(;base64)?,([\s\S]*)$/.exec(uri);
  if (match === null) throw new Error("tokenURI is not a JSON data URI");
  const body = match[2] ?? "";
  if (!match[1]) return JSON.parse(decodeURIComponent(body));
  const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** Reads a token's metadata. An image that is not a data URI is left out, so that the page asks no foreign host. */
export function parseTokenUri(uri: string): TokenMetadata {
  const raw = decodeJsonUri(uri) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  const image = text(raw.image);
  return {
    name: text(raw.name),
    description: text(raw.description),
    image: image.startsWith("data:image/") ? image : "",
  };
}

export async function readTokenMetadata(
  client: Client,
  config: AppConfig,
  id: bigint,
): Promise<TokenMetadata> {
  return parseTokenUri(await readCall(client, { ...at(config), functionName: "tokenURI", args: [id] }));
}
