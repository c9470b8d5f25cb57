import { type ChangeEvent, useState } from "react";
import { decimalText } from "../../amounts";
import type { RecordedEvent } from "../../chain/ledger";
import { CopyButton } from "../../components/CopyButton";
import { Field } from "../../components/Field";
import { carbon, day, short } from "../../format";
import { ledgerText } from "../../strings/ledgerText";
import { text } from "../../strings/text";
import type { PlacedWorkload } from "./breakdown";
import { type ModelCard, modelCardText } from "./modelCard";
import { suggestion } from "./suggestion";

const words = ledgerText.card;
const MOST_LISTED = 200;
const TYPES = ["pre-training", "fine-tuning"] as const;

type Answers = Pick<ModelCard, "trainingType" | "location" | "hardware">;

function sourceOf({ id, footprint }: RecordedEvent): string {
  const grams = (ug: bigint) => decimalText(ug, 6);
  const link = `${window.location.origin}/attestation/${id}`;
  return words.source(text.brand, id, grams(footprint.low_ug), grams(footprint.high_ug), link);
}

interface QuestionProps {
  answers: Answers;
  onAnswer: (change: Partial<Answers>) => void;
}

function Questions({ answers, onAnswer }: QuestionProps) {
  const typed = (name: "location" | "hardware") => ({
    value: answers[name],
    maxLength: 200,
    onChange: (event: ChangeEvent<HTMLInputElement>) => onAnswer({ [name]: event.target.value }),
  });
  return (
    <>
      <Field label={words.type} optional>
        {(control) => (
          <select
            {...control}
            value={answers.trainingType}
            onChange={(event) =>
              onAnswer({ trainingType: TYPES.find((type) => type === event.target.value) ?? "" })
            }
          >
            <option value="">{words.typeNone}</option>
            {TYPES.map((type) => (
              <option key={type} value={type}>
                {words.types[type]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={words.location} hint={words.locationHint} optional>
        {(control) => <input {...control} {...typed("location")} />}
      </Field>
      <Field label={words.hardware} hint={words.hardwareHint} optional>
        {(control) => <input {...control} {...typed("hardware")} />}
      </Field>
    </>
  );
}

interface Props {
  /** Current attestations, newest first; at least one. */
  current: readonly RecordedEvent[];
  /** What is known of the work behind them, if the gateway was asked. */
  workloads: readonly PlacedWorkload[];
}

/** Text for the model card of a model whose training stands on the ledger. */
export function ModelCardPanel({ current, workloads }: Props) {
  const [chosen, setChosen] = useState("");
  const [typed, setTyped] = useState<Partial<Answers>>({});
  const record = current.find(({ id }) => id === chosen) ?? current[0];
  if (record === undefined) return null;
  const known = suggestion(workloads.filter(({ attestation }) => attestation === record.id));
  const answers = { ...known, ...typed };
  const card = modelCardText({
    emissions_ug: record.footprint.central_ug,
    source: sourceOf(record),
    ...answers,
  });
  return (
    <section className="card" aria-labelledby="model-card">
      <h2 id="model-card">{words.title}</h2>
      <p className="soft">{words.note}</p>
      <p className="hint">{words.public}</p>
      <div className="fields">
        <Field label={words.attestation}>
          {(control) => (
            <select
              {...control}
              value={record.id}
              onChange={(event) => {
                setChosen(event.target.value);
                setTyped({});
              }}
            >
              {current.slice(0, MOST_LISTED).map(({ id, footprint }) => (
                <option key={id} value={id}>
                  {`${short(id)}: ${carbon(footprint.central_ug)}, ${day(footprint.period_end)}`}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Questions
          answers={answers}
          onAnswer={(change) => setTyped((before) => ({ ...before, ...change }))}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="snippet" aria-label={words.yaml} tabIndex={0}>
        <pre className="mono">{card}</pre>
      </section>
      <div className="actions">
        <CopyButton label={words.copy} value={card} />
      </div>
    </section>
  );
}
