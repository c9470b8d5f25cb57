import { useState } from "react";
import type { Held } from "../../chain/accountView";
import { readCertificate } from "../../chain/credits";
import { Pager, shownRows } from "../../components/Pager";
import { useChainRead } from "../../reads/useChainRead";
import { explore } from "../../strings/exploreText";
import { text } from "../../strings/publicText";
import { RetirementRows } from "../explore/RetirementRows";

const SIZE = 25;
const words = explore.account;

/** The certificates that an account holds, whatever program retired the credits. */
export function Certificates({ rows }: { rows: readonly Held[] }) {
  const [page, setPage] = useState(0);
  const shown = shownRows(rows, page, SIZE);
  const states = useChainRead(
    ["certificates", ...shown.map(({ id }) => id.toString())],
    (client, config) => Promise.all(shown.map(({ id }) => readCertificate(client, config, id))),
    shown.length > 0,
  );
  return (
    <section className="card" aria-labelledby="certificates">
      <h2 id="certificates">{words.certificates}</h2>
      {rows.length === 0 ? (
        <p className="soft">{text.ledger.noCertificates}</p>
      ) : (
        <RetirementRows
          rows={shown.map(({ id, minted }, index) => ({ id, minted, state: states.data?.[index] }))}
        />
      )}
      <Pager label={words.certificates} rows={rows.length} size={SIZE} page={page} onPage={setPage} />
    </section>
  );
}
