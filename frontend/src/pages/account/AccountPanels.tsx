import type { Address } from "viem";
import { type AccountEvents, readAccountEvents } from "../../chain/accountView";
import { Notice } from "../../components/Notice";
import { QueryView } from "../../components/QueryView";
import { useLedger } from "../../ledgerContext";
import { useChainRead } from "../../reads/useChainRead";
import { explore } from "../../strings/exploreText";
import { text } from "../../strings/publicText";
import { contractName } from "../explore/contractName";
import { Certificates } from "./Certificates";
import { Records } from "./Records";
import { Totals } from "./Totals";

const words = explore.account;

function Panels({ account, events }: { account: Address; events: AccountEvents }) {
  const { config } = useLedger();
  const contract = contractName(config, account);
  return (
    <div className="stack">
      {contract !== null && (
        <Notice>
          <p>{words.isContract(contract)}</p>
        </Notice>
      )}
      {!events.complete && (
        <Notice kind="warn">
          <p>{words.incomplete}</p>
        </Notice>
      )}
      <Totals account={account} totals={events.totals} block={events.block} />
      <Records rows={events.records} />
      <Certificates rows={events.certificates} />
    </div>
  );
}

/** What the chain says about an account: totals, attestations and certificates, however many there are. */
export function AccountPanels({ account }: { account: Address }) {
  const query = useChainRead(["account events", account], (client, config) =>
    readAccountEvents(client, config, account),
  );
  return (
    <QueryView query={query} failed={text.status.readFailed}>
      {(events) => <Panels account={account} events={events} />}
    </QueryView>
  );
}
