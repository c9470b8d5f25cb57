import { useMutation, useQuery } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { Link } from "wouter";
import { BoundBar } from "../../components/BoundBar";
import { FailureNotice } from "../../components/FailureNotice";
import { Progress } from "../../components/Progress";
import { progressSteps, type StageName, type StageReached } from "../../components/progressSteps";
import type { FlowEnvironment } from "../../flows/environment";
import type { CosignedReport, RecordedReport } from "../../flows/record";
import { type BatchPlan, cosignBatch, planBatch, recordBatch, sumOf } from "../../flows/recordBatch";
import { carbon, count } from "../../format";
import { text } from "../../strings/text";

const words = text.record.batch;
const STAGES: readonly StageName[] = ["checking", "confirm", "sent", "mined"];

interface Props {
  /** Null while the wallet cannot be asked: what was reached by then stays. */
  environment: FlowEnvironment | null;
  ids: readonly string[];
  onBusy: (busy: boolean) => void;
}

function given(environment: FlowEnvironment | null): FlowEnvironment {
  if (environment === null) throw new Error("no wallet is connected");
  return environment;
}

function PlanNotes({ plan }: { plan: BatchPlan }) {
  return (
    <div className="small soft">
      {plan.free.length > 0 && <p>{words.planned(count(plan.free.length))}</p>}
      {plan.recorded > 0 && <p>{words.alreadyRecorded(count(plan.recorded))}</p>}
      {plan.elsewhere > 0 && <p>{words.elsewhere(count(plan.elsewhere))}</p>}
    </div>
  );
}

function Done({ recorded }: { recorded: readonly RecordedReport[] }) {
  return (
    <div className="stack-tight">
      <p role="status">{words.done(recorded.length)}</p>
      <div className="actions">
        <Link className="button button-primary" href="/ledger">
          {words.toLedger}
        </Link>
        <Link className="button" href="/retire">
          {text.record.next}
        </Link>
      </div>
    </div>
  );
}

/** Co-signed reports: what they add up to, and the button that records them one after the other. */
function Reports({
  environment,
  reports,
  onBusy,
}: {
  environment: FlowEnvironment | null;
  reports: readonly CosignedReport[];
  onBusy: (busy: boolean) => void;
}) {
  const [recorded, setRecorded] = useState<readonly RecordedReport[]>([]);
  const [stage, setStage] = useState<StageReached | null>(null);
  const sum = sumOf(reports);
  const left = reports.filter(({ id }) => !recorded.some((done) => done.id === id));
  const run = useMutation({
    mutationFn: () =>
      recordBatch(given(environment), left, setStage, (done) => setRecorded((before) => [...before, done])),
    onMutate: () => onBusy(true),
    onSettled: () => onBusy(false),
  });
  if (left.length === 0) return <Done recorded={recorded} />;
  const number = recorded.length + 1;
  return (
    <div className="stack">
      <p className="figure-value">{carbon(sum.central_ug)}</p>
      <BoundBar low={sum.low_ug} central={sum.central_ug} high={sum.high_ug} />
      <p className="small soft">
        {words.inReports(count(sum.count), reports.length)}. {words.transactions(left.length)}
      </p>
      {stage && (
        <Progress
          label={words.recording(number, reports.length)}
          steps={progressSteps(STAGES, stage, run.isError)}
        />
      )}
      {stage && <p role="status">{words.recording(number, reports.length)}</p>}
      {run.error && <FailureNotice error={run.error} />}
      <div className="actions">
        <button
          type="button"
          className="button button-primary"
          disabled={run.isPending || environment === null}
          onClick={() => run.mutate()}
        >
          {run.error ? text.record.again : words.record}
        </button>
      </div>
    </div>
  );
}

function Own({ environment, ids, onBusy }: Props) {
  const id = useId();
  const [done, setDone] = useState(0);
  const plan = useQuery({
    queryKey: ["backend", "mine", "batch", id],
    queryFn: () => planBatch(given(environment), ids, Math.floor(Date.now() / 1000)),
    enabled: environment !== null,
    // The plan is of this moment: what is recorded below does not change it under the person's hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const cosign = useMutation({
    mutationFn: async ({ cosigned, free }: BatchPlan) => [
      ...cosigned,
      ...(await cosignBatch(given(environment), free, setDone)),
    ],
    onMutate: () => onBusy(true),
    onSettled: () => onBusy(false),
    // What was co-signed before the failure is found again.
    onError: () => void plan.refetch(),
  });
  const isNothing = plan.data && plan.data.free.length === 0 && plan.data.cosigned.length === 0;
  return (
    <section className="card" aria-labelledby="record-batch">
      <h2 id="record-batch">{words.recordTitle}</h2>
      {plan.error && <FailureNotice error={plan.error} onRetry={() => void plan.refetch()} />}
      {plan.data && <PlanNotes plan={plan.data} />}
      {isNothing && plan.data?.elsewhere === 0 && <p>{words.allRecorded}</p>}
      {plan.data && !isNothing && !cosign.data && (
        <div className="actions">
          <button
            type="button"
            className="button button-primary"
            disabled={cosign.isPending || environment === null}
            onClick={() => plan.data && cosign.mutate(plan.data)}
          >
            {cosign.error ? text.record.again : words.cosign}
          </button>
        </div>
      )}
      {cosign.isPending && (
        <p role="status">{words.cosigning(count(done), count(plan.data?.free.length ?? 0))}</p>
      )}
      {cosign.error && <FailureNotice error={cosign.error} />}
      {cosign.data && <Reports environment={environment} reports={cosign.data} onBusy={onBusy} />}
    </section>
  );
}

/**
 * Takes the workloads of a file to the chain: what is left to record, co-signed, its sums shown, then recorded. They are
 * one account's: no other one can record them.
 */
export function BatchRecord(props: Props) {
  const account = props.environment?.account;
  const owner = useRef(account);
  owner.current ??= account;
  if (account === undefined || account === owner.current) return <Own {...props} />;
  return (
    <section className="card">
      <p>{words.otherAccount}</p>
    </section>
  );
}
