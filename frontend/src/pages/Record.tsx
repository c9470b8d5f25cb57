import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { getCatalogue } from "../api/gateway";
import { Problem } from "../api/problem";
import { PageHead } from "../components/PageHead";
import type { CosignedReport, RecordedReport } from "../flows/record";
import { text } from "../strings/text";
import { AccessCard } from "../wallet/AccessCard";
import { useSession } from "../wallet/useSession";
import { EstimateCard } from "./record/EstimateCard";
import { RecordedCard } from "./record/RecordedCard";
import { RecordPanel } from "./record/RecordPanel";
import { useEstimate } from "./record/useEstimate";
import { WaitingReports } from "./record/WaitingReports";
import { WorkloadFields } from "./record/WorkloadFields";
import {
  BLOOM_FORM,
  EMPTY_FORM,
  type FormErrors,
  formField,
  readForm,
  type WorkloadForm,
} from "./record/workloadForm";

const words = text.record;

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

/** State a workload, see its footprint, have it co-signed and record it. */
export default function Record() {
  const [form, setForm] = useState(EMPTY_FORM);
  // A new id for each statement of work: repeating a request must not state the work twice, another form must.
  const [eventId, setEventId] = useState(() => crypto.randomUUID());
  const [waiting, setWaiting] = useState<CosignedReport | undefined>();
  const [busy, setBusy] = useState(false);
  const [recorded, setRecorded] = useState<RecordedReport>();
  const { session } = useSession();
  const catalogue = useQuery({
    queryKey: ["backend", "catalogue"],
    queryFn: getCatalogue,
    staleTime: 600_000,
  });
  const read = readForm(form, Math.floor(Date.now() / 1000));
  const { query, current } = useEstimate(read.workload);
  const errors = { ...shownErrors(read.errors, form), ...(read.workload ? backendErrors(query.error) : {}) };

  function change(next: WorkloadForm) {
    setForm(next);
    setEventId(crypto.randomUUID());
    setWaiting(undefined);
    setRecorded(undefined);
  }

  if (recorded) {
    return (
      <>
        <PageHead title={words.title} eyebrow={words.eyebrow} headline={words.headline} />
        <RecordedCard recorded={recorded} onAnother={() => change(EMPTY_FORM)} />
      </>
    );
  }

  return (
    <>
      <PageHead title={words.title} eyebrow={words.eyebrow} headline={words.headline} lead={words.lead} />
      <div className="columns">
        <div className="stack">
          <AccessCard />
          {!waiting && <WaitingReports account={session?.account ?? null} onContinue={setWaiting} />}
          <form
            className="card"
            noValidate
            onSubmit={(event) => event.preventDefault()}
            aria-label={words.headline}
          >
            <fieldset disabled={busy} className="stack">
              <div className="example">
                <button type="button" className="button" onClick={() => change(BLOOM_FORM)}>
                  {words.example}
                </button>
                <p className="hint">{words.exampleNote}</p>
              </div>
              <WorkloadFields
                form={form}
                errors={errors}
                catalogue={catalogue.data}
                onChange={(part) => change({ ...form, ...part })}
              />
            </fieldset>
          </form>
        </div>
        <EstimateCard query={query}>
          <RecordPanel
            key={waiting?.id ?? eventId}
            workload={read.workload}
            estimate={current}
            eventId={eventId}
            {...(waiting ? { waiting } : {})}
            onBusy={setBusy}
            onRecorded={setRecorded}
          />
        </EstimateCard>
      </div>
    </>
  );
}
