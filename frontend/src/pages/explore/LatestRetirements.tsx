import { type Minted, mintedEvent, mintedQuery, readCertificate } from "../../chain/credits";
import { QueryView } from "../../components/QueryView";
import { useChainRead } from "../../reads/useChainRead";
import { explore } from "../../strings/exploreText";
import { text } from "../../strings/publicText";
import { Older } from "./Older";
import { RetirementRows } from "./RetirementRows";
import { useNewest } from "./useNewest";

const words = explore.explore;

/** Retirements with the present state of each. */
export function Retirements({ rows }: { rows: readonly Minted[] }) {
  const key = rows.map(({ id }) => id.toString());
  const states = useChainRead(["certificates", ...key], (client, config) =>
    Promise.all(rows.map(({ id }) => readCertificate(client, config, id))),
  );
  return (
    <RetirementRows
      rows={rows.map((minted, index) => ({ id: minted.id, minted, state: states.data?.[index] }))}
    />
  );
}

/** The newest retirements, whatever program made them. */
export function LatestRetirements() {
  const { query, onOlder } = useNewest("minted", (config) => mintedQuery(config, {}));
  return (
    <section className="card" aria-labelledby="latest-retirements">
      <h2 id="latest-retirements">{words.retirements}</h2>
      <QueryView query={query} failed={text.status.readFailed}>
        {(newest) => (
          <>
            {newest.events.length > 0 && <Retirements rows={newest.events.map(mintedEvent)} />}
            <Older newest={newest} none={words.noRetirements} onOlder={onOlder} />
          </>
        )}
      </QueryView>
    </section>
  );
}
