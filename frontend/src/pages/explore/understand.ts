import { type Address, getAddress, type Hex } from "viem";
import type { Minted } from "../../chain/credits";
import { SOURCE_KIND } from "../../chain/credits";

/** What a searched text can be, by its form alone. */
export type Understood =
  | { kind: "nothing" | "short" | "malformed" }
  | { kind: "address"; address: Address }
  /** 32 bytes: an attestation's or certificate's id, or a transaction hash. */
  | { kind: "word"; word: Hex }
  | { kind: "number"; number: bigint }
  | { kind: "text"; text: string };

/** Longest text that is looked for: no field on the ledger is longer. */
export const MAX_QUERY = 200;
const OUR_PAGES = /\/(?:attestation|certificate|account|tx|address)\/([^/?#]+)/;

/** Tells what somebody is looking for from what they wrote or pasted, an address of this page among it. */
export function understand(written: string): Understood {
  const pasted = OUR_PAGES.exec(written)?.[1];
  const text = (pasted ?? written).trim();
  if (text === "") return { kind: "nothing" };
  if (/^0x[0-9a-f]{40}$/i.test(text))
    return { kind: "address", address: getAddress(text.toLowerCase() as Address) };
  if (/^(?:0x)?[0-9a-f]{64}$/i.test(text))
    return { kind: "word", word: `0x${text.toLowerCase().slice(-64)}` as Hex };
  if (/^0x/i.test(text)) return { kind: "malformed" };
  if (/^\d{1,78}$/.test(text)) return { kind: "number", number: BigInt(text) };
  return text.length < 2 ? { kind: "short" } : { kind: "text", text };
}

/** A retirement that answers to a text, and by which of its fields. */
export interface Match {
  minted: Minted;
  by: "project" | "serial" | "beneficiary";
}

function matchedBy(
  { retirement, source }: Minted,
  wanted: string,
  number: bigint | null,
): Match["by"] | null {
  const inBlock = source.kind === SOURCE_KIND.serialRange || source.kind === SOURCE_KIND.sharedBlock;
  if (number !== null && inBlock && number >= source.first && number <= source.last) return "serial";
  // Before the serials, which hold the project's id as a part of each.
  const project = retirement.project.toLowerCase();
  if (number === null ? project.includes(wanted) : project === wanted) return "project";
  if (retirement.serials.toLowerCase().includes(wanted)) return "serial";
  if (number === null && retirement.beneficiary.toLowerCase().includes(wanted)) return "beneficiary";
  return null;
}

/** The retirements that answer to a text or a serial number, newest first. */
export function matches(minted: readonly Minted[], written: string): Match[] {
  const wanted = written.trim().toLowerCase();
  const number = /^\d{1,78}$/.test(wanted) ? BigInt(wanted) : null;
  return minted
    .flatMap((mint) => {
      const by = matchedBy(mint, wanted, number);
      return by === null ? [] : [{ minted: mint, by }];
    })
    .reverse();
}
