import { type Client, zeroAddress } from "viem";
import type { AppConfig } from "../config";
import {
  type Allocation,
  allocationQueries,
  type Certificate,
  type Minted,
  type Move,
  mintedQuery,
  moveQuery,
  readAllocations,
  readCertificate,
  readMinted,
  readMoves,
  readTokenUri,
  readVoidReason,
} from "./credits";
import { readHead } from "./events";
import { parseTokenUri, type TokenMetadata } from "./tokenMetadata";

/** All that the chain says about one certificate at one block. */
export interface CertificateView {
  block: bigint;
  certificate: Certificate;
  minted: Minted | undefined;
  /** 1 issued in error, 2 reversed by the registry; 0 if it is not void. */
  voidReason: number;
  allocations: readonly Allocation[];
  /** Moves after the mint, from a lost wallet to another one of the same beneficiary. */
  moves: readonly Move[];
  metadata: TokenMetadata | null;
}

/** One certificate, or null if this contract never minted it. */
export async function readCertificateView(
  client: Client,
  config: AppConfig,
  id: bigint,
): Promise<CertificateView | null> {
  const block = await readHead(client, [
    mintedQuery(config, { certificate: id }),
    moveQuery(config, { token_id: id }),
    ...allocationQueries(config, { certificate: id }),
  ]);
  const [certificate, voidReason, minted, allocations, moves, metadata] = await Promise.all([
    readCertificate(client, config, id, block),
    readVoidReason(client, config, id, block),
    readMinted(client, config, { certificate: id }, block),
    readAllocations(client, config, { certificate: id }, block),
    readMoves(client, config, { token_id: id }, block),
    // The picture is an ornament: the facts stand without it. It reverts where there is no certificate.
    readTokenUri(client, config, id, block)
      .then(parseTokenUri)
      .catch(() => null),
  ]);
  if (certificate === null) return null;
  return {
    block,
    certificate,
    voidReason,
    minted: minted[0],
    allocations,
    moves: moves.filter(({ sender }) => sender !== zeroAddress),
    metadata,
  };
}
