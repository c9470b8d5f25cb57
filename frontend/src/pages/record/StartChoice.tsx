import { text } from "../../strings/text";
import type { WorkloadForm } from "./workloadForm";

const words = text.record;

/** What somebody may have when they come: figures for the form, or a file. */
export type Start = WorkloadForm["kind"] | "codecarbon" | "file";

export const STARTS: readonly Start[] = ["training", "inference", "measured", "codecarbon", "file"];

interface Props {
  start: Start;
  disabled: boolean;
  onStart: (start: Start) => void;
}

/** The first question: what is there to begin with. */
export function StartChoice({ start, disabled, onStart }: Props) {
  return (
    <fieldset className="card" disabled={disabled} aria-labelledby="start-from">
      <h2 id="start-from">{words.startFrom}</h2>
      <div className="starts">
        {STARTS.map((item) => (
          <label className="choice" key={item}>
            <input
              type="radio"
              name="start"
              value={item}
              checked={start === item}
              onChange={() => onStart(item)}
            />
            <span>
              <strong>{words.starts[item].name}</strong>
              <br />
              <span className="small soft">{words.starts[item].text}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
