import { Progress } from "../../components/Progress";
import { progressSteps, type StageName } from "../../components/progressSteps";
import type { RetireStage } from "../../flows/retireToken";
import { text } from "../../strings/text";

const words = text.tokens;
const SENDING: readonly StageName[] = ["checking", "confirm", "sent", "mined"];
/** A signature is not sent anywhere. */
const SIGNING: readonly StageName[] = ["confirm"];

/** Which step of how many, what it is for, and how far it is. */
export function RetireProgress({ stage: reached, failed }: { stage: RetireStage; failed: boolean }) {
  const { act, number, of, stage } = reached;
  const label = words.step(number, of, words.acts[act]);
  return (
    <section className="stack-tight" aria-label={words.progress}>
      <h3>{label}</h3>
      <Progress label={label} steps={progressSteps(act === "sign" ? SIGNING : SENDING, stage, failed)} />
    </section>
  );
}
