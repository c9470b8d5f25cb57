import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Address, Hex } from "viem";
import { DESK_STATE, readChainTime, readDeskState } from "../../chain/desk";
import type { DeskOrder } from "../../chain/deskOrder";
import { useChainQuery } from "../../chain/useChainQuery";
import { FailureNotice } from "../../components/FailureNotice";
import { Progress } from "../../components/Progress";
import { progressSteps, type StageName, type StageReached } from "../../components/progressSteps";
import { moment } from "../../format";
import { text } from "../../strings/text";
import { useWallet } from "../../wallet/useWallet";

const words = text.order;
const SENDING: readonly StageName[] = ["checking", "confirm", "sent", "mined"];

interface Props {
  desk: Address;
  id: Hex;
  order: DeskOrder;
}

/** A payment that lies in the desk, read from the chain alone; after the deadline anyone can send it back. */
export function DeskPayment({ desk, id, order }: Props) {
  const queries = useQueryClient();
  const { environment } = useWallet();
  const [stage, setStage] = useState<StageReached | null>(null);
  const found = useChainQuery(["desk-state", id], async (client) => {
    const [state, now] = await Promise.all([readDeskState(client, desk, id), readChainTime(client)]);
    return { state, due: now > order.deadline };
  });
  const sending = useMutation({
    mutationFn: async () => {
      if (!environment) throw new Error("no wallet is connected");
      const flow = await import("../../flows/payRefund");
      return flow.refund(environment, desk, id, order, setStage);
    },
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["chain"] }),
  });
  if (sending.isSuccess) return <p className="small">{words.refundDone}</p>;
  if (found.data?.state !== DESK_STATE.open) return null;
  return (
    <div className="stack-tight">
      <p className="small soft">
        {found.data.due ? words.refundDue : words.refundOpen(moment(order.deadline))}
      </p>
      {stage && <Progress label={words.refunding} steps={progressSteps(SENDING, stage, sending.isError)} />}
      {sending.error && <FailureNotice error={sending.error} />}
      {found.data.due && (
        <div className="actions">
          <button
            type="button"
            className="button"
            disabled={!environment || sending.isPending}
            onClick={() => sending.mutate()}
          >
            {words.refund}
          </button>
        </div>
      )}
    </div>
  );
}
