import { type DragEvent, type FormEvent, useId, useState } from "react";
import { Field } from "../../components/Field";
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
  const id = useId();
  const [over, setOver] = useState(false);

  function take(file: File | undefined) {
    if (file) onGiven(file);
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  }

  return (
    <div className="stack-tight">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the file input inside does the same by keyboard */}
      <div
        className={over ? "drop drop-over" : "drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <label className="field-label" htmlFor={id}>
          {words.file}
        </label>
        <input
          id={id}
          type="file"
          accept="application/json,.json"
          onChange={(event) => take(event.target.files?.[0])}
          // The same file may be chosen again after it was changed.
          onClick={(event) => {
            event.currentTarget.value = "";
          }}
        />
        <p className="hint">{words.drop}</p>
      </div>
      <PasteForm onGiven={onGiven} />
    </div>
  );
}
