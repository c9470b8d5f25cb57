import type { ReactNode } from "react";
import { moment } from "../format";
import { text } from "../strings/text";

export type StepState = "waiting" | "now" | "done" | "failed";

export interface ProgressStep {
  label: string;
  state: StepState;
  /** When it was reached, Unix seconds. */
  at?: number;
  detail?: ReactNode;
}

/** The steps of something that takes a while, each with its state in words. */
export function Progress({ label, steps }: { label: string; steps: readonly ProgressStep[] }) {
  const current = steps.find(({ state }) => state === "now");
  return (
    <div>
      <ol className="progress" aria-label={label}>
        {steps.map((step) => (
          <li key={step.label} className={`progress-${step.state}`}>
            <span className="progress-dot" aria-hidden="true" />
            <div>
              {step.label} <span className="visually-hidden">({text.stages[step.state]})</span>
              {step.at !== undefined && <p className="small soft">{moment(step.at)}</p>}
              {step.detail}
            </div>
          </li>
        ))}
      </ol>
      <p role="status" className="visually-hidden">
        {current ? `${current.label}: ${text.stages.now}` : ""}
      </p>
    </div>
  );
}
