import { useId, useState } from "react";
import type { Address } from "viem";
import type { RecordedEvent } from "../../chain/ledger";
import { Notice } from "../../components/Notice";
import { InvalidShape } from "../../evidence/reader";
import { count, short } from "../../format";
import { useLedger } from "../../ledgerContext";
import { ledgerText } from "../../strings/ledgerText";
import { type Comparison, compareExport, readExport } from "./readExport";

const words = ledgerText.exports;
const MOST_NAMED = 20;

interface Answer {
  kind: "info" | "bad";
  said: readonly string[];
}

function compared(found: Extract<Comparison, { is: "compared" }>, total: number, block: bigint): Answer {
  const { differ, since } = found;
  if (differ.length > 0) {
    const named = differ.slice(0, MOST_NAMED).map(({ id }) => short(id));
    return { kind: "bad", said: [words.differ(count(differ.length)), named.join(", ")] };
  }
  const later = since > 0 ? [words.since(count(since))] : [];
  return { kind: "info", said: [words.same(count(total), count(block)), ...later] };
}

interface Props {
  account: Address;
  records: readonly RecordedEvent[];
}

/** Reads an exported file again and says whether it is what the chain holds. */
export function CheckExport({ account, records }: Props) {
  const id = useId();
  const { config } = useLedger();
  const [answer, setAnswer] = useState<Answer>();

  async function check(file: File): Promise<Answer> {
    try {
      const exported = readExport(await file.text());
      const found = compareExport(exported, config, account, records);
      if (found.is === "other chain") return { kind: "bad", said: [words.otherChain] };
      if (found.is === "other account") return { kind: "bad", said: [words.otherAccount(found.account)] };
      return compared(found, exported.attestations.length, exported.block);
    } catch (error) {
      const isShape = error instanceof InvalidShape;
      return { kind: "bad", said: [isShape ? words.malformed(error.field, error.expected) : words.notJson] };
    }
  }

  async function take(file: File | undefined) {
    if (file) setAnswer(await check(file));
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
          accept="application/json,.json"
          onChange={(event) => void take(event.target.files?.[0])}
          // The same file may be chosen again after it was changed.
          onClick={(event) => {
            event.currentTarget.value = "";
          }}
        />
        <p className="hint">{words.hint}</p>
        {answer && (
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
