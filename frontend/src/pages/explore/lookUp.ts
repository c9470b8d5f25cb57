import { type Client, type Hex, isHex } from "viem";
import { mintedQuery, readCertificate, readMinted } from "../../chain/credits";
import { readHead } from "../../chain/events";
import { readAttestation, recordedQuery } from "../../chain/ledger";
import type { AppConfig } from "../../config";
import { type Match, matches, type Understood } from "./understand";

/** A transaction that the chain knows, with the attestations and certificates that it made. */
export interface FoundTransaction {
  hash: Hex;
  attestations: readonly Hex[];
  certificates: readonly Hex[];
}

/** What answers to a search. */
export interface Found {
  attestation: Hex | null;
  certificate: Hex | null;
  transaction: FoundTransaction | null;
  matches: readonly Match[];
}

const NOTHING: Found = { attestation: null, certificate: null, transaction: null, matches: [] };

interface ReceiptLog {
  address: string;
  topics: readonly Hex[];
}

function isLog(value: unknown): value is ReceiptLog {
  const { address, topics } = (value ?? {}) as Partial<ReceiptLog>;
  return typeof address === "string" && Array.isArray(topics) && topics.every((topic) => isHex(topic));
}

/** Ids that a transaction made: the second topic of the events that say so. */
function made(logs: readonly ReceiptLog[], contract: string, event: Hex): Hex[] {
  return logs.flatMap(({ address, topics }) => {
    const id = topics[1];
    const isOurs = address.toLowerCase() === contract.toLowerCase() && topics[0] === event;
    return isOurs && id !== undefined ? [id] : [];
  });
}

async function readTransaction(
  client: Client,
  config: AppConfig,
  hash: Hex,
): Promise<FoundTransaction | null> {
  const receipt: unknown = await client.request({ method: "eth_getTransactionReceipt", params: [hash] });
  if (receipt === null) return null;
  const { logs } = receipt as { logs?: unknown };
  if (!Array.isArray(logs) || !logs.every(isLog)) throw new Error("the node gave no receipt");
  return {
    hash,
    attestations: made(logs, config.ledger, recordedQuery(config, {}).topic),
    certificates: made(logs, config.credits, mintedQuery(config, {}).topic),
  };
}

async function readWord(client: Client, config: AppConfig, word: Hex): Promise<Found> {
  const [attestation, certificate, transaction] = await Promise.all([
    readAttestation(client, config, word),
    readCertificate(client, config, BigInt(word)),
    readTransaction(client, config, word),
  ]);
  return { ...NOTHING, attestation: attestation && word, certificate: certificate && word, transaction };
}

async function readMatches(client: Client, config: AppConfig, text: string): Promise<readonly Match[]> {
  const head = await readHead(client, [mintedQuery(config, {})]);
  return matches(await readMinted(client, config, {}, head), text);
}

/** Looks up what a search was understood as. An address needs no look: every one has a page. */
export async function lookUp(client: Client, config: AppConfig, understood: Understood): Promise<Found> {
  if (understood.kind === "word") return readWord(client, config, understood.word);
  if (understood.kind === "text")
    return { ...NOTHING, matches: await readMatches(client, config, understood.text) };
  if (understood.kind !== "number") return NOTHING;
  const id: Hex = `0x${understood.number.toString(16).padStart(64, "0")}`;
  const [certificate, found] = await Promise.all([
    understood.number < 2n ** 256n ? readCertificate(client, config, understood.number) : null,
    readMatches(client, config, understood.number.toString()),
  ]);
  return { ...NOTHING, certificate: certificate && id, matches: found };
}
