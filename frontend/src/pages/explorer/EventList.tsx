import { Link } from "wouter";
import { ownExplorerPath } from "../../chain/explorerLinks";
import { count, short } from "../../format";
import { explorer } from "../../strings/explorerText";
import type { Contracts } from "./contracts";
import { decodeLog } from "./decode";
import { ExplorerHash } from "./ExplorerHash";
import { RawData } from "./RawData";
import type { Log } from "./transactions";
import { ValueList } from "./ValueList";

const words = explorer;

interface Props {
  logs: readonly Log[];
  contracts: Contracts;
  /** Whether each event names its transaction: not on that transaction's own page. */
  withTransaction?: boolean;
}

function Place({ log, withTransaction }: { log: Log; withTransaction: boolean }) {
  return (
    <p className="event-place small soft">
      <ExplorerHash value={log.address} path="address" />{" "}
      {withTransaction && (
        <>
          <ExplorerHash value={log.transaction} path="tx" />{" "}
          <Link href={ownExplorerPath("block", String(log.block))}>
            {words.events.block(count(log.block))}
          </Link>
        </>
      )}
    </p>
  );
}

function Event({ log, contracts, withTransaction }: { log: Log } & Required<Omit<Props, "logs">>) {
  const decoded = decodeLog(contracts, log);
  const title = decoded
    ? `${decoded.contract}.${decoded.name}`
    : `${words.transaction.undecodedEvent} ${short(log.topics[0] ?? "")}`;
  return (
    <li className="stack-tight">
      <h3 className="break">{title}</h3>
      <Place log={log} withTransaction={withTransaction} />
      {decoded ? <ValueList rows={decoded.rows} /> : <RawData data={[...log.topics, log.data].join(" ")} />}
    </li>
  );
}

/** Events in the words of their contracts; those of unknown contracts as bytes. */
export function EventList({ logs, contracts, withTransaction = false }: Props) {
  return (
    <ol className="plain-list stack">
      {logs.map((log) => (
        <Event
          key={`${log.transaction} ${log.index}`}
          log={log}
          contracts={contracts}
          withTransaction={withTransaction}
        />
      ))}
    </ol>
  );
}
