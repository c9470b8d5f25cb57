import { useMemo } from "react";
import type { Address } from "viem";
import { type AccountEvents, readAccountEvents } from "../../chain/accountView";
import { useChainQuery } from "../../chain/useChainQuery";
import { type Stated, useStates } from "../../chain/useStates";
import { Loading } from "../../components/Loading";
import { Notice } from "../../components/Notice";
import { QueryView } from "../../components/QueryView";
import { explore } from "../../strings/exploreText";
import { text } from "../../strings/text";
import { useSession } from "../../wallet/useSession";
import { Certificates } from "../account/Certificates";
import { Records } from "../account/Records";
import { Totals } from "../account/Totals";
import { Breakdown } from "./Breakdown";
import { CoverageOverTime } from "./CoverageOverTime";
import { Exports } from "./Exports";
import { ModelCardPanel } from "./ModelCardPanel";
import { overTime } from "./overTime";
import { useOwnWork } from "./useOwnWork";

interface StatedProps {
  account: Address;
  isOwn: boolean;
  stated: Stated;
}

/** What needs the state of each attestation: the charts, and the text for a model card. */
function Charts({ account, isOwn, stated: { records, states } }: StatedProps) {
  const { session } = useSession();
  const series = useMemo(() => overTime(records, states), [records, states]);
  const current = useMemo(
    () => records.filter((_, index) => states[index]?.superseded === false),
    [records, states],
  );
  const work = useOwnWork(account, current, isOwn && session !== null);
  return (
    <>
      <CoverageOverTime series={series} />
      {isOwn && <Breakdown query={work} />}
      <ModelCardPanel current={current} workloads={work.data?.workloads ?? []} />
    </>
  );
}

function Panels({ account, isOwn, events }: { account: Address; isOwn: boolean; events: AccountEvents }) {
  const stated = useStates(account, events);
  const { block, totals, records, certificates, complete } = events;
  return (
    <div className="stack">
      {!complete && (
        <Notice kind="warn">
          <p>{explore.account.incomplete}</p>
        </Notice>
      )}
      <Totals account={account} totals={totals} block={block} />
      {stated.data && records.length > 0 && <Charts account={account} isOwn={isOwn} stated={stated.data} />}
      {!stated.data && !stated.isError && records.length > 0 && <Loading />}
      <Records rows={records} />
      <Certificates rows={certificates} />
      <Exports account={account} block={block} records={records} />
    </div>
  );
}

/** What the chain says about an account, and for its owner what the gateway knows of the work behind it. */
export function AccountView({ account, isOwn }: { account: Address; isOwn: boolean }) {
  const query = useChainQuery(["account events", account], (client, config) =>
    readAccountEvents(client, config, account),
  );
  return (
    <QueryView query={query} failed={text.status.readFailed}>
      {(events) => <Panels account={account} isOwn={isOwn} events={events} />}
    </QueryView>
  );
}
