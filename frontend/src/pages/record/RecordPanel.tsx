import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Address } from "viem";
import type { EstimateResult, WorkloadInput } from "../../api/types";
import { FailureNotice } from "../../components/FailureNotice";
import { Progress } from "../../components/Progress";
import { progressSteps, type StageName, type StageReached } from "../../components/progressSteps";
import type { CosignedReport, RecordedReport, RecordStage } from "../../flows/record";
import { text } from "../../strings/text";
import { useSession } from "../../wallet/useSession";
import { useWallet } from "../../wallet/useWallet";

const words = text.record;
const STAGES: readonly StageName[] = ["stating", "cosigning", "checking", "confirm", "sent", "mined"];

interface Props {
  workload: WorkloadInput | undefined;
  estimate: EstimateResult | undefined;
  /** Names this statement of the work, so that a second try does not state it twice. */
  eventId: string;
  /** A report that was co-signed before and waits to be recorded. */
  waiting?: CosignedReport;
  /** Told when the work begins and when it ends, so that nothing is changed under it. */
  onBusy: (busy: boolean) => void;
  onRecorded: (recorded: RecordedReport) => void;
}

/** The last account that was connected: a wallet that is asked again for a moment is none that is left. */
function useLastAccount(): Address | null {
  const { account } = useWallet();
  const last = useRef(account);
  if (account !== null) last.current = account;
  return last.current;
}

function isOf(account: Address | null, { report }: CosignedReport): boolean {
  return report.account.toLowerCase() === account?.toLowerCase();
}

function Panel({ workload, estimate, eventId, waiting, onBusy, onRecorded }: Props) {
  const { environment } = useWallet();
  const { session } = useSession();
  const [stage, setStage] = useState<StageReached | null>(null);
  const [cosigned, setCosigned] = useState<CosignedReport | null>(waiting ?? null);
  const advance = (reached: RecordStage) => setStage(reached);

  const run = useMutation({
    mutationFn: async (): Promise<RecordedReport> => {
      if (!environment) throw new Error("no wallet is connected");
      const flow = await import("../../flows/record");
      let report = cosigned;
      if (report === null) {
        if (!workload || !estimate) throw new Error(words.needsEstimate);
        report = await flow.cosign(environment, workload, estimate, eventId, advance);
        setCosigned(report);
      }
      return flow.record(environment, report, advance);
    },
    onMutate: () => onBusy(true),
    onSettled: () => onBusy(false),
    onSuccess: onRecorded,
  });

  const ready =
    environment !== null &&
    (cosigned !== null || (session !== null && workload !== undefined && estimate !== undefined));
  const label = cosigned ? words.continue : run.error ? words.again : words.action;
  return (
    <section className="stack-tight" aria-label={words.progress}>
      {stage && <Progress label={words.progress} steps={progressSteps(STAGES, stage, run.isError)} />}
      {run.error && <FailureNotice error={run.error} />}
      {!ready && <p className="hint">{estimate || cosigned ? words.needsAccess : words.needsEstimate}</p>}
      <div className="actions">
        <button
          type="button"
          className="button button-primary"
          disabled={!ready || run.isPending}
          onClick={() => run.mutate()}
        >
          {label}
        </button>
      </div>
    </section>
  );
}

/**
 * Co-signs what is estimated and records it: one button, each step shown, and a second try that starts where the first
 * ended. What one account had co-signed, no other one can record: with another account it starts anew.
 */
export function RecordPanel({ waiting, ...rest }: Props) {
  const account = useLastAccount();
  return <Panel key={account} {...rest} {...(waiting && isOf(account, waiting) ? { waiting } : {})} />;
}
