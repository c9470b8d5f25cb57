import type { Address, Hex } from "viem";
import type { Footprint } from "../chain/footprint";
import { attestationId, type FootprintReport, footprintTypes } from "../chain/typedData";
import { isList, type Json, type JsonObject } from "../model/strictJson";
import { address, bytes32, InvalidEvidence, object, only, uint } from "./strictFields";

const VERSION = 1n;
const MEMBERS = ["version", "chain_id", "ledger", "report", "workloads", "id"];
export const MOST_WORKLOADS = 10_000;

/** A workload as its owner shows it, with the 32-byte salt that hid it in the Merkle tree. */
export interface DisclosedWorkload {
  readonly workload: JsonObject;
  readonly salt: Hex;
}

/** The file with which anyone can check an attestation: its report, and the workloads with their salts. */
export interface EvidenceBundle {
  readonly chainId: bigint;
  readonly ledger: Address;
  readonly id: Hex;
  readonly report: FootprintReport;
  readonly workloads: readonly DisclosedWorkload[];
}

/** Reads {"workload": {...}, "salt": "0x.."}; the model reads the workload. Throws InvalidEvidence. */
export function readDisclosedWorkload(json: Json, path: string): DisclosedWorkload {
  const item = object(json, path, "an object with workload and salt");
  only(item, ["workload", "salt"], `${path}.`);
  return {
    workload: object(item.get("workload"), `${path}.workload`, "a workload"),
    salt: bytes32(item.get("salt"), `${path}.salt`),
  };
}

function readFootprint(json: Json | undefined): Footprint {
  const path = "report.footprint";
  const names = footprintTypes.Footprint.map(({ name }) => name);
  const row = object(json, path, `an object with ${names.join(", ")}`);
  only(row, names, `${path}.`);
  const values = footprintTypes.Footprint.map(({ name, type }) => {
    if (type === "bytes32") return [name, bytes32(row.get(name), `${path}.${name}`)];
    const bits = Number(type.slice("uint".length));
    const value = uint(row.get(name), bits, `${path}.${name}`);
    return [name, bits <= 32 ? Number(value) : value];
  });
  return Object.fromEntries(values) as Footprint;
}

function readReport(json: Json | undefined): FootprintReport {
  const report = object(json, "report", "an object with account, footprint");
  only(report, ["account", "footprint"], "report.");
  return {
    account: address(report.get("account"), "report.account"),
    footprint: readFootprint(report.get("footprint")),
  };
}

/** Reads an evidence bundle strictly, without judging it. Throws InvalidEvidence naming the field. */
export function readBundle(json: Json): EvidenceBundle {
  const row = object(json, "bundle", `an object with ${MEMBERS.join(", ")}`);
  only(row, MEMBERS, "");
  if (uint(row.get("version"), 32, "version") !== VERSION)
    throw new InvalidEvidence("version", "not known", String(VERSION));
  const workloads = row.get("workloads");
  if (!isList(workloads) || workloads.length < 1 || workloads.length > MOST_WORKLOADS)
    throw new InvalidEvidence("workloads", "not a list of workloads", `1 to ${MOST_WORKLOADS} workloads`);
  return {
    chainId: uint(row.get("chain_id"), 64, "chain_id"),
    ledger: address(row.get("ledger"), "ledger"),
    report: readReport(row.get("report")),
    workloads: workloads.map((item, index) => readDisclosedWorkload(item, `workloads[${index}]`)),
    id: bytes32(row.get("id"), "id"),
  };
}

/** The id that the report, chain and ledger of a bundle give; equal to its `id` in an honest one. */
export function digestOf({ report, chainId, ledger }: EvidenceBundle): Hex {
  return attestationId(report, Number(chainId), ledger);
}
