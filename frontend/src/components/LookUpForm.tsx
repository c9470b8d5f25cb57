import { type FormEvent, useState } from "react";
import { Field } from "./Field";

interface Props {
  label: string;
  action: string;
  /** What was looked up last: where the field starts. */
  given: string;
  /** What is wrong with `given`, if anything is. */
  error: string | undefined;
  maxLength: number;
  primary?: boolean;
  /** Gets what was written, without the spaces around it. */
  onLook: (written: string) => void;
}

/** One field for an address or an id, and the button that looks it up. */
export function LookUpForm({ label, action, given, error, maxLength, primary = false, onLook }: Props) {
  const [draft, setDraft] = useState(given);

  function submit(event: FormEvent) {
    event.preventDefault();
    onLook(draft.trim());
  }

  return (
    <form className="stack-tight" onSubmit={submit} noValidate>
      <Field label={label} error={error}>
        {(control) => (
          <input
            {...control}
            className="mono"
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            maxLength={maxLength}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <div className="actions">
        <button type="submit" className={primary ? "button button-primary" : "button"}>
          {action}
        </button>
      </div>
    </form>
  );
}
