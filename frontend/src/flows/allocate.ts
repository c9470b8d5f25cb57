import { type Address, type Hex, parseEventLogs } from "viem";
import type { BaseUnits } from "../amounts";
import { readRecorded } from "../chain/ledger";
import { creditsAbi } from "../generated/creditsAbi";
import { text } from "../strings/text";
import { type OnBatchStage, sendCalls } from "./batch";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";
import type { ContractCall } from "./sendCall";

export interface Allocation {
  attestation: Hex;
  amountUg: BaseUnits;
}

export interface AllocationsDone {
  certificate: bigint;
  allocations: readonly Allocation[];
  /** One, or several where the wallet cannot send them together. */
  transactions: readonly Hex[];
}

interface Recipient {
  account: Address;
  footprintHash: Hex;
}

/** Whose attestation it is comes from its own event, so that an id alone is enough and a wrong one is found early. */
async function recipientOf(env: FlowEnvironment, attestation: Hex): Promise<Recipient> {
  const found = await readRecorded(env.reader, env.config, { id: attestation });
  const last = found[found.length - 1];
  if (!last) throw new FlowStopped("mismatch", text.failure.noAttestation);
  return last;
}

function callOf(env: FlowEnvironment, certificate: bigint, one: Allocation, to: Recipient): ContractCall {
  return {
    address: env.config.credits,
    abi: creditsAbi,
    functionName: "allocate",
    args: [certificate, to.account, to.footprintHash, one.amountUg],
  };
}

/**
 * Assigns parts of a certificate to attestations, for good: as one transaction where the wallet can, else one each.
 * Throws what `explain` understands; allocations that are in a block by then stand.
 */
export async function allocate(
  env: FlowEnvironment,
  certificate: bigint,
  allocations: readonly Allocation[],
  onStage: OnBatchStage,
): Promise<AllocationsDone> {
  const recipients = await Promise.all(allocations.map(({ attestation }) => recipientOf(env, attestation)));
  const calls = allocations.map((one, index) =>
    callOf(env, certificate, one, recipients[index] as Recipient),
  );
  const receipts = await sendCalls(env, calls, onStage);
  const logs = receipts.flatMap((receipt) => receipt.logs);
  const allocated = parseEventLogs({ abi: creditsAbi, eventName: "Allocated", logs }).map(({ args }) => args);
  const isThere = (one: Allocation) =>
    allocated.some(
      (event) =>
        event.attestation === one.attestation &&
        event.amount_ug === one.amountUg &&
        event.certificate === certificate,
    );
  if (!allocations.every(isThere)) throw new FlowStopped("mismatch", text.failure.noEvent);
  return { certificate, allocations, transactions: receipts.map(({ transactionHash }) => transactionHash) };
}
