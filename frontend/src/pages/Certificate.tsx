import { Link } from "wouter";
import { type CertificateView, readCertificateView } from "../chain/certificateView";
import type { Certificate } from "../chain/credits";
import { AllocationTable } from "../components/AllocationTable";
import { CoverageBar } from "../components/CoverageBar";
import { Fact } from "../components/Fact";
import { Notice } from "../components/Notice";
import { PageHead } from "../components/PageHead";
import { QueryView } from "../components/QueryView";
import { Share } from "../components/Share";
import { freeUg } from "../flows/allocationAmounts";
import { carbon, count, keyText, mass, moment, short } from "../format";
import { parseCertificateId, tokenHex } from "../ids";
import { useLedger } from "../ledgerContext";
import { useChainRead } from "../reads/useChainRead";
import { claim } from "../strings/claimText";
import { proof } from "../strings/proofText";
import { text } from "../strings/publicText";
import { Provenance } from "./certificate/Provenance";
import { Trail } from "./certificate/Trail";
import { MissingHere } from "./explore/MissingHere";

const words = text.certificate;

function Headline({ view: { certificate, metadata } }: { view: CertificateView }) {
  const amount = carbon(certificate.amount_ug, "down");
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
      <p className="small soft">{claim.fields.exactly(count(certificate.amount_ug))}</p>
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
          words={(allocated) => words.allocatedOf(allocated, mass(certificate.amount_ug, "down"))}
        />
        <p className="small soft">{`${words.free}: ${carbon(freeUg(certificate), "down")}`}</p>
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
        {view.voidReason > 0 && <Void reason={view.voidReason} />}
        <Facts certificate={view.certificate} />
        <Trail view={view} />
        <Provenance id={id} view={view} />
        <section className="card" aria-labelledby="allocations">
          <h2 id="allocations">{words.allocations}</h2>
          {view.allocations.length === 0 ? (
            <p className="soft">{words.noAllocations}</p>
          ) : (
            <AllocationTable allocations={view.allocations} link="attestation" />
          )}
          {freeUg(view.certificate) > 0n && (
            <div className="actions no-print">
              <Link className="button" href={`/retire?certificate=${tokenHex(id)}`}>
                {words.allocate}
              </Link>
            </div>
          )}
        </section>
        <Share page="certificate" id={tokenHex(id)} drawing={view.metadata?.image ?? ""} />
      </div>
    </div>
  );
}

function Void({ reason }: { reason: number }) {
  return (
    <Notice kind="bad">
      <p>
        <strong>{claim.voids.title}.</strong> {claim.voids.reasons[reason] ?? ""}
      </p>
      <p>{claim.voids.explanation}</p>
    </Notice>
  );
}

function Reading({ id }: { id: bigint }) {
  const { config } = useLedger();
  const query = useChainRead(["certificate", id.toString()], (client, from) =>
    readCertificateView(client, from, id),
  );
  return (
    <QueryView query={query} failed={text.status.readFailed}>
      {(view) =>
        view === null ? (
          <MissingHere reason={proof.missing.certificate(config.credits, config.chainName)} />
        ) : (
          <Found id={id} view={view} />
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
      {parsed === null ? <MissingHere bad reason={words.malformed} /> : <Reading id={parsed} />}
    </>
  );
}
