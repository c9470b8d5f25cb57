import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import type { Order, OrderState } from "../../api/types";
import { FailureNotice } from "../../components/FailureNotice";
import { Notice } from "../../components/Notice";
import { Progress, type ProgressStep, type StepState } from "../../components/Progress";
import { progressSteps, type StageName, type StageReached } from "../../components/progressSteps";
import { isMoving, watchOrder } from "../../flows/watchOrder";
import { carbon } from "../../format";
import { tokenHex } from "../../ids";
import { text } from "../../strings/text";
import { useWallet } from "../../wallet/useWallet";

const words = text.retire;
const STATES = ["placed", "retired", "cosigned", "minted"] as const satisfies readonly OrderState[];
const SENDING: readonly StageName[] = ["checking", "confirm", "sent", "mined"];

function orderSteps(order: Order): ProgressStep[] {
  // An order that waits for the market is not in any of these states yet.
  const reached = STATES.findIndex((state) => state === order.state);
  const lastReached =
    order.state === "failed"
      ? STATES.findLastIndex((state) => order.steps.some((entry) => entry.state === state))
      : reached;
  return STATES.map((state, index) => {
    const step = order.steps.find((entry) => entry.state === state);
    const isNext = index === lastReached + 1;
    const next = order.state === "failed" ? "failed" : isMoving(order) ? "now" : "waiting";
    const mark: StepState = index <= lastReached ? "done" : isNext ? next : "waiting";
    return { label: words.states[state], state: mark, ...(step ? { at: Number(step.at) } : {}) };
  });
}

function reasonOf({ error }: Order): string {
  return typeof error === "string" ? error : (error?.detail ?? words.states.failed);
}

/** Watches an order while the backend works on it. */
function useWatched(initial: Order) {
  const [order, setOrder] = useState(initial);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further attempt starts the watch again
  useEffect(() => {
    const controller = new AbortController();
    setError(null);
    watchOrder(initial.id, setOrder, controller.signal).catch((reason: unknown) => {
      if (!controller.signal.aborted) setError(reason);
    });
    return () => controller.abort();
  }, [initial.id, attempt]);
  return { order, error, watchAgain: () => setAttempt(attempt + 1) };
}

/** One order on its way: placed, retired, co-signed, then minted by the person's own wallet. */
export function OrderCard({ order: initial }: { order: Order }) {
  const queries = useQueryClient();
  const { environment } = useWallet();
  const { order, error, watchAgain } = useWatched(initial);
  const [stage, setStage] = useState<StageReached | null>(null);
  const sending = useMutation({
    mutationFn: async () => {
      if (!environment) throw new Error("no wallet is connected");
      const flow = await import("../../flows/retire");
      return flow.mint(environment, order, setStage);
    },
    onSuccess: () => {
      // Not waited for: the flow is over, whatever becomes of reading everything again.
      void queries.invalidateQueries({ queryKey: ["chain"] });
    },
  });
  const minted = sending.data
    ? tokenHex(sending.data.certificate)
    : order.state === "minted"
      ? order.certificate
      : null;
  const steps = orderSteps(sending.data ? { ...order, state: "minted" } : order);

  return (
    <article
      className="card"
      aria-label={words.orderOf(carbon(BigInt(order.quote.amount_ug)), order.quote.project)}
    >
      <h3>{words.orderOf(carbon(BigInt(order.quote.amount_ug)), order.quote.project)}</h3>
      <p className="small soft break">{order.beneficiary_name}</p>
      <Progress label={words.orders} steps={steps} />
      {order.state === "failed" && (
        <Notice kind="bad">
          <p>{reasonOf(order)}</p>
        </Notice>
      )}
      {error != null && <FailureNotice error={error} onRetry={watchAgain} />}
      {stage && !minted && (
        <Progress label={words.minting} steps={progressSteps(SENDING, stage, sending.isError)} />
      )}
      {sending.error && <FailureNotice error={sending.error} />}
      <div className="actions">
        {order.state === "cosigned" && !minted && (
          <button
            type="button"
            className="button button-primary"
            disabled={!environment || sending.isPending}
            onClick={() => sending.mutate()}
          >
            {words.mint}
          </button>
        )}
        {minted && (
          <Link className="button button-primary" href={`/certificate/${minted}`}>
            {words.view}
          </Link>
        )}
      </div>
    </article>
  );
}
