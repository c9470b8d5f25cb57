import type { Hex } from "viem";
import { Link } from "wouter";
import { ownExplorerPath } from "../../chain/explorerLinks";
import { useChainQuery } from "../../chain/useChainQuery";
import { Fact } from "../../components/Fact";
import { Notice } from "../../components/Notice";
import { QueryView } from "../../components/QueryView";
import { count, moment } from "../../format";
import { explorer } from "../../strings/explorerText";
import { type Block, parseBlock, readBlock } from "./blocks";
import { useContracts } from "./contracts";
import { decodeCall } from "./decode";
import { ExplorerHash } from "./ExplorerHash";
import { ExplorerHead } from "./ExplorerHead";
import type { Sent } from "./transactions";

const words = explorer.block;
const MOST_ROWS = 200;

function Facts({ block }: { block: Block }) {
  return (
    <section className="card" aria-labelledby="facts">
      <h2 id="facts">{words.facts}</h2>
      <dl className="facts">
        <Fact name={words.number}>{count(block.number)}</Fact>
        <Fact name={words.time}>{moment(block.time)}</Fact>
        <Fact name={words.hash}>
          <ExplorerHash value={block.hash} path="block" full />
        </Fact>
        <Fact name={words.parent}>
          <ExplorerHash value={block.parent} path="block" full />
        </Fact>
        <Fact name={words.gas}>{words.gasOf(count(block.gasUsed), count(block.gasLimit))}</Fact>
      </dl>
      <div className="actions">
        {block.number > 0n && (
          <Link className="button" href={ownExplorerPath("block", String(block.number - 1n))}>
            {words.older}
          </Link>
        )}
        <Link className="button" href={ownExplorerPath("block", String(block.number + 1n))}>
          {words.newer}
        </Link>
      </div>
    </section>
  );
}

function Rows({ transactions }: { transactions: readonly Sent[] }) {
  const contracts = useContracts(transactions.flatMap(({ to }) => (to ? [to] : [])));
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">{explorer.transaction.title}</th>
            <th scope="col">{explorer.transaction.from}</th>
            <th scope="col">{explorer.transaction.to}</th>
            <th scope="col">{words.call}</th>
          </tr>
        </thead>
        <tbody>
          {transactions.map((sent) => {
            const decoded = decodeCall(contracts, sent.to, sent.input);
            return (
              <tr key={sent.hash}>
                <td>
                  <ExplorerHash value={sent.hash} path="tx" />
                </td>
                <td>
                  <ExplorerHash value={sent.from} path="address" />
                </td>
                <td>
                  {sent.to ? <ExplorerHash value={sent.to} path="address" /> : explorer.contractCreation}
                </td>
                <td className="mono">
                  {decoded ? `${decoded.contract}.${decoded.name}` : sent.input.slice(0, 10)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Found({ block }: { block: Block }) {
  const shown = block.transactions.slice(0, MOST_ROWS);
  return (
    <div className="stack">
      <Facts block={block} />
      <section className="card" aria-labelledby="transactions">
        <h2 id="transactions">{words.transactions}</h2>
        {shown.length === 0 ? <p className="soft">{explorer.noneHere}</p> : <Rows transactions={shown} />}
        {shown.length < block.transactions.length && (
          <p className="hint">{words.first(count(shown.length), count(block.transactions.length))}</p>
        )}
      </section>
    </div>
  );
}

function Reading({ asked }: { asked: bigint | Hex }) {
  const query = useChainQuery(["block", String(asked)], (client) => readBlock(client, asked));
  return (
    <QueryView query={query} failed={explorer.readFailed} missing={words.missing}>
      {(block) => <Found block={block} />}
    </QueryView>
  );
}

/** One block and its transactions, by height or by hash. */
export default function BlockPage({ number }: { number: string }) {
  const asked = parseBlock(number);
  if (asked === null)
    return (
      <Notice kind="bad">
        <h1>{words.title}</h1>
        <p>{words.malformed}</p>
      </Notice>
    );
  return (
    <>
      <ExplorerHead title={words.title} path="block" value={String(asked)} />
      <Reading asked={asked} />
    </>
  );
}
