import type { ChangeEvent } from "react";
import type { Catalogue } from "../../api/types";
import { Field } from "../../components/Field";
import { text } from "../../strings/text";
import type { FormErrors, WorkloadForm } from "./workloadForm";

const words = text.record;

interface Props {
  form: WorkloadForm;
  errors: FormErrors;
  catalogue: Catalogue | undefined;
  onChange: (change: Partial<WorkloadForm>) => void;
}

type TextKey = Exclude<keyof WorkloadForm, "kind" | "powerScope">;

interface Option {
  id: string;
  name: string;
}

/** Fields of a workload. What a field means to the model is in `workloadForm`. */
export function WorkloadFields({ form, errors, catalogue, onChange }: Props) {
  const set = (key: keyof WorkloadForm) => (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
    onChange({ [key]: event.target.value });

  function input(
    key: TextKey,
    label: string,
    options: { hint?: string; optional?: boolean; type?: string } = {},
  ) {
    const { hint, optional = false, type = "text" } = options;
    return (
      <Field label={label} {...(hint ? { hint } : {})} error={errors[key]} optional={optional}>
        {(control) => (
          <input
            {...control}
            type={type}
            inputMode={type === "text" && key !== "name" ? "decimal" : undefined}
            value={form[key]}
            onChange={set(key)}
            maxLength={120}
            autoComplete="off"
          />
        )}
      </Field>
    );
  }

  function select(
    key: "country" | "hardware" | "model",
    label: string,
    none: string,
    options: readonly Option[],
    optional = false,
  ) {
    const isKnown = form[key] === "" || options.some(({ id }) => id === form[key]);
    return (
      <Field label={label} error={errors[key]} optional={optional}>
        {(control) => (
          <select {...control} value={form[key]} onChange={set(key)}>
            <option value="">{none}</option>
            {!isKnown && <option value={form[key]}>{form[key]}</option>}
            {options.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
    );
  }

  const named = (items: readonly { id: string; name?: string }[] | undefined): Option[] =>
    (items ?? []).map(({ id, name }) => ({ id, name: name ?? id }));

  return (
    <div className="stack">
      <fieldset>
        <legend className="legend">{words.kind}</legend>
        <div className="choice-row">
          {(["training", "inference"] as const).map((kind) => (
            <label className="choice" key={kind}>
              <input
                type="radio"
                name="kind"
                value={kind}
                checked={form.kind === kind}
                onChange={() => onChange({ kind })}
              />
              {words.kinds[kind]}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend className="legend">{words.place}</legend>
        <div className="fields">
          {input("start", words.start, { type: "date" })}
          {input("end", words.end, { type: "date" })}
          {select("country", words.country, words.countryNone, named(catalogue?.countries), true)}
          {input("gridGrams", words.grid, { hint: words.gridHint, optional: true })}
          {input("pue", words.pue, { hint: words.pueHint, optional: true })}
          {input("name", words.name, { hint: words.nameHint, optional: true })}
        </div>
      </fieldset>
      <fieldset>
        <legend className="legend">{words.effort}</legend>
        {form.kind === "training" ? (
          <div className="fields">
            {select("hardware", words.hardware, words.hardwareNone, named(catalogue?.hardware))}
            {input("deviceHours", words.deviceHours, { hint: words.deviceHoursHint })}
            {input("powerW", words.powerW, { hint: words.powerHint, optional: true })}
            <Field label={words.powerScope}>
              {(control) => (
                <select {...control} value={form.powerScope} onChange={set("powerScope")}>
                  <option value="system">{words.powerScopes.system}</option>
                  <option value="device">{words.powerScopes.device}</option>
                </select>
              )}
            </Field>
          </div>
        ) : (
          <div className="fields">
            {select("model", words.model, words.modelNone, named(catalogue?.models))}
            {input("requests", words.requests)}
            {input("inputTokens", words.inputTokens)}
            {input("outputTokens", words.outputTokens)}
            {input("batch", words.batch, { optional: true })}
          </div>
        )}
      </fieldset>
    </div>
  );
}
