import { Hash } from "../../components/Hash";
import { Progress, type ProgressStep, type StepState } from "../../components/Progress";
import type { PayPlan, PayStage, PayStep } from "../../flows/pay";
import { text } from "../../strings/text";

const words = text.pay;

function stateOf(index: number, now: number, reached: PayStage, failed: boolean): StepState {
  if (index < now) return "done";
  if (index > now) return "waiting";
  if (reached.stage.at === "mined") return "done";
  return failed ? "failed" : "now";
}

function payProgress(steps: readonly PayStep[], reached: PayStage, failed: boolean): ProgressStep[] {
  const now = steps.indexOf(reached.step);
  return steps.map((step, index) => {
    const { stage } = reached;
    const name = words.step(index + 1, steps.length, words.steps[step]);
    const hash = index === now && "hash" in stage ? stage.hash : undefined;
    const isNow = index === now && !failed;
    return {
      label: isNow ? `${name}: ${words.stageAt[stage.at]}` : name,
      state: stateOf(index, now, reached, failed),
      ...(hash ? { detail: <Hash value={hash} path="tx" /> } : {}),
    };
  });
}

interface Props {
  plan: PayPlan;
  reached: PayStage;
  failed: boolean;
}

/** The numbered steps of a payment and which of them the wallet or the chain is at. */
export function PaySteps({ plan, reached, failed }: Props) {
  const steps: readonly PayStep[] = reached.step === "together" ? ["together"] : plan.steps;
  return <Progress label={words.progress} steps={payProgress(steps, reached, failed)} />;
}
