import { type ChangeEvent, useMemo } from "react";
import { Field } from "../../components/Field";
import type { Option } from "./choices";
import type { FormErrors, WorkloadForm } from "./workloadForm";

/** A form, what is wrong with it, and how it is changed: what every control of it needs. */
export interface Bound {
  form: WorkloadForm;
  errors: FormErrors;
  onChange: (change: Partial<WorkloadForm>) => void;
}

interface Props extends Bound {
  name: keyof WorkloadForm;
  label: string;
  hint?: string;
  optional?: boolean;
}

function setter({ name, onChange }: Props) {
  return (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
    onChange({ [name]: event.target.value });
}

/** A number as it is typed, a name, or a day. */
export function Typed(props: Props & { type?: "text" | "date"; isText?: boolean }) {
  const { form, errors, name, label, hint, optional = false, type = "text", isText = false } = props;
  return (
    <Field label={label} {...(hint ? { hint } : {})} error={errors[name]} optional={optional}>
      {(control) => (
        <input
          {...control}
          type={type}
          inputMode={type === "text" && !isText ? "decimal" : undefined}
          value={form[name]}
          onChange={setter(props)}
          maxLength={120}
          autoComplete="off"
        />
      )}
    </Field>
  );
}

/** One of some options; with `none` also none of them. */
export function Chosen(props: Props & { options: readonly Option[]; none?: string }) {
  const { form, errors, name, label, hint, optional = false, options, none } = props;
  const value = form[name];
  // A list that is not there yet must not lose what was chosen.
  const isListed = value === "" || options.some(({ id }) => id === value);
  // Not again with every key that is pressed anywhere in the form: some lists have hundreds of options.
  const listed = useMemo(
    () =>
      options.map((option) => (
        <option key={option.id} value={option.id}>
          {option.name}
        </option>
      )),
    [options],
  );
  return (
    <Field label={label} {...(hint ? { hint } : {})} error={errors[name]} optional={optional}>
      {(control) => (
        <select {...control} value={value} onChange={setter(props)}>
          {none !== undefined && <option value="">{none}</option>}
          {!isListed && <option value={value}>{value}</option>}
          {listed}
        </select>
      )}
    </Field>
  );
}
