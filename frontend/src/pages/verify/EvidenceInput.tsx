import { type FormEvent, useState } from "react";
import { Field } from "../../components/Field";
import { FileDrop } from "../../components/FileDrop";
import { verify } from "../../strings/verifyText";

const words = verify;

interface Props {
  /** Gets the bytes of a file or of a pasted text. */
  onGiven: (given: Blob) => void;
}

function PasteForm({ onGiven }: Props) {
  const [draft, setDraft] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (draft.trim() !== "") onGiven(new Blob([draft]));
  }

  return (
    <details>
      <summary>{words.paste}</summary>
      <form className="stack-tight" onSubmit={submit} noValidate>
        <Field label={words.pasted}>
          {(control) => (
            <textarea
              {...control}
              className="mono"
              rows={6}
              value={draft}
              onChange={(event) => setDraft(event.target.value)}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
        <div className="actions">
          <button type="submit" className="button">
            {words.check}
          </button>
        </div>
      </form>
    </details>
  );
}

/** Takes what an owner disclosed: a file that is chosen or dropped, or its text. It stays in the browser. */
export function EvidenceInput({ onGiven }: Props) {
  return (
    <div className="stack-tight">
      <FileDrop label={words.file} accept="application/json,.json" onFile={onGiven}>
        <p className="hint">{words.drop}</p>
      </FileDrop>
      <PasteForm onGiven={onGiven} />
    </div>
  );
}
