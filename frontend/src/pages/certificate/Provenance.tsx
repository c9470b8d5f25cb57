import { Link } from "wouter";
import {
  type Allocation,
  type Certificate,
  type Minted,
  SOURCE_KIND,
  type TokenMetadata,
} from "../../chain/credits";
import { Fact } from "../../components/Fact";
import { Hash } from "../../components/Hash";
import { count, moment, short } from "../../format";
import { tokenHex } from "../../ids";
import { useLedger } from "../../ledgerContext";
import { text } from "../../strings/text";

const words = text.certificate;

/** All that the chain says about one certificate. */
export interface CertificateView {
  certificate: Certificate;
  minted: Minted | undefined;
  allocations: readonly Allocation[];
  metadata: TokenMetadata | null;
}

function sourceText({ source }: Minted): string {
  const kind = words.sourceKinds[source.kind] ?? text.unknownValue;
  const [first, last] = [source.first.toString(), source.last.toString()];
  const onChain = source.kind === SOURCE_KIND.onChainOrigin || source.kind === SOURCE_KIND.adapter;
  return `${kind}: ${onChain ? words.sourceOrigin(first, last) : words.sourceRange(first, last)}`;
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

/** Where the certificate stands on the chain, and what it claims. */
export function Provenance({ id, view: { certificate, minted } }: { id: bigint; view: CertificateView }) {
  const { config } = useLedger();
  return (
    <section className="card" aria-labelledby="provenance">
      <h2 id="provenance">{words.provenance}</h2>
      <dl className="facts">
        <Fact name={words.id}>
          <Hash value={tokenHex(id)} full />
        </Fact>
        <Fact name={words.holder}>
          <Link className="mono break" href={`/ledger?account=${certificate.holder}`}>
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
        <Fact name={text.attestation.contract}>
          <Hash value={config.credits} path="address" full />
        </Fact>
      </dl>
      <p className="hint mono break">
        {text.readFrom(text.contract.credits, `certificate(${short(tokenHex(id))})`)}
      </p>
    </section>
  );
}
