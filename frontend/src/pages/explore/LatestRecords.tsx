import { type RecordedEvent, readAttestations, recordedEvent, recordedQuery } from "../../chain/ledger";
import { QueryView } from "../../components/QueryView";
import { useChainRead } from "../../reads/useChainRead";
import { explore } from "../../strings/exploreText";
import { text } from "../../strings/publicText";
import { Older } from "./Older";
import { RecordRows } from "./RecordRows";
import { useNewest } from "./useNewest";

const words = explore.explore;

function Rows({ rows }: { rows: readonly RecordedEvent[] }) {
  const ids = rows.map(({ id }) => id);
  const states = useChainRead(["states", ...ids], (client, config) => readAttestations(client, config, ids));
  return <RecordRows rows={rows} states={states.data} withAccount />;
}

/** The newest attestations of all accounts. */
export function LatestRecords() {
  const { query, onOlder } = useNewest("recorded", (config) => recordedQuery(config, {}));
  return (
    <section className="card" aria-labelledby="latest-attestations">
      <h2 id="latest-attestations">{words.attestations}</h2>
      <QueryView query={query} failed={text.status.readFailed}>
        {(newest) => (
          <>
            {newest.events.length > 0 && <Rows rows={newest.events.map(recordedEvent)} />}
            <Older newest={newest} none={words.noAttestations} onOlder={onOlder} />
          </>
        )}
      </QueryView>
    </section>
  );
}
