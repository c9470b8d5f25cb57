import { lazy, Suspense, useState } from "react";
import { callText, type RawCall } from "../chain/rawCall";
import { count } from "../format";
import { proof } from "../strings/proofText";
import { Loading } from "./Loading";

const RawCallDetails = lazy(() => import("./RawCallDetails"));

/** Says where something was read, and on demand how anyone asks the chain the same. */
export function ReadFrom({ call }: { call: RawCall }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="read-from" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="hint break">{proof.read.at(callText(call), count(call.block))}</summary>
      {open && (
        <Suspense fallback={<Loading />}>
          <RawCallDetails call={call} />
        </Suspense>
      )}
    </details>
  );
}
