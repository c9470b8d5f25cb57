import { explain } from "../flows/failure";
import { text } from "../strings/text";
import { Notice } from "./Notice";

interface Props {
  error: unknown;
  onRetry?: () => void;
}

/** What went wrong, in one sentence, with the fields that the backend named. A refusal in the wallet is no failure. */
export function FailureNotice({ error, onRetry }: Props) {
  const { kind, message, fields } = explain(error);
  return (
    <Notice kind={kind === "refused" ? "info" : "bad"}>
      <p>{message}</p>
      {fields.length > 0 && (
        <ul className="plain-list">
          {fields.map(({ field, problem, expected }) => (
            <li key={`${field} ${problem}`}>{text.failure.field(field, problem, expected)}</li>
          ))}
        </ul>
      )}
      {onRetry && (
        <div className="actions">
          <button type="button" className="button" onClick={onRetry}>
            {text.retry}
          </button>
        </div>
      )}
    </Notice>
  );
}
