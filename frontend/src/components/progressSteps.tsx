import type { ReactNode } from "react";
import type { Hex } from "viem";
import { text } from "../strings/text";
import { Hash } from "./Hash";
import type { ProgressStep, StepState } from "./Progress";

export type StageName = "stating" | "cosigning" | "checking" | "confirm" | "sent" | "mined";

export interface StageReached {
  at: StageName;
  hash?: Hex;
  /** In words, what the wallet asks for. */
  asks?: string;
}

function detailOf(stage: StageName, state: StepState, { hash, asks }: StageReached): ReactNode {
  if (stage === "sent" && hash) return <Hash value={hash} path="tx" />;
  if (stage === "confirm" && state === "now" && asks)
    return <p className="small soft">{text.calls.asks(asks)}</p>;
  return null;
}

/** Each stage of a flow with its state, seen from the one that was reached. */
export function progressSteps(
  stages: readonly StageName[],
  reached: StageReached,
  failed: boolean,
): ProgressStep[] {
  const now = stages.indexOf(reached.at);
  return stages.map((stage, index) => {
    let state: StepState = "waiting";
    if (index < now || reached.at === "mined") state = "done";
    else if (index === now) state = failed ? "failed" : "now";
    const detail = detailOf(stage, state, reached);
    return { label: text.stages[stage], state, ...(detail ? { detail } : {}) };
  });
}
