import { type Address, type Hex, parseEventLogs } from "viem";
import { DESK_STATE, readChainTime, readDeskState } from "../chain/desk";
import type { DeskOrder } from "../chain/deskOrder";
import { deskAbi } from "../generated/deskAbi";
import { text } from "../strings/text";
import type { FlowEnvironment } from "./environment";
import { FlowStopped } from "./failure";
import { type SendStage, sendCall } from "./sendCall";

/** Sends the whole price back to the payer. Anyone may, once the deadline has passed. */
export async function refund(
  env: FlowEnvironment,
  desk: Address,
  id: Hex,
  order: DeskOrder,
  onStage: (stage: SendStage) => void,
): Promise<Hex> {
  const [state, now] = await Promise.all([readDeskState(env.reader, desk, id), readChainTime(env.reader)]);
  if (state !== DESK_STATE.open) throw new FlowStopped("mismatch", text.pay.failure.closed);
  if (now <= order.deadline) throw new FlowStopped("reverted", text.pay.failure.beforeDeadline);
  const call = { address: desk, abi: deskAbi, functionName: "refund", args: [order] } as const;
  const receipt = await sendCall(env, call, onStage);
  const events = parseEventLogs({ abi: deskAbi, eventName: "OrderRefunded", logs: receipt.logs });
  if (!events.some((event) => event.args.id === id)) throw new FlowStopped("mismatch", text.failure.noEvent);
  return receipt.transactionHash;
}
