import { encodeFunctionData } from "viem";
import { Link } from "wouter";
import type { CertificateView } from "../../chain/certificateView";
import { type Minted, SOURCE_KIND } from "../../chain/credits";
import { Fact } from "../../components/Fact";
import { Hash } from "../../components/Hash";
import { ReadFrom } from "../../components/ReadFrom";
import { count, moment, short } from "../../format";
import { creditsReads } from "../../generated/publicAbi";
import { tokenHex } from "../../ids";
import { useLedger } from "../../ledgerContext";
import { claim } from "../../strings/claimText";
import { text } from "../../strings/publicText";

const words = text.certificate;

function sourceText({ source }: Minted): string {
  const kind = claim.source.kinds[source.kind] ?? text.unknownValue;
  const [first, last] = [source.first.toString(), source.last.toString()];
  const onChain = source.kind === SOURCE_KIND.onChainOrigin || source.kind === SOURCE_KIND.adapter;
  return `${kind}: ${onChain ? claim.source.origin(first, last) : claim.source.range(first, last)}`;
}

/** What the source is part of, and what shows the retirement: for an adapter that is the chain itself. */
function Origin({ minted: { source, retirement } }: { minted: Minted }) {
  if (source.kind === SOURCE_KIND.adapter) {
    return (
      <Fact name={words.adapter}>
        <Hash value={`0x${source.book.slice(-40)}`} path="address" full />
      </Fact>
    );
  }
  return (
    <>
      <Fact name={words.book}>
        <Hash value={source.book} full />
      </Fact>
      <Fact name={words.evidence}>
        <Hash value={retirement.evidence} full />
      </Fact>
    </>
  );
}

/** Where the certificate stands on the chain, and how anyone can ask for it. */
export function Provenance({ id, view }: { id: bigint; view: CertificateView }) {
  const { config } = useLedger();
  const { certificate, minted, moves, block } = view;
  const data = encodeFunctionData({ abi: creditsReads, functionName: "certificate", args: [id] });
  const call = { contract: text.contract.credits, name: "certificate", args: short(tokenHex(id)) };
  return (
    <section className="card" aria-labelledby="provenance">
      <h2 id="provenance">{words.provenance}</h2>
      <dl className="facts">
        <Fact name={words.id}>
          <Hash value={tokenHex(id)} full />
        </Fact>
        <Fact name={words.holder}>
          <Link className="mono break" href={`/account/${certificate.holder}`}>
            {certificate.holder}
          </Link>
        </Fact>
        <Fact name={words.mintedAt}>{moment(certificate.minted_at)}</Fact>
        {minted && (
          <>
            <Fact name={text.attestation.transaction}>
              <Hash value={minted.transaction} path="tx" full />
            </Fact>
            <Fact name={text.attestation.block}>{count(minted.block)}</Fact>
            <Fact name={words.source}>{sourceText(minted)}</Fact>
            <Origin minted={minted} />
          </>
        )}
        {moves.map(({ sender, transaction }) => (
          <Fact key={transaction} name={claim.moves.title}>
            {claim.moves.from} <Hash value={sender} path="address" /> <Hash value={transaction} path="tx" />
          </Fact>
        ))}
        <Fact name={text.attestation.contract}>
          <Hash value={config.credits} path="address" full />
        </Fact>
      </dl>
      <ReadFrom call={{ ...call, to: config.credits, data, block }} />
    </section>
  );
}
