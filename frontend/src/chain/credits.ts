import type { Address, Client, Hex } from "viem";
import { getContractEvents } from "viem/actions";
import type { AppConfig } from "../config";
import { creditsAbi } from "../generated/abi";
import { allLogs } from "./logs";
import { readCall } from "./readCall";
import type { RetirementReport } from "./typedData";

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

/** Mints in chain order, to one holder or of one certificate. */
export async function readMinted(
  client: Client,
  config: AppConfig,
  args: { holder: Address } | { certificate: bigint },
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

/** Allocations in chain order, of one certificate or to one attestation. */
export async function readAllocations(
  client: Client,
  config: AppConfig,
  args: { certificate: bigint } | { attestation: Hex },
): Promise<Allocation[]> {
  const logs = await allLogs(client, config.deployedBlock, (fromBlock, toBlock) =>
    getContractEvents(client, {
      ...at(config),
      eventName: "Allocated",
      args,
      fromBlock,
      toBlock,
      strict: true,
    }),
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

/** The `hint` that a mint from a serial range needs; other sources need none. */
export async function readHint(
  client: Client,
  config: AppConfig,
  source: RetirementReport["source"],
): Promise<bigint> {
  if (source.kind !== 1) return 0n;
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
