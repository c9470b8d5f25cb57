import type { Hex } from "viem";
import { text } from "../strings/text";
import { Hash } from "./Hash";
import type { ProgressStep, StepState } from "./Progress";

export type StageName = "stating" | "cosigning" | "checking" | "confirm" | "sent" | "mined";

export interface StageReached {
  at: StageName;
  hash?: Hex;
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
    const hash = stage === "sent" ? reached.hash : undefined;
    return { label: text.stages[stage], state, ...(hash ? { detail: <Hash value={hash} path="tx" /> } : {}) };
  });
}
