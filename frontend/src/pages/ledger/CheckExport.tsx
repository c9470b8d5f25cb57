import { useId, useState } from "react";
import { Notice } from "../../components/Notice";
import { InvalidShape } from "../../evidence/reader";
import { count, short } from "../../format";
import { useLedger } from "../../ledgerContext";
import { explore } from "../../strings/exploreText";
import { ledgerText } from "../../strings/ledgerText";
import { text } from "../../strings/text";
import type { ExportFile } from "./accountExport";
import { type Difference, PARTS } from "./compareExport";
import { checkExport, type Outcome, readFile, type Shown } from "./exportCheck";

const words = ledgerText.exports;
const MOST_NAMED = 20;

interface Answer {
  kind: "info" | "warn" | "bad";
  said: readonly string[];
}

function named({ part, id, is, fields }: Difference): string {
  const what = id === "" ? words.parts[part] : `${words.parts[part]} ${short(id)}`;
  return `${what}: ${is === "other" ? fields.join(", ") : words.wrong[is]}`;
}

/** The parts that were compared with how many entries each, and those that the file does not have. */
function partsOf(file: ExportFile): { there: string; missing: string } {
  const sized = PARTS.filter((part) => file[part] !== undefined).map((part) => {
    const entries = file[part];
    return Array.isArray(entries) ? `${words.parts[part]} (${count(entries.length)})` : words.parts[part];
  });
  const missing = PARTS.filter((part) => file[part] === undefined).map((part) => words.parts[part]);
  return { there: sized.join(", "), missing: missing.join(", ") };
}

function compared({ file, differences, since, eventsOnly }: Extract<Outcome, { is: "compared" }>): Answer {
  const block = count(file.block);
  const { there, missing } = partsOf(file);
  if (differences.length > 0) {
    const list = differences.slice(0, MOST_NAMED).map(named);
    return { kind: "bad", said: [words.differ(count(differences.length), block), ...list] };
  }
  if (eventsOnly)
    return { kind: "warn", said: [words.eventsOnly(count(file.attestations?.length ?? 0), block)] };
  const later = since > 0 ? [words.since(count(since))] : [];
  const unchecked = missing === "" ? [] : [words.unchecked(missing)];
  return { kind: "info", said: [words.same(there, block), ...unchecked, ...later] };
}

function answerTo(outcome: Outcome): Answer {
  if (outcome.is === "compared") return compared(outcome);
  if (outcome.is === "other chain") return { kind: "bad", said: [words.otherChain] };
  if (outcome.is === "other account") return { kind: "bad", said: [words.otherAccount(outcome.account)] };
  if (outcome.is === "ahead") return { kind: "bad", said: [words.ahead(count(outcome.block))] };
  return { kind: "bad", said: [explore.account.incomplete] };
}

/** Reads an exported file again and says whether it is what the chain held at its block. */
export function CheckExport(shown: Shown) {
  const id = useId();
  const { config, reader } = useLedger();
  const [answer, setAnswer] = useState<Answer | "reading">();

  async function check(chosen: File): Promise<Answer> {
    let file: ExportFile;
    try {
      file = readFile(await chosen.text());
    } catch (error) {
      const isShape = error instanceof InvalidShape;
      return {
        kind: "bad",
        said: [isShape ? words.malformed(error.field, error.expected) : words.notExport],
      };
    }
    return checkExport(file, reader, config, shown).then(answerTo, () => {
      return { kind: "bad", said: [text.status.readFailed] };
    });
  }

  async function take(chosen: File | undefined) {
    if (!chosen) return;
    setAnswer("reading");
    setAnswer(await check(chosen));
  }

  return (
    <details>
      <summary>{words.check}</summary>
      <div className="stack-tight">
        <label className="field-label" htmlFor={id}>
          {words.file}
        </label>
        <input
          id={id}
          type="file"
          accept="application/json,.json,text/csv,.csv"
          onChange={(event) => void take(event.target.files?.[0])}
          // The same file may be chosen again after it was changed.
          onClick={(event) => {
            event.currentTarget.value = "";
          }}
        />
        <p className="hint">{words.hint}</p>
        {answer === "reading" && <p role="status">{words.preparing}</p>}
        {answer && answer !== "reading" && (
          <Notice kind={answer.kind}>
            {answer.said.map((sentence) => (
              <p key={sentence} className="break">
                {sentence}
              </p>
            ))}
          </Notice>
        )}
      </div>
    </details>
  );
}
