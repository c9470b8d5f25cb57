import { useEffect, useRef } from "react";
import { Link } from "wouter";
import { Fact } from "../../components/Fact";
import { Hash } from "../../components/Hash";
import type { RetiredToken } from "../../flows/retireToken";
import { carbon, count } from "../../format";
import { tokenHex } from "../../ids";
import { text } from "../../strings/text";

const words = text.tokens;

/** What was retired, its certificate, and what can be done with it. */
export function RetiredCard({ retired, onAnother }: { retired: RetiredToken; onAnother: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = tokenHex(retired.certificate);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="card" aria-labelledby="retired">
      <h2 id="retired" ref={heading} tabIndex={-1}>
        {words.doneTitle}
      </h2>
      <p role="status">{words.done(carbon(retired.amountUg, "exact"))}</p>
      <dl className="facts">
        <Fact name={text.certificate.id}>
          <Hash value={id} full />
        </Fact>
        <Fact name={text.attestation.transaction}>
          <Hash value={retired.transaction} path="tx" full />
        </Fact>
        <Fact name={text.attestation.block}>{count(retired.block)}</Fact>
      </dl>
      <div className="actions">
        <Link className="button button-primary" href={`/certificate/${id}`}>
          {words.view}
        </Link>
        <Link className="button" href={`/retire?certificate=${id}`}>
          {words.allocate}
        </Link>
        <button type="button" className="button" onClick={onAnother}>
          {words.another}
        </button>
      </div>
    </section>
  );
}
