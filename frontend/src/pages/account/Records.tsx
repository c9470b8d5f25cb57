import { useState } from "react";
import { type RecordedEvent, readAttestations } from "../../chain/ledger";
import { Pager, shownRows } from "../../components/Pager";
import { useChainRead } from "../../reads/useChainRead";
import { explore } from "../../strings/exploreText";
import { text } from "../../strings/publicText";
import { RecordRows } from "../explore/RecordRows";

const SIZE = 50;
const words = explore.account;

/** An account's attestations, a window of them at a time: only those are drawn and asked for. */
export function Records({ rows }: { rows: readonly RecordedEvent[] }) {
  const [page, setPage] = useState(0);
  const shown = shownRows(rows, page, SIZE);
  const ids = shown.map(({ id }) => id);
  const states = useChainRead(
    ["states", ...ids],
    (client, config) => readAttestations(client, config, ids),
    ids.length > 0,
  );
  return (
    <section className="card" aria-labelledby="attestations">
      <h2 id="attestations">{words.records}</h2>
      {rows.length === 0 ? (
        <p className="soft">{text.ledger.noAttestations}</p>
      ) : (
        <RecordRows rows={shown} states={states.data} />
      )}
      <Pager label={words.records} rows={rows.length} size={SIZE} page={page} onPage={setPage} />
    </section>
  );
}
