import { type Hex, parseEventLogs } from "viem";
import { postReport, postWorkload } from "../api/gateway";
import type { EstimateResult, WorkloadInput } from "../api/types";
import { attestationId, type FootprintReport } from "../chain/typedData";
import { readFootprintReport } from "../evidence/report";
import { ledgerAbi } from "../generated/abi";
import { text } from "../strings/text";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";
import { type SendStage, sendCall } from "./sendCall";

/** A report that the council signed and that is not on chain yet. */
export interface CosignedReport {
  reportId: string;
  id: Hex;
  report: FootprintReport;
  signatures: readonly Hex[];
}

export interface RecordedReport extends CosignedReport {
  transaction: Hex;
  block: bigint;
}

export type RecordStage = { at: "stating" } | { at: "cosigning" } | SendStage;

/**
 * Stores the workload at the gateway and has the council co-sign its report. The answer is checked against what the
 * person saw: the account, the bounds, and the id recomputed here.
 */
export async function cosign(
  env: FlowEnvironment,
  workload: WorkloadInput,
  seen: EstimateResult,
  eventId: string,
  onStage: (stage: RecordStage) => void,
): Promise<CosignedReport> {
  onStage({ at: "stating" });
  const stored = await postWorkload(workload, eventId);
  onStage({ at: "cosigning" });
  const answer = await postReport([stored.id]);
  const report = readFootprintReport(answer.report);
  const { footprint } = report;
  if (report.account.toLowerCase() !== env.account.toLowerCase()) {
    throw new FlowStopped("mismatch", text.failure.otherAccount);
  }
  const total = seen.estimate.total_ug;
  const same =
    footprint.low_ug === BigInt(total.low) &&
    footprint.central_ug === BigInt(total.central) &&
    footprint.high_ug === BigInt(total.high);
  if (!same) throw new FlowStopped("mismatch", text.failure.otherEstimate);
  return {
    reportId: answer.id,
    id: attestationId(report, env.config.chainId, env.config.ledger),
    report,
    signatures: answer.signatures,
  };
}

/** Records a co-signed report with the account's own wallet and reads the result back from the event. */
export async function record(
  env: FlowEnvironment,
  cosigned: CosignedReport,
  onStage: (stage: RecordStage) => void,
): Promise<RecordedReport> {
  const call = {
    address: env.config.ledger,
    abi: ledgerAbi,
    functionName: "record",
    args: [cosigned.report, cosigned.signatures],
  } as const;
  const receipt = await sendCall(env, call, onStage);
  const events = parseEventLogs({ abi: ledgerAbi, eventName: "FootprintRecorded", logs: receipt.logs });
  if (!events.some((event) => event.args.id === cosigned.id))
    throw new FlowStopped("mismatch", text.failure.noEvent);
  return { ...cosigned, transaction: receipt.transactionHash, block: receipt.blockNumber };
}
