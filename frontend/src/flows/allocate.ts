import { type Hex, parseEventLogs } from "viem";
import type { BaseUnits } from "../amounts";
import { type Recorded, readRecorded } from "../chain/ledger";
import { creditsAbi } from "../generated/abi";
import { text } from "../strings/text";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";
import { type SendStage, sendCall } from "./sendCall";

export interface AllocationRequest {
  certificate: bigint;
  attestation: Hex;
  amountUg: BaseUnits;
}

export interface AllocationDone extends AllocationRequest {
  transaction: Hex;
  block: bigint;
}

async function recordOf(env: FlowEnvironment, id: Hex): Promise<Recorded> {
  const found = await readRecorded(env.reader, env.config, { id });
  const last = found[found.length - 1];
  if (!last) throw new FlowStopped("mismatch", text.failure.noAttestation);
  return last;
}

/**
 * Assigns part of a certificate to an attestation, for good. Whose attestation it is comes from its own event, so that
 * an id alone is enough and a wrong one is found before the wallet is asked.
 */
export async function allocate(
  env: FlowEnvironment,
  request: AllocationRequest,
  onStage: (stage: SendStage) => void,
): Promise<AllocationDone> {
  const recorded = await recordOf(env, request.attestation);
  const call = {
    address: env.config.credits,
    abi: creditsAbi,
    functionName: "allocate",
    args: [request.certificate, recorded.account, recorded.footprintHash, request.amountUg],
  } as const;
  const receipt = await sendCall(env, call, onStage);
  const events = parseEventLogs({ abi: creditsAbi, eventName: "Allocated", logs: receipt.logs });
  if (!events.some((event) => event.args.attestation === request.attestation)) {
    throw new FlowStopped("mismatch", text.failure.noEvent);
  }
  return { ...request, transaction: receipt.transactionHash, block: receipt.blockNumber };
}
