import type { Address, Hex } from "viem";
import type { Attestation } from "../chain/ledger";
import { attestationId, type FootprintReport } from "../chain/typedData";
import type { AppConfig } from "../config";
import { workloadHash } from "./canonical";
import { merkleRoot, WORKLOAD_KINDS, WORKLOAD_VERSION, workloadLeaf } from "./merkle";
import { InvalidShape, readAddress, readHash, readRow, readWhole } from "./reader";
import { readFootprintReport } from "./report";

/** The file with which anyone can check an attestation: its report, and the workloads with their salts. */
export interface EvidenceBundle {
  chainId: bigint;
  ledger: Address;
  id: Hex;
  report: FootprintReport;
  workloads: readonly { workload: Record<string, unknown>; salt: Hex }[];
}

export type Outcome = "equal" | "different" | "unchecked";

export interface Check {
  name: "place" | "id" | "recorded" | "current" | "figures" | "count" | "root" | "rootMany" | "model";
  outcome: Outcome;
  /** What the bundle says and what was found, where a look at both helps. */
  stated?: string;
  found?: string;
}

export const MAX_BUNDLE_BYTES = 5 * 1024 * 1024;

/** Reads an evidence bundle. Throws `InvalidShape` naming the field. */
export function readBundle(json: unknown): EvidenceBundle {
  const row = readRow(json, "bundle");
  if (readWhole(row, "version", "bundle") !== 1n) throw new InvalidShape("bundle.version", "1");
  if (!Array.isArray(row.workloads)) throw new InvalidShape("bundle.workloads", "a list");
  return {
    chainId: readWhole(row, "chain_id", "bundle"),
    ledger: readAddress(row, "ledger", "bundle"),
    id: readHash(row, "id", "bundle"),
    report: readFootprintReport(row.report),
    workloads: row.workloads.map((item: unknown, index) => {
      const at = `bundle.workloads[${index}]`;
      const disclosed = readRow(item, at);
      return {
        workload: readRow(disclosed.workload, `${at}.workload`),
        salt: readHash(disclosed, "salt", at),
      };
    }),
  };
}

function compare(name: Check["name"], stated: string, found: string): Check {
  return {
    name,
    outcome: stated.toLowerCase() === found.toLowerCase() ? "equal" : "different",
    stated,
    found,
  };
}

function checkRoot(bundle: EvidenceBundle): Check {
  const { footprint } = bundle.report;
  const [only, ...others] = bundle.workloads;
  // A leaf holds its own workload's figures. Only for a single one are they the figures of the report.
  if (!only || others.length > 0) return { name: "rootMany", outcome: "unchecked" };
  const kind = WORKLOAD_KINDS[String(only.workload.kind)];
  if (kind === undefined)
    return { name: "root", outcome: "different", stated: footprint.root, found: String(only.workload.kind) };
  const leaf = workloadLeaf(kind, WORKLOAD_VERSION, workloadHash(only.workload, only.salt), footprint);
  return compare("root", footprint.root, merkleRoot([leaf]));
}

function figures({
  low_ug,
  central_ug,
  high_ug,
  tier,
}: Pick<Attestation, "low_ug" | "central_ug" | "high_ug" | "tier">): string {
  return `${low_ug} / ${central_ug} / ${high_ug} µg, ${tier}`;
}

/** Compares a bundle with the chain. `attestation` is what the ledger holds under the recomputed id. */
export function checkBundle(
  bundle: EvidenceBundle,
  config: AppConfig,
  attestation: Attestation | null,
): Check[] {
  const recomputed = bundleId(bundle, config);
  const place = (chain: bigint | number, ledger: Address) => `${chain}, ${ledger}`;
  const checks: Check[] = [
    compare("place", place(bundle.chainId, bundle.ledger), place(config.chainId, config.ledger)),
    compare("id", bundle.id, recomputed),
    { name: "recorded", outcome: attestation ? "equal" : "different" },
  ];
  if (attestation) {
    checks.push({ name: "current", outcome: attestation.superseded ? "different" : "equal" });
    checks.push(compare("figures", figures(bundle.report.footprint), figures(attestation)));
  }
  checks.push(compare("count", String(bundle.report.footprint.count), String(bundle.workloads.length)));
  checks.push(checkRoot(bundle));
  checks.push({ name: "model", outcome: "unchecked" });
  return checks;
}

/** The id that a bundle's report has on the configured ledger. */
export function bundleId(bundle: EvidenceBundle, config: AppConfig): Hex {
  return attestationId(bundle.report, config.chainId, config.ledger);
}
