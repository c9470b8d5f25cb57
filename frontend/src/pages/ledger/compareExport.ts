import type { RecordedEvent } from "../../chain/ledger";
import { tokenHex } from "../../ids";
import type { AccountExport, ExportedAttestation, ExportedCertificate, ExportFile } from "./accountExport";
import { factsOf } from "./facts";

/** The parts of an export that are compared one by one. */
export const PARTS = ["totals", "attestations", "certificates"] as const;
export type Part = (typeof PARTS)[number];

/** One entry that is not as the chain held it. */
export interface Difference {
  part: Part;
  /** Of the attestation or certificate; empty for the totals. */
  id: string;
  /** What is wrong: other values in `fields`, not there, there and not in the file, or more than once in the file. */
  is: "other" | "unknown" | "left out" | "twice";
  fields: readonly string[];
}

function otherFields(stated: object, held: object): string[] {
  const facts = factsOf(held);
  return [...factsOf(stated)].filter(([name, fact]) => facts.get(name) !== fact).map(([name]) => name);
}

function compareLists<Entry extends object>(
  part: Part,
  stated: readonly Entry[],
  held: readonly Entry[],
  idOf: (entry: Entry) => string,
): Difference[] {
  const rest = new Map(held.map((entry) => [idOf(entry), entry]));
  const seen = new Set<string>();
  const found = stated.flatMap((entry): Difference[] => {
    const id = idOf(entry);
    const onChain = rest.get(id);
    if (seen.has(id)) return [{ part, id, is: "twice", fields: [] }];
    seen.add(id);
    if (onChain === undefined) return [{ part, id, is: "unknown", fields: [] }];
    const fields = otherFields(entry, onChain);
    return fields.length === 0 ? [] : [{ part, id, is: "other", fields }];
  });
  const left = [...rest.keys()].filter((id) => !seen.has(id));
  return [...found, ...left.map((id): Difference => ({ part, id, is: "left out", fields: [] }))];
}

const attestationId = ({ id }: Pick<ExportedAttestation, "id">) => id.toLowerCase();
const certificateId = ({ id }: ExportedCertificate) => tokenHex(id);

/** Every entry of a file that is not what the chain held at the block of the file, and what it leaves out. */
export function compareExport(
  { totals, attestations, certificates }: ExportFile,
  held: AccountExport,
): Difference[] {
  const fields = totals ? otherFields(totals, held.totals) : [];
  return [
    ...(fields.length > 0 ? [{ part: "totals", id: "", is: "other", fields } as const] : []),
    ...(attestations ? compareLists("attestations", attestations, held.attestations, attestationId) : []),
    ...(certificates ? compareLists("certificates", certificates, held.certificates, certificateId) : []),
  ];
}

/** The same for what never changes of attestations, which their events tell: where the node has no older state. */
export function compareRecords(
  { attestations = [], block }: ExportFile,
  records: readonly RecordedEvent[],
): Difference[] {
  return compareLists(
    "attestations",
    attestations.map(({ id, transaction, recorded_in_block, footprint }) => {
      return { id, transaction, recorded_in_block, footprint };
    }),
    records
      .filter((record) => record.block <= block)
      .map(({ id, transaction, block: recorded_in_block, footprint }) => {
        return { id, transaction, recorded_in_block, footprint };
      }),
    attestationId,
  );
}
