import { Link } from "wouter";
import {
  type Allocation,
  type Certificate,
  type Minted,
  readAllocations,
  readCertificate,
  readMinted,
  readTokenMetadata,
  type TokenMetadata,
} from "../chain/credits";
import { useChainQuery } from "../chain/useChainQuery";
import { AllocationTable } from "../components/AllocationTable";
import { CoverageBar } from "../components/CoverageBar";
import { Fact } from "../components/Fact";
import { Hash } from "../components/Hash";
import { Notice } from "../components/Notice";
import { PageHead } from "../components/PageHead";
import { QueryView } from "../components/QueryView";
import { freeUg } from "../flows/allocationAmounts";
import { carbon, count, keyText, moment, short } from "../format";
import { parseCertificateId, tokenHex } from "../ids";
import { useLedger } from "../ledgerContext";
import { text } from "../strings/text";

interface View {
  certificate: Certificate;
  minted: Minted | undefined;
  allocations: readonly Allocation[];
  metadata: TokenMetadata | null;
}

const words = text.certificate;

function sourceText({ source }: Minted): string {
  const kind = words.sourceKinds[source.kind] ?? text.unknownValue;
  const [first, last] = [source.first.toString(), source.last.toString()];
  return `${kind}: ${source.kind === 2 ? words.sourceOrigin(first, last) : words.sourceRange(first, last)}`;
}

function Headline({ view: { certificate, metadata } }: { view: View }) {
  const amount = carbon(certificate.amount_ug);
  return (
    <section className="card sticky" aria-labelledby="amount">
      <div className="card-head">
        <h2 id="amount">{words.amount}</h2>
        {certificate.voided ? (
          <span className="badge badge-bad">{words.voided}</span>
        ) : (
          <span className="badge">{words.locked}</span>
        )}
      </div>
      <p className="figure-value">{amount}</p>
      {metadata?.image && (
        <figure className="stack-tight">
          <img
            className="certificate-image"
            src={metadata.image}
            alt={words.imageAlt(amount, certificate.project)}
          />
          <figcaption className="hint">{words.image}</figcaption>
        </figure>
      )}
      <div>
        <h3>{words.allocated}</h3>
        <CoverageBar covered={certificate.allocated_ug} high={certificate.amount_ug} />
        <p className="small soft">{`${words.free}: ${carbon(freeUg(certificate))}`}</p>
      </div>
      <p className="small soft">{words.explanation}</p>
    </section>
  );
}

function Facts({ certificate }: { certificate: Certificate }) {
  return (
    <section className="card" aria-labelledby="facts">
      <h2 id="facts">{words.facts}</h2>
      <dl className="facts">
        <Fact name={words.beneficiary}>{certificate.beneficiary}</Fact>
        <Fact name={words.project}>{certificate.project}</Fact>
        <Fact name={words.vintage}>{certificate.vintage}</Fact>
        <Fact name={words.registry}>{keyText(certificate.registry)}</Fact>
        <Fact name={words.serials}>
          <span className="mono">{certificate.serials}</span>
        </Fact>
        <Fact name={words.retiredAt}>{moment(certificate.retired_at)}</Fact>
      </dl>
    </section>
  );
}

function Provenance({ id, view: { certificate, minted } }: { id: bigint; view: View }) {
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
            <Fact name={words.book}>
              <Hash value={minted.source.book} full />
            </Fact>
            <Fact name={words.evidence}>
              <Hash value={minted.retirement.evidence} full />
            </Fact>
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

function Found({ id, view }: { id: bigint; view: View }) {
  return (
    <div className="columns">
      <div className="stack">
        <Facts certificate={view.certificate} />
        <Provenance id={id} view={view} />
        <section className="card" aria-labelledby="allocations">
          <h2 id="allocations">{words.allocations}</h2>
          {view.allocations.length === 0 ? (
            <p className="soft">{words.noAllocations}</p>
          ) : (
            <AllocationTable allocations={view.allocations} link="attestation" />
          )}
          {freeUg(view.certificate) > 0n && (
            <div className="actions">
              <Link className="button" href={`/retire?certificate=${tokenHex(id)}`}>
                {words.allocate}
              </Link>
            </div>
          )}
        </section>
      </div>
      <Headline view={view} />
    </div>
  );
}

function Reading({ id }: { id: bigint }) {
  const query = useChainQuery(
    ["certificate", id.toString()],
    async (client, config): Promise<View | null> => {
      const certificate = await readCertificate(client, config, id);
      if (certificate === null) return null;
      const [minted, allocations, metadata] = await Promise.all([
        readMinted(client, config, { certificate: id }),
        readAllocations(client, config, { certificate: id }),
        // The picture is an ornament: the facts stand without it.
        readTokenMetadata(client, config, id).catch(() => null),
      ]);
      return { certificate, minted: minted[0], allocations, metadata };
    },
  );
  return (
    <QueryView query={query} failed={text.status.readFailed}>
      {(view) =>
        view ? (
          <Found id={id} view={view} />
        ) : (
          <Notice>
            <p>{words.missing}</p>
          </Notice>
        )
      }
    </QueryView>
  );
}

/** One certificate, all of it read from the chain. */
export default function CertificatePage({ id }: { id: string }) {
  const parsed = parseCertificateId(id);
  return (
    <>
      <PageHead
        title={words.title}
        eyebrow={words.eyebrow}
        headline={`${words.title} ${parsed === null ? "" : short(tokenHex(parsed))}`}
      />
      {parsed === null ? (
        <Notice kind="bad">
          <p>{words.malformed}</p>
        </Notice>
      ) : (
        <Reading id={parsed} />
      )}
    </>
  );
}
