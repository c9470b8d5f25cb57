import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Problem } from "../api/problem";
import { Later } from "../components/Later";
import { Loading } from "../components/Loading";
import { PageHead } from "../components/PageHead";
import type { CosignedReport, RecordedReport } from "../flows/record";
import { text } from "../strings/text";
import { AccessCard } from "../wallet/AccessCard";
import { useSession } from "../wallet/useSession";
import { readChoices } from "./record/choices";
import { EstimateCard } from "./record/EstimateCard";
import { newEventId } from "./record/eventId";
import { RecordedCard } from "./record/RecordedCard";
import { RecordPanel } from "./record/RecordPanel";
import { readForm } from "./record/readForm";
import { type Start, StartChoice } from "./record/StartChoice";
import { useEstimate } from "./record/useEstimate";
import { WaitingReports } from "./record/WaitingReports";
import { WorkloadFields } from "./record/WorkloadFields";
import { BLOOM_FORM, EMPTY_FORM, type FormErrors, formField, type WorkloadForm } from "./record/workloadForm";

const words = text.record;
/** Most people state one workload: what many of them need comes when it is asked for. */
const BatchCard = lazy(() => import("./record/BatchCard"));

/** Errors worth showing: not "this is needed" under fields that nobody has come to yet. */
function shownErrors(errors: FormErrors | undefined, form: WorkloadForm): FormErrors {
  const entries = Object.entries(errors ?? {}) as [keyof WorkloadForm, string][];
  return Object.fromEntries(entries.filter(([key]) => form[key] !== ""));
}

function backendErrors(error: unknown): FormErrors {
  if (!(error instanceof Problem)) return {};
  return Object.fromEntries(
    error.errors.flatMap(({ field, problem, expected }) => {
      const key = formField(field);
      return key ? [[key, expected ? `${problem}; ${expected}` : problem]] : [];
    }),
  );
}

function Example({ onFill }: { onFill: () => void }) {
  return (
    <div className="example">
      <button type="button" className="button" onClick={onFill}>
        {words.example}
      </button>
      <p className="hint">{words.exampleNote}</p>
    </div>
  );
}

interface OneProps {
  kind: WorkloadForm["kind"];
  busy: boolean;
  onBusy: (busy: boolean) => void;
  onRecorded: (recorded: RecordedReport) => void;
}

/** One workload: the form, its estimate as it is typed, and the way to the chain. */
function OneWorkload({ kind, busy, onBusy, onRecorded }: OneProps) {
  const [typed, setTyped] = useState(EMPTY_FORM);
  // A new id for each statement of work: repeating a request must not state the work twice, another form must.
  const [eventId, setEventId] = useState(newEventId);
  const [taken, setTaken] = useState<{ kind: Start; report: CosignedReport }>();
  const waiting = taken?.kind === kind ? taken.report : undefined;
  const { session } = useSession();
  const choices = useQuery({
    queryKey: ["backend", "catalogue"],
    queryFn: readChoices,
    staleTime: 600_000,
  });
  const form = { ...typed, kind };
  const statement = `${eventId}-${kind}`;
  const read = readForm(form, Math.floor(Date.now() / 1000));
  const { query, current } = useEstimate(read.workload);
  const errors = { ...shownErrors(read.errors, form), ...(read.workload ? backendErrors(query.error) : {}) };

  function change(next: WorkloadForm) {
    setTyped(next);
    setEventId(newEventId());
    setTaken(undefined);
  }

  return (
    <div className="columns">
      <div className="stack">
        {!waiting && (
          <WaitingReports
            account={session?.account ?? null}
            onContinue={(report) => setTaken({ kind, report })}
          />
        )}
        <form
          className="card"
          noValidate
          onSubmit={(event) => event.preventDefault()}
          aria-label={words.headline}
        >
          <fieldset disabled={busy} className="stack">
            {kind === "training" && <Example onFill={() => change(BLOOM_FORM)} />}
            <WorkloadFields
              form={form}
              errors={errors}
              choices={choices.data}
              onChange={(part) => change({ ...form, ...part })}
            />
          </fieldset>
        </form>
      </div>
      <Later>
        <EstimateCard query={query}>
          <RecordPanel
            key={waiting?.id ?? statement}
            workload={read.workload}
            estimate={current}
            eventId={statement}
            {...(waiting ? { waiting } : {})}
            onBusy={onBusy}
            onRecorded={onRecorded}
          />
        </EstimateCard>
      </Later>
    </div>
  );
}

/** State work in the way that suits what there is, see its footprint, have it co-signed and record it. */
export default function Record() {
  const [start, setStart] = useState<Start>("training");
  const [busy, setBusy] = useState(false);
  const [recorded, setRecorded] = useState<RecordedReport>();
  if (recorded) {
    return (
      <>
        <PageHead title={words.title} eyebrow={words.eyebrow} headline={words.headline} />
        <RecordedCard recorded={recorded} onAnother={() => setRecorded(undefined)} />
      </>
    );
  }
  return (
    <>
      <PageHead title={words.title} eyebrow={words.eyebrow} headline={words.headline} lead={words.lead} />
      <div className="stack">
        <AccessCard />
        <StartChoice start={start} disabled={busy} onStart={setStart} />
        {start === "codecarbon" || start === "file" ? (
          <Suspense fallback={<Loading />}>
            <BatchCard key={start} isCodeCarbon={start === "codecarbon"} onBusy={setBusy} />
          </Suspense>
        ) : (
          <Later>
            <OneWorkload kind={start} busy={busy} onBusy={setBusy} onRecorded={setRecorded} />
          </Later>
        )}
      </div>
    </>
  );
}
