import type { Footprint } from "../chain/footprint";
import type { Attestation, Recorded } from "../chain/ledger";
import { attestationId, footprintTypes } from "../chain/typedData";
import type { AppConfig } from "../config";
import { digestOf, type EvidenceBundle } from "./bundle";
import type { DisclosedLeaf } from "./disclosure";
import type { Bounds } from "./merkle";
import type { Recomputed, RecomputedLeaf } from "./recompute";

/** One field: what the file states, what the chain holds, what was recomputed here; undefined for nothing. */
export interface Check {
  readonly field: string;
  readonly stated?: string | undefined;
  readonly chain?: string | undefined;
  readonly recomputed?: string | undefined;
}

/** Everything that is known of a claim about one attestation. */
export interface Claim {
  readonly id: `0x${string}`;
  readonly config: AppConfig;
  readonly bundle: EvidenceBundle | undefined;
  /** What the ledger stores, null if the id was never recorded. */
  readonly attestation: Attestation | null;
  /** The event of its record, undefined where none was found. */
  readonly recorded: Recorded | undefined;
  readonly recomputed: Recomputed | undefined;
  readonly leaves: readonly { readonly shown: DisclosedLeaf; readonly made: RecomputedLeaf }[];
}

const STORED = ["low_ug", "central_ug", "high_ug", "tier"] as const;
const BOUNDS: readonly (keyof Bounds)[] = ["low_ug", "central_ug", "high_ug"];

/** Whether all that there is agrees; undefined if there is only one value. Hex is the same in either case. */
export function isEqual({ stated, chain, recomputed }: Check): boolean | undefined {
  const known = [stated, chain, recomputed].filter((value) => value !== undefined);
  if (known.length < 2) return undefined;
  return new Set(known.map((value) => value.toLowerCase())).size === 1;
}

function text(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

function idChecks({ id, config, bundle, attestation, recorded }: Claim): Check[] {
  const isThere = attestation !== null;
  // Of what the file says, or else of the event: an RPC that made one up is found out by its hash.
  const digest = bundle
    ? digestOf(bundle)
    : recorded && attestationId(recorded, config.chainId, config.ledger);
  const checks: Check[] = [
    { field: "id", stated: bundle?.id, chain: isThere ? id : undefined, recomputed: digest },
  ];
  if (bundle) {
    checks.push({ field: "recorded", stated: "yes", chain: isThere ? "yes" : "no" });
    checks.push({ field: "chain_id", stated: text(bundle.chainId), chain: text(config.chainId) });
    checks.push({ field: "ledger", stated: bundle.ledger, chain: config.ledger });
    checks.push({ field: "account", stated: bundle.report.account, chain: recorded?.account });
  }
  return checks;
}

/** The ledger stores a few fields; the others are in the event of the record, which the id is the hash of. */
function onChain(claim: Claim, name: keyof Footprint): string | undefined {
  const stored = STORED.find((one) => one === name);
  if (stored && claim.attestation) return text(claim.attestation[stored]);
  return text(claim.recorded?.footprint[name]);
}

function fieldChecks(claim: Claim): Check[] {
  return footprintTypes.Footprint.map(({ name }) => ({
    field: name,
    stated: text(claim.bundle?.report.footprint[name]),
    chain: onChain(claim, name),
    recomputed: text((claim.recomputed as Partial<Footprint> | undefined)?.[name]),
  }));
}

function leafChecks({ leaves }: Claim): Check[] {
  return leaves.flatMap(({ shown, made }, index) => [
    {
      field: `workloads[${index}] under root`,
      chain: "yes",
      recomputed: made.isUnderRoot ? "yes" : "no",
    },
    ...BOUNDS.map((name) => ({
      field: `workloads[${index}].${name}`,
      stated: text(shown.stated?.[name]),
      recomputed: text(made.bounds[name]),
    })),
  ]);
}

/** Each field of a claim beside what the chain holds and what was recomputed. */
export function checksOf(claim: Claim): Check[] {
  const fields = claim.attestation || claim.bundle ? fieldChecks(claim) : [];
  return [...idChecks(claim), ...fields, ...leafChecks(claim)];
}

export type Verdict = "notRecorded" | "different" | "equal" | "equalInPart" | "nothing";

/** `notRecorded`: the ledger has nothing under the id, and there is no bundle to compare. `equalInPart`: some workloads of a batch were recomputed and not its sums. `nothing`: nothing was recomputed. */
export function verdictOf(claim: Claim, checks: readonly Check[]): Verdict {
  if (!claim.attestation && !claim.bundle) return "notRecorded";
  if (checks.some((check) => isEqual(check) === false)) return "different";
  if (claim.recomputed) return claim.recomputed.root === undefined ? "equalInPart" : "equal";
  return claim.leaves.length > 0 ? "equalInPart" : "nothing";
}
