import { type Address, formatEther, getAddress, isAddress } from "viem";
import { Link, useSearchParams } from "wouter";
import { ownExplorerPath } from "../../chain/explorerLinks";
import { useChainQuery } from "../../chain/useChainQuery";
import { Fact } from "../../components/Fact";
import { Notice } from "../../components/Notice";
import { QueryView } from "../../components/QueryView";
import { count } from "../../format";
import { explorer } from "../../strings/explorerText";
import { AddressEvents } from "./AddressEvents";
import { type AddressView, readAddressView } from "./addresses";
import { type Contract, useContracts } from "./contracts";
import { ExplorerHead } from "./ExplorerHead";
import { ReadTab } from "./ReadTab";
import { SourceTab } from "./SourceTab";

const words = explorer.address;
const TABS = ["events", "read", "source"] as const;
type Tab = (typeof TABS)[number];

function Facts({ address, view, name }: { address: Address; view: AddressView; name: string | undefined }) {
  return (
    <section className="card" aria-labelledby="facts">
      <h2 id="facts" className="mono break">
        {address}
      </h2>
      <dl className="facts">
        {name && <Fact name={words.name}>{name}</Fact>}
        <Fact name={words.kind}>
          {view.codeBytes > 0 ? words.contract(count(view.codeBytes)) : words.account}
        </Fact>
        <Fact name={words.balance}>{explorer.ether(formatEther(view.balance))}</Fact>
        <Fact name={words.sent}>{count(view.nonce)}</Fact>
      </dl>
      <div className="actions">
        <Link className="button" href={`/account/${address}`}>
          {words.ledger}
        </Link>
      </div>
    </section>
  );
}

function Part({ tab, address, contract }: { tab: Tab; address: Address; contract: Contract | undefined }) {
  if (tab === "read") return <ReadTab address={address} contract={contract} />;
  if (tab === "source") return <SourceTab address={address} />;
  return <AddressEvents address={address} />;
}

function ContractParts({ address, contract }: { address: Address; contract: Contract | undefined }) {
  const [params] = useSearchParams();
  const tab = TABS.find((known) => known === params.get("tab")) ?? "events";
  return (
    <>
      <nav className="parts" aria-label={words.tabs}>
        {TABS.map((name) => (
          <Link
            key={name}
            href={`${ownExplorerPath("address", address)}?tab=${name}`}
            aria-current={name === tab ? "page" : undefined}
          >
            {words[name]}
          </Link>
        ))}
      </nav>
      <Part tab={tab} address={address} contract={contract} />
    </>
  );
}

function Reading({ address }: { address: Address }) {
  const query = useChainQuery(["address", address], (client) => readAddressView(client, address));
  const isContract = (query.data?.codeBytes ?? 0) > 0;
  const contract = useContracts(isContract ? [address] : []).get(address.toLowerCase());
  return (
    <QueryView query={query} failed={explorer.readFailed}>
      {(view) => (
        <div className="stack">
          <Facts address={address} view={view} name={contract?.name} />
          {isContract && <ContractParts address={address} contract={contract} />}
        </div>
      )}
    </QueryView>
  );
}

/** An account or a contract: what it holds, its events, what can be read from it, and its verified source. */
export default function AddressPage({ address }: { address: string }) {
  if (!isAddress(address, { strict: false }))
    return (
      <Notice kind="bad">
        <h1>{words.title}</h1>
        <p>{words.malformed}</p>
      </Notice>
    );
  const parsed = getAddress(address);
  return (
    <>
      <ExplorerHead title={words.title} path="address" value={parsed} />
      <Reading address={parsed} />
    </>
  );
}
