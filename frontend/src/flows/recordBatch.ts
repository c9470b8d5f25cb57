import { postReport } from "../api/gateway";
import { Problem } from "../api/problem";
import { getAllReports, type OwnReport } from "../api/statedWork";
import type { SignedReport } from "../api/types";
import { readAttestations } from "../chain/ledger";
import { attestationId } from "../chain/typedData";
import { readFootprintReport } from "../evidence/report";
import { text } from "../strings/text";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";
import { type CosignedReport, type RecordedReport, record } from "./record";
import type { SendStage } from "./sendCall";

/** So many workloads go into one report: the gateway takes no more. */
export const MOST_PER_REPORT = 1_000;

/** What is to be recorded of some workloads. */
export interface BatchPlan {
  /** Reports that were co-signed before and hold nothing else. */
  cosigned: readonly CosignedReport[];
  /** Workloads that no report holds. */
  free: readonly string[];
  /** How many stand in attestations of the account already, and how many wait in a report with other work. */
  recorded: number;
  elsewhere: number;
}

function cosignedReport(env: FlowEnvironment, answer: SignedReport): CosignedReport {
  const report = readFootprintReport(answer.report);
  if (report.account.toLowerCase() !== env.account.toLowerCase()) {
    throw new FlowStopped("mismatch", text.failure.otherAccount);
  }
  return {
    reportId: answer.id,
    id: attestationId(report, env.config.chainId, env.config.ledger),
    report,
    signatures: answer.signatures,
  };
}

/** Sorts workloads into those that stand on the ledger, those that are co-signed, and those that are free. */
export async function planBatch(
  env: FlowEnvironment,
  ids: readonly string[],
  nowSeconds: number,
): Promise<BatchPlan> {
  const wanted = new Set(ids);
  const holds = (own: OwnReport) => own.workload_ids.some((id) => wanted.has(id));
  const reports = (await getAllReports()).filter(holds);
  const cosigned = reports.map((own) => cosignedReport(env, own));
  const states = await readAttestations(
    env.reader,
    env.config,
    cosigned.map(({ id }) => id),
  );
  const plan = { cosigned: [] as CosignedReport[], recorded: 0, elsewhere: 0 };
  for (const [index, own] of reports.entries()) {
    const [report, state] = [cosigned[index], states[index]];
    if (report === undefined || state === undefined || state.superseded) continue;
    const isRecorded = state.recorded_at !== 0;
    // A report that expired holds nothing any more.
    if (!isRecorded && Number(own.valid_until) <= nowSeconds) continue;
    const held = own.workload_ids.filter((id) => wanted.delete(id)).length;
    if (isRecorded) plan.recorded += held;
    else if (held === own.workload_ids.length) plan.cosigned.push(report);
    else plan.elsewhere += held;
  }
  return { ...plan, free: ids.filter((id) => wanted.has(id)) };
}

async function cosignThese(env: FlowEnvironment, ids: readonly string[]): Promise<CosignedReport> {
  const cosigned = cosignedReport(env, await postReport(ids));
  const { count } = cosigned.report.footprint;
  if (count !== ids.length)
    throw new FlowStopped("mismatch", text.record.batch.otherCount(count, ids.length));
  return cosigned;
}

/** Reports over some workloads: halved where the gateway says that they are too large for one. */
async function cosignPart(env: FlowEnvironment, ids: readonly string[]): Promise<CosignedReport[]> {
  try {
    return [await cosignThese(env, ids)];
  } catch (error) {
    const isTooMuch = error instanceof Problem && error.code === "too_much" && ids.length > 1;
    if (!isTooMuch) throw error;
    const middle = Math.ceil(ids.length / 2);
    const first = await cosignPart(env, ids.slice(0, middle));
    return [...first, ...(await cosignPart(env, ids.slice(middle)))];
  }
}

/**
 * Has the council co-sign workloads, in as few reports as it takes. `onDone` gets how many workloads are in a report by
 * now. Throws what `explain` understands; what was co-signed by then is found again by `planBatch`.
 */
export async function cosignBatch(
  env: FlowEnvironment,
  ids: readonly string[],
  onDone: (workloads: number) => void,
): Promise<readonly CosignedReport[]> {
  const reports: CosignedReport[] = [];
  for (let start = 0; start < ids.length; start += MOST_PER_REPORT) {
    const part = ids.slice(start, start + MOST_PER_REPORT);
    reports.push(...(await cosignPart(env, part)));
    onDone(start + part.length);
  }
  return reports;
}

/** The sums of several reports, in their units. */
export function sumOf(reports: readonly CosignedReport[]) {
  const sum = { count: 0, low_ug: 0n, central_ug: 0n, high_ug: 0n };
  for (const { footprint } of reports.map(({ report }) => report)) {
    sum.count += footprint.count;
    sum.low_ug += footprint.low_ug;
    sum.central_ug += footprint.central_ug;
    sum.high_ug += footprint.high_ug;
  }
  return sum;
}

/**
 * Records reports one after the other. `onRecorded` hears of each as soon as it is in a block, so that a second try
 * after a failure leaves out what stands already.
 */
export async function recordBatch(
  env: FlowEnvironment,
  reports: readonly CosignedReport[],
  onStage: (stage: SendStage) => void,
  onRecorded: (recorded: RecordedReport) => void,
): Promise<void> {
  for (const report of reports) {
    const recorded = await record(env, report, (stage) => {
      if (stage.at !== "stating" && stage.at !== "cosigning") onStage(stage);
    });
    onRecorded(recorded);
  }
}
