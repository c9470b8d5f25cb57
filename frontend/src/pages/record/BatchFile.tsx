import { useState } from "react";
import type { CodeCarbonOptions, WorkKind } from "../../api/upload";
import { Field } from "../../components/Field";
import { FileDrop } from "../../components/FileDrop";
import { mediaTypeOf, offsetSeconds, UPLOAD_ENDINGS } from "../../flows/batchUpload";
import { text } from "../../strings/text";

const words = text.record.batch;
const WORKS = ["training", "fine-tuning", "inference"] as const;

/** A file to be sent, with what CodeCarbon's does not say. */
export interface Batch {
  file: File;
  mediaType: string;
  options: CodeCarbonOptions;
}

interface Props {
  isCodeCarbon: boolean;
  /** Whether the gateway can be asked: somebody is signed in. */
  allowed: boolean;
  onUpload: (batch: Batch) => void;
}

interface Questions {
  work: WorkKind;
  offset: string;
  onWork: (work: WorkKind) => void;
  onOffset: (offset: string) => void;
}

function CodeCarbonQuestions({ work, offset, onWork, onOffset }: Questions) {
  const wrong = offsetSeconds(offset) === null ? words.offsetWrong : undefined;
  return (
    <div className="fields">
      <Field label={words.work}>
        {(control) => (
          <select
            {...control}
            value={work}
            onChange={(event) => onWork(WORKS.find((item) => item === event.target.value) ?? work)}
          >
            {WORKS.map((item) => (
              <option key={item} value={item}>
                {text.record.works[item]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={words.offset} hint={words.offsetHint} error={wrong}>
        {(control) => (
          <input
            {...control}
            value={offset}
            maxLength={7}
            autoComplete="off"
            onChange={(event) => onOffset(event.target.value)}
          />
        )}
      </Field>
    </div>
  );
}

/** Takes a file by choosing or dropping. It is sent only when the person says so. */
export function BatchFile({ isCodeCarbon, allowed, onUpload }: Props) {
  const [file, setFile] = useState<File>();
  const [work, setWork] = useState<WorkKind>("training");
  const [offset, setOffset] = useState("0");
  const mediaType = file ? mediaTypeOf(file.name) : null;
  const utcOffsetS = isCodeCarbon ? offsetSeconds(offset) : 0;
  const endings = isCodeCarbon ? [".csv"] : UPLOAD_ENDINGS;

  function upload() {
    if (file && mediaType !== null && utcOffsetS !== null)
      onUpload({ file, mediaType, options: { kind: work, utcOffsetS } });
  }

  return (
    <div className="stack">
      <p className="soft">{isCodeCarbon ? words.codecarbonNote : words.fileNote}</p>
      {isCodeCarbon && (
        <CodeCarbonQuestions work={work} offset={offset} onWork={setWork} onOffset={setOffset} />
      )}
      <FileDrop label={words.file} accept={endings.join(",")} onFile={setFile}>
        <p className="hint">{file ? file.name : words.drop}</p>
        {file && mediaType === null && (
          <p className="field-error" role="alert">
            {words.unknownFile(endings.join(", "))}
          </p>
        )}
      </FileDrop>
      {!allowed && <p className="hint">{text.record.needsAccess}</p>}
      <div className="actions">
        <button
          type="button"
          className="button button-primary"
          disabled={!allowed || mediaType === null || utcOffsetS === null}
          onClick={upload}
        >
          {words.upload}
        </button>
      </div>
    </div>
  );
}
