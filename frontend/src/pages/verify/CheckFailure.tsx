import { Notice } from "../../components/Notice";
import { CheckFailed, type Failure } from "../../evidence/checkFailed";
import { verify } from "../../strings/verifyText";

const words = verify;

/** One sentence, and the details that go with it. */
function explain(failure: Failure): { message: string | null; details: readonly string[] } {
  switch (failure.kind) {
    case "json":
      return { message: words.notJson(failure.detail), details: [] };
    case "fields":
      return {
        message: null,
        details: failure.errors.map(({ field, problem, expected }) =>
          words.wrongField(field, problem, expected),
        ),
      };
    case "methodology":
      return { message: words.unknownMethodology(failure.id), details: failure.known };
    case "count":
      return { message: words.wrongCount(failure.given, failure.expected), details: [] };
    case "noRoot":
      return { message: words.noRoot, details: [] };
    case "notLoaded":
      return { message: words.notLoaded, details: [] };
  }
}

/** Why a file could not be read or recomputed. */
export function CheckFailure({ error }: { error: unknown }) {
  const { message, details } =
    error instanceof CheckFailed
      ? explain(error.failure)
      : { message: words.unexpected(error instanceof Error ? error.message : String(error)), details: [] };
  return (
    <Notice kind="bad">
      {message && <p className="break">{message}</p>}
      {details.length > 0 && (
        <ul className="plain-list">
          {details.map((detail) => (
            <li key={detail} className="break">
              {detail}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
