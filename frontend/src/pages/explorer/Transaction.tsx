import { formatEther, formatGwei } from "viem";
import { Link } from "wouter";
import { ownExplorerPath } from "../../chain/explorerLinks";
import { useChainQuery } from "../../chain/useChainQuery";
import { Fact } from "../../components/Fact";
import { Notice } from "../../components/Notice";
import { QueryView } from "../../components/QueryView";
import { count, moment } from "../../format";
import { parseReportId } from "../../ids";
import { explorer } from "../../strings/explorerText";
import { type Contracts, useContracts } from "./contracts";
import { decodeCall } from "./decode";
import { EventList } from "./EventList";
import { ExplorerHash } from "./ExplorerHash";
import { ExplorerHead } from "./ExplorerHead";
import { RawData } from "./RawData";
import { readTransaction, type TransactionView } from "./transactions";
import { ValueList } from "./ValueList";

const words = explorer.transaction;

function Status({ receipt, reason }: TransactionView) {
  if (receipt === null) return <span className="badge badge-gold">{words.waiting}</span>;
  if (receipt.succeeded) return <span className="badge">{words.succeeded}</span>;
  return (
    <>
      <span className="badge badge-bad">{words.reverted}</span>
      <p>
        {words.reason}: {reason === null ? words.noReason : <strong>{reason}</strong>}
      </p>
      {reason !== null && <p className="hint">{words.reasonNote}</p>}
    </>
  );
}

function Target({ view }: { view: TransactionView }) {
  if (view.to) return <ExplorerHash value={view.to} path="address" full />;
  const created = view.receipt?.created;
  return created ? (
    <ExplorerHash value={created} path="address" full />
  ) : (
    <span>{explorer.contractCreation}</span>
  );
}

function Facts({ view }: { view: TransactionView }) {
  const { receipt, block, time } = view;
  return (
    <section className="card" aria-labelledby="facts">
      <h2 id="facts">{words.facts}</h2>
      <dl className="facts">
        <Fact name={words.status}>
          <Status {...view} />
        </Fact>
        {block !== null && (
          <Fact name={words.block}>
            <Link href={ownExplorerPath("block", String(block))}>{count(block)}</Link>
          </Fact>
        )}
        {time !== null && <Fact name={words.time}>{moment(time)}</Fact>}
        <Fact name={words.from}>
          <ExplorerHash value={view.from} path="address" full />
        </Fact>
        <Fact name={words.to}>
          <Target view={view} />
        </Fact>
        <Fact name={words.sent}>{explorer.ether(formatEther(view.value))}</Fact>
        {receipt && (
          <Fact name={words.gas}>
            {receipt.gasPrice === null
              ? count(receipt.gasUsed)
              : words.gasPaid(count(receipt.gasUsed), formatGwei(receipt.gasPrice))}
          </Fact>
        )}
        <Fact name={words.nonce}>{count(view.nonce)}</Fact>
      </dl>
    </section>
  );
}

function Call({ view, contracts }: { view: TransactionView; contracts: Contracts }) {
  const decoded = decodeCall(contracts, view.to, view.input);
  const title = decoded ? `${decoded.contract}.${decoded.name}` : words.call;
  return (
    <section className="card" aria-labelledby="call">
      <h2 id="call" className="break">
        {title}
      </h2>
      {decoded && <ValueList rows={decoded.rows} />}
      {view.input === "0x" && <p className="soft">{words.plainTransfer}</p>}
      {!decoded && view.input !== "0x" && <p className="soft">{words.undecoded}</p>}
      {view.input !== "0x" && <RawData data={view.input} />}
    </section>
  );
}

function Found({ view }: { view: TransactionView }) {
  const logs = view.receipt?.logs ?? [];
  const contracts = useContracts([...(view.to ? [view.to] : []), ...logs.map(({ address }) => address)]);
  return (
    <div className="stack">
      <Facts view={view} />
      <Call view={view} contracts={contracts} />
      <section className="card" aria-labelledby="events">
        <h2 id="events">{words.events}</h2>
        {logs.length === 0 ? (
          <p className="soft">{words.noEvents}</p>
        ) : (
          <EventList logs={logs} contracts={contracts} />
        )}
      </section>
    </div>
  );
}

function Reading({ hash }: { hash: `0x${string}` }) {
  const query = useChainQuery(["transaction", hash], (client) => readTransaction(client, hash));
  return (
    <QueryView query={query} failed={explorer.readFailed} missing={words.missing}>
      {(view) => <Found view={view} />}
    </QueryView>
  );
}

/** One transaction, read from the node alone: what it called, what came of it, and why it was reverted if it was. */
export default function TransactionPage({ hash }: { hash: string }) {
  const parsed = parseReportId(hash);
  if (parsed === null)
    return (
      <Notice kind="bad">
        <h1>{words.title}</h1>
        <p>{words.malformed}</p>
      </Notice>
    );
  return (
    <>
      <ExplorerHead title={words.title} path="tx" value={parsed} />
      <Reading hash={parsed} />
    </>
  );
}
