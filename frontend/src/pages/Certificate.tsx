import { Link } from "wouter";
import {
  type Certificate,
  readAllocations,
  readCertificate,
  readMinted,
  readTokenMetadata,
} from "../chain/credits";
import { useChainQuery } from "../chain/useChainQuery";
import { AllocationTable } from "../components/AllocationTable";
import { CoverageBar } from "../components/CoverageBar";
import { Fact } from "../components/Fact";
import { Notice } from "../components/Notice";
import { PageHead } from "../components/PageHead";
import { QueryView } from "../components/QueryView";
import { freeUg } from "../flows/allocationAmounts";
import { carbon, keyText, moment, short } from "../format";
import { parseCertificateId, tokenHex } from "../ids";
import { text } from "../strings/text";
import { type CertificateView, Provenance } from "./certificate/Provenance";

const words = text.certificate;

function Headline({ view: { certificate, metadata } }: { view: CertificateView }) {
  const amount = carbon(certificate.amount_ug);
  return (
    <section className="card sticky beside" aria-labelledby="amount">
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
        <CoverageBar
          covered={certificate.allocated_ug}
          high={certificate.amount_ug}
          words={words.allocatedOf}
        />
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

function Found({ id, view }: { id: bigint; view: CertificateView }) {
  return (
    <div className="columns">
      <Headline view={view} />
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
    </div>
  );
}

function Reading({ id }: { id: bigint }) {
  const query = useChainQuery(
    ["certificate", id.toString()],
    async (client, config): Promise<CertificateView | null> => {
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
    <QueryView query={query} failed={text.status.readFailed} missing={words.missing}>
      {(view) => <Found id={id} view={view} />}
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
