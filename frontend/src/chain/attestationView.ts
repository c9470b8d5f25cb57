import type { Client, Hex } from "viem";
import type { AppConfig } from "../config";
import { type Allocation, allocationQueries, readAllocations, readCertificate } from "./credits";
import { prepare, readEvents, readHead } from "./events";
import {
  type Attestation,
  methodologyQuery,
  type Recorded,
  readApproved,
  readAttestation,
  readRecorded,
  readSupersessions,
  recordedQuery,
  type Supersession,
  supersessionQueries,
} from "./ledger";

/** All that the chain says about one attestation at one block. */
export interface AttestationView {
  block: bigint;
  attestation: Attestation;
  recorded: Recorded | undefined;
  allocations: readonly Allocation[];
  supersessions: readonly Supersession[];
}

/** One attestation, or null if its id was not recorded. */
export async function readAttestationView(
  client: Client,
  config: AppConfig,
  id: Hex,
): Promise<AttestationView | null> {
  const block = await readHead(client, [
    recordedQuery(config, { id }),
    ...allocationQueries(config, { attestation: id }),
    ...supersessionQueries(config, id),
  ]);
  const [attestation, records, allocations, supersessions] = await Promise.all([
    readAttestation(client, config, id, block),
    readRecorded(client, config, { id }, block),
    readAllocations(client, config, { attestation: id }, block),
    readSupersessions(client, config, id, block),
  ]);
  return attestation && { block, attestation, recorded: records[0], allocations, supersessions };
}

/** What stands behind an attestation: whether its methodology still counts, and which of its certificates are void. */
export interface Backing {
  approved: boolean;
  /** Where the methodology is published, as the ledger's owner said when it was approved. */
  uri: string;
  voided: ReadonlySet<bigint>;
}

/** What stands behind an attestation at a block. */
export async function readBacking(
  client: Client,
  config: AppConfig,
  methodology: Hex,
  certificates: readonly bigint[],
  block: bigint,
): Promise<Backing> {
  const ids = [...new Set(certificates)];
  const query = methodologyQuery(config, methodology);
  await prepare([query]);
  const [approved, approvals, states] = await Promise.all([
    readApproved(client, config, methodology, block),
    readEvents(client, query, block),
    Promise.all(ids.map((id) => readCertificate(client, config, id, block))),
  ]);
  return {
    approved,
    uri: approvals.findLast(({ args }) => args.uri !== "")?.args.uri ?? "",
    voided: new Set(ids.filter((_, index) => states[index]?.voided)),
  };
}
