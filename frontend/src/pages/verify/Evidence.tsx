import { useState } from "react";
import type { Hex } from "viem";
import { Notice } from "../../components/Notice";
import { CheckFailed } from "../../evidence/checkFailed";
import { count } from "../../format";
import { verify } from "../../strings/verifyText";
import { CheckFailure } from "./CheckFailure";
import { EvidenceInput } from "./EvidenceInput";
import { loadChecker } from "./loadChecker";
import type { Opened } from "./useVerification";
import { VerificationCard } from "./VerificationCard";

const words = verify;
const MOST_BYTES = 64 * 1_048_576;

type State = { reading: true } | { error: unknown } | { opened: Opened };

let files = 0;

async function open(given: Blob): Promise<Opened> {
  if (given.size > MOST_BYTES)
    throw new CheckFailed({ kind: "json", detail: words.tooLarge(count(given.size)) });
  const [checker, bytes] = await Promise.all([loadChecker(), given.arrayBuffer()]);
  files += 1;
  return { key: String(files), disclosure: checker.openDocument(new Uint8Array(bytes)) };
}

/** Takes what was disclosed and shows what becomes of it. The file stays in the browser. */
export function Evidence({ asked }: { asked: Hex | null }) {
  const [state, setState] = useState<State | null>(null);

  function take(given: Blob) {
    setState({ reading: true });
    open(given).then(
      (opened) => setState({ opened }),
      (error: unknown) => setState({ error }),
    );
  }

  return (
    <section className="card" aria-labelledby="by-file">
      <h2 id="by-file">{words.byFile}</h2>
      <div className="stack">
        <EvidenceInput onGiven={take} />
        {state && "reading" in state && (
          <Notice>
            <p>{words.reading}</p>
          </Notice>
        )}
        {state && "error" in state && <CheckFailure error={state.error} />}
        {state && "opened" in state && (
          <VerificationCard key={state.opened.key} opened={state.opened} asked={asked} />
        )}
      </div>
    </section>
  );
}
