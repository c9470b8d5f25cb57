import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import { getEvidence } from "../../api/gateway";
import { BoundBar } from "../../components/BoundBar";
import { Fact } from "../../components/Fact";
import { FailureNotice } from "../../components/FailureNotice";
import { Hash } from "../../components/Hash";
import type { RecordedReport } from "../../flows/record";
import { carbon, count } from "../../format";
import { text } from "../../strings/text";
import { saveJson } from "./saveJson";

const words = text.record;

/** What was recorded, where, and the file that makes it checkable. */
export function RecordedCard({ recorded, onAnother }: { recorded: RecordedReport; onAnother: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { footprint } = recorded.report;
  const download = useMutation({
    mutationFn: async () =>
      saveJson(`evidence-${recorded.id.slice(2, 10)}.json`, await getEvidence(recorded.reportId)),
  });

  useEffect(() => heading.current?.focus(), []);

  return (
    <section className="card" aria-labelledby="recorded">
      <h2 id="recorded" ref={heading} tabIndex={-1}>
        {words.doneTitle}
      </h2>
      <p role="status">{words.doneText}</p>
      <p className="figure-value">{carbon(footprint.central_ug)}</p>
      <BoundBar low={footprint.low_ug} central={footprint.central_ug} high={footprint.high_ug} />
      <dl className="facts">
        <Fact name={text.attestation.id}>
          <Hash value={recorded.id} full />
        </Fact>
        <Fact name={text.attestation.transaction}>
          <Hash value={recorded.transaction} path="tx" full />
        </Fact>
        <Fact name={text.attestation.block}>{count(recorded.block)}</Fact>
      </dl>
      {download.error && <FailureNotice error={download.error} />}
      <div className="actions">
        <Link className="button button-primary" href={`/attestation/${recorded.id}`}>
          {words.view}
        </Link>
        <button
          type="button"
          className="button"
          disabled={download.isPending}
          onClick={() => download.mutate()}
        >
          {words.download}
        </button>
        <Link className="button" href="/retire">
          {words.next}
        </Link>
        <button type="button" className="button" onClick={onAnother}>
          {words.another}
        </button>
      </div>
    </section>
  );
}
