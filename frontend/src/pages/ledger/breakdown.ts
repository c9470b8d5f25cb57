import type { Hex } from "viem";
import type { OwnReport, StatedWorkload } from "../../api/statedWork";
import type { RecordedEvent } from "../../chain/ledger";
import { LOCALE } from "../../strings/language";
import { ledgerText } from "../../strings/ledgerText";

const words = ledgerText.breakdown;
/** So many groups are shown by name; the smaller ones are added up. */
const MOST_GROUPS = 12;

/** Sums in ug. */
export interface Sums {
  low_ug: bigint;
  central_ug: bigint;
  high_ug: bigint;
}

export interface Group extends Sums {
  label: string;
}

/** A workload that stands in a current attestation. */
export interface PlacedWorkload extends Sums {
  attestation: Hex;
  stated: StatedWorkload;
}

export interface Attributed {
  workloads: readonly PlacedWorkload[];
  /** What the chain holds of this account and the gateway does not explain. */
  rest: Sums;
}

function nothing(): Sums {
  return { low_ug: 0n, central_ug: 0n, high_ug: 0n };
}

function add(sums: Sums, more: Sums, sign = 1n): void {
  sums.low_ug += sign * more.low_ug;
  sums.central_ug += sign * more.central_ug;
  sums.high_ug += sign * more.high_ug;
}

function totalOf(stated: StatedWorkload): Sums {
  const { low, central, high } = stated.estimate.total_ug;
  return { low_ug: BigInt(low), central_ug: BigInt(central), high_ug: BigInt(high) };
}

/** The workloads of one attestation, or none if they do not add up to what the chain says of it. */
function explained(
  record: RecordedEvent,
  report: OwnReport,
  stated: ReadonlyMap<string, StatedWorkload>,
): PlacedWorkload[] {
  const found = report.workload_ids.flatMap((id) => stated.get(id) ?? []);
  if (found.length !== report.workload_ids.length) return [];
  const placed = found.map((one) => ({ ...totalOf(one), attestation: record.id, stated: one }));
  const sum = nothing();
  for (const one of placed) add(sum, one);
  const { low_ug, central_ug, high_ug } = record.footprint;
  const isSame = sum.low_ug === low_ug && sum.central_ug === central_ug && sum.high_ug === high_ug;
  return isSame ? placed : [];
}

/**
 * Which workloads stand behind current attestations. The chain's figures are the measure: what the gateway's do not add
 * up to goes to the rest, so that workloads and rest are together what the ledger sums.
 */
export function attribute(
  current: readonly RecordedEvent[],
  reports: readonly OwnReport[],
  workloads: readonly StatedWorkload[],
): Attributed {
  const stated = new Map(workloads.map((one) => [one.id, one]));
  const reportOf = new Map(reports.map((report) => [report.id.toLowerCase(), report]));
  const rest = nothing();
  const placed: PlacedWorkload[] = [];
  for (const record of current) {
    const report = reportOf.get(record.id.toLowerCase());
    const found = report ? explained(record, report, stated) : [];
    if (found.length === 0) add(rest, record.footprint);
    placed.push(...found);
  }
  return { workloads: placed, rest };
}

interface StatedPlace {
  country?: string;
  state?: string;
  provider?: string;
  region?: string;
}

interface StatedPhase {
  hardware?: string;
  place?: StatedPlace;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function phasesOf({ workload }: StatedWorkload): readonly StatedPhase[] {
  return Array.isArray(workload.phases) ? (workload.phases as StatedPhase[]) : [];
}

/** The accelerators that a workload names, each once. */
export function hardwareOf(stated: StatedWorkload): readonly string[] {
  return [...new Set(phasesOf(stated).map(({ hardware }) => textOf(hardware)))].filter(Boolean);
}

/** What a workload is about: its model, or for training the name that its owner gave it. */
export function modelLabel(stated: StatedWorkload): string {
  const { model, name, task } = stated.workload;
  return textOf(model) || textOf(name) || textOf(task) || words.unnamed;
}

function placeLabel({ country, state, provider, region }: StatedPlace): string {
  if (provider && region) return `${provider} ${region}`;
  if (!country) return "";
  if (state) return `${country}-${state}`;
  try {
    return new Intl.DisplayNames(LOCALE, { type: "region" }).of(country) ?? country;
  } catch {
    return country; // not a code that the browser knows
  }
}

/** Where the work ran; phases at other sites make it several places. */
export function regionLabel(stated: StatedWorkload): string {
  const own = stated.workload.place as StatedPlace | undefined;
  const phases = phasesOf(stated).map(({ place }) => place ?? own);
  const places = new Set(
    (phases.length > 0 ? phases : [own]).map((place) => (place ? placeLabel(place) : "")),
  );
  if (places.size > 1) return words.severalPlaces;
  return [...places][0] || words.noPlace;
}

/** Sums by label, the largest first; small groups beyond the shown ones together, then what is not explained. */
export function grouped(
  { workloads, rest }: Attributed,
  labelOf: (stated: StatedWorkload) => string,
): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const placed of workloads) {
    const label = labelOf(placed.stated);
    const group = groups.get(label) ?? { label, ...nothing() };
    add(group, placed);
    groups.set(label, group);
  }
  const sorted = [...groups.values()].sort((a, b) => (a.central_ug < b.central_ug ? 1 : -1));
  const shown = sorted.slice(0, MOST_GROUPS);
  const small = { label: words.others(sorted.length - shown.length), ...nothing() };
  for (const group of sorted.slice(MOST_GROUPS)) add(small, group);
  if (sorted.length > shown.length) shown.push(small);
  if (rest.high_ug > 0n) shown.push({ label: words.rest, ...rest });
  return shown;
}
