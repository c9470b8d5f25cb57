import type { Address } from "viem";
import { Link } from "wouter";
import { Fact } from "../../components/Fact";
import { Hash } from "../../components/Hash";
import { QueryView } from "../../components/QueryView";
import { short } from "../../format";
import { useLedger } from "../../ledgerContext";
import { useChainRead } from "../../reads/useChainRead";
import { explore } from "../../strings/exploreText";
import { text } from "../../strings/publicText";
import { contractName } from "./contractName";
import { Retirements } from "./LatestRetirements";
import { type Found, lookUp } from "./lookUp";
import type { Match, Understood } from "./understand";

const words = explore.explore;

function PageLink({ page, id }: { page: "attestation" | "certificate"; id: string }) {
  return (
    <Link className="mono" href={`/${page}/${id}`}>
      {short(id)}
    </Link>
  );
}

function Account({ address }: { address: Address }) {
  const { config } = useLedger();
  const contract = contractName(config, address);
  return (
    <dl className="facts">
      <Fact name={words.found.account}>
        <Link className="mono break" href={`/account/${address}`}>
          {address}
        </Link>
      </Fact>
      {contract !== null && (
        <Fact name={words.found.contract}>
          {contract} <Hash value={address} path="address" />
        </Fact>
      )}
    </dl>
  );
}

function Matches({ found }: { found: readonly Match[] }) {
  const fields = ["project", "serial", "beneficiary"] as const;
  return fields
    .map((by) => ({ by, rows: found.filter((match) => match.by === by).map(({ minted }) => minted) }))
    .filter(({ rows }) => rows.length > 0)
    .map(({ by, rows }) => (
      <div key={by}>
        <h3>{words.found[by]}</h3>
        <Retirements rows={rows.slice(0, 50)} />
      </div>
    ));
}

function Answers({ found }: { found: Found }) {
  const { attestation, certificate, transaction, matches } = found;
  if (!attestation && !certificate && !transaction && matches.length === 0)
    return <p className="soft">{words.nothing}</p>;
  const made = transaction && [...transaction.attestations, ...transaction.certificates].length > 0;
  return (
    <>
      <dl className="facts">
        {attestation && (
          <Fact name={words.found.attestation}>
            <PageLink page="attestation" id={attestation} />
          </Fact>
        )}
        {certificate && (
          <Fact name={words.found.certificate}>
            <PageLink page="certificate" id={certificate} />
          </Fact>
        )}
        {transaction && (
          <Fact name={words.found.transaction}>
            <Hash value={transaction.hash} path="tx" />
          </Fact>
        )}
        {made && (
          <Fact name={words.found.inTransaction}>
            {transaction.attestations.map((id) => (
              <PageLink key={id} page="attestation" id={id} />
            ))}{" "}
            {transaction.certificates.map((id) => (
              <PageLink key={id} page="certificate" id={id} />
            ))}
          </Fact>
        )}
      </dl>
      <Matches found={matches} />
    </>
  );
}

function keyOf(understood: Understood): string {
  if (understood.kind === "word") return understood.word;
  if (understood.kind === "number") return understood.number.toString();
  return understood.kind === "text" ? understood.text : "";
}

/** What a search was understood as, and what answers to it. */
export function Results({ understood }: { understood: Understood }) {
  const asks = understood.kind === "word" || understood.kind === "number" || understood.kind === "text";
  const query = useChainRead(
    ["search", understood.kind, keyOf(understood)],
    (client, config) => lookUp(client, config, understood),
    asks,
  );
  if (understood.kind === "address")
    return (
      <div className="stack-tight">
        <p className="hint">{words.understood.address}</p>
        <Account address={understood.address} />
      </div>
    );
  if (!asks) return null;
  return (
    <section className="stack-tight" aria-label={words.results}>
      <p className="hint">{words.understood[understood.kind]}</p>
      <QueryView query={query} failed={text.status.readFailed}>
        {(found) => <Answers found={found} />}
      </QueryView>
    </section>
  );
}
