import { text } from "../../strings/text";
import type { Choices } from "./choices";
import { type Bound, Chosen, Typed } from "./FormControls";
import { workOf, worksOf } from "./workloadForm";

const words = text.record;

interface Props extends Bound {
  choices: Choices | undefined;
}

const NONE: Choices[keyof Choices] = [];
const SCOPES = (["device", "node", "facility"] as const).map((id) => ({ id, name: words.scopes[id] }));
const POWER_SCOPES = (["system", "device"] as const).map((id) => ({ id, name: words.powerScopes[id] }));

/** What the work was, where the start leaves it open. */
function WorkChoice(bound: Bound) {
  const works = worksOf(bound.form.kind);
  if (works.length < 2) return null;
  const options = works.map((id) => ({ id, name: words.works[id] }));
  const shown = { ...bound, form: { ...bound.form, work: workOf(bound.form) } };
  return <Chosen {...shown} name="work" label={words.work} options={options} />;
}

function Site({ choices, ...bound }: Props) {
  return (
    <fieldset>
      <legend className="legend">{words.place}</legend>
      <div className="fields">
        <Typed {...bound} name="start" label={words.start} type="date" />
        <Typed {...bound} name="end" label={words.end} type="date" />
        <Chosen
          {...bound}
          name="country"
          label={words.country}
          options={choices?.countries ?? NONE}
          none={words.countryNone}
          optional
        />
        <Typed {...bound} name="gridGrams" label={words.grid} hint={words.gridHint} optional />
        <Typed {...bound} name="pue" label={words.pue} hint={words.pueHint} optional />
        <Typed {...bound} name="name" label={words.name} hint={words.nameHint} optional isText />
      </div>
    </fieldset>
  );
}

/** Accelerators and their hours; they may be left out where the energy was measured. */
function Devices({ choices, optional, ...bound }: Props & { optional: boolean }) {
  return (
    <>
      <Chosen
        {...bound}
        name="hardware"
        label={words.hardware}
        options={choices?.hardware ?? NONE}
        none={words.hardwareNone}
        optional={optional}
      />
      <Typed
        {...bound}
        name="deviceHours"
        label={words.deviceHours}
        hint={words.deviceHoursHint}
        optional={optional}
      />
    </>
  );
}

function Training(props: Props) {
  const { choices: _, ...bound } = props;
  return (
    <>
      <Devices {...props} optional={false} />
      <Typed {...bound} name="powerW" label={words.powerW} hint={words.powerHint} optional />
      <Chosen {...bound} name="powerScope" label={words.powerScope} options={POWER_SCOPES} />
    </>
  );
}

function Usage({ choices, ...bound }: Props) {
  return (
    <>
      <Chosen
        {...bound}
        name="model"
        label={words.model}
        options={choices?.models ?? NONE}
        none={words.modelNone}
      />
      <Typed {...bound} name="requests" label={words.requests} />
      <Typed {...bound} name="inputTokens" label={words.inputTokens} />
      <Typed {...bound} name="outputTokens" label={words.outputTokens} />
      <Typed {...bound} name="batch" label={words.batchSize} optional />
    </>
  );
}

function Measured(props: Props) {
  const { choices: _, ...bound } = props;
  return (
    <>
      <Typed {...bound} name="energyKwh" label={words.energyKwh} hint={words.energyKwhHint} />
      <Chosen {...bound} name="scope" label={words.scope} options={SCOPES} />
      <Devices {...props} optional />
    </>
  );
}

const EFFORTS = { training: Training, inference: Usage, measured: Measured } as const;

/** Fields of a workload. What a field means to the model is in `readForm`. */
export function WorkloadFields(props: Props) {
  const { choices: _, ...bound } = props;
  const Effort = EFFORTS[props.form.kind];
  return (
    <div className="stack">
      <p className="hint">{words.privacy}</p>
      <Site {...props} />
      <fieldset>
        <legend className="legend">{words.effort}</legend>
        <div className="fields">
          <WorkChoice {...bound} />
          <Effort {...props} />
        </div>
      </fieldset>
    </div>
  );
}
