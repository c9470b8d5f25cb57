import type { ReactNode } from "react";
import { Link } from "wouter";
import type { CertificateView } from "../../chain/certificateView";
import { pathOf } from "../../chain/path";
import { Hash } from "../../components/Hash";
import { carbon, count, keyText, mass, moment, short } from "../../format";
import { useLedger } from "../../ledgerContext";
import { claim } from "../../strings/claimText";
import { text } from "../../strings/publicText";
import { DeskPayment } from "./DeskPayment";
import { registryLink } from "./registries";

const words = claim.trail;

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li className="trail-step">
      <h3>{title}</h3>
      {children}
    </li>
  );
}

function Records({ allocations }: { allocations: CertificateView["allocations"] }) {
  const first = allocations[0];
  if (first === undefined) return <p className="soft">{words.recordNone}</p>;
  return (
    <p>
      {words.recordOf(carbon(first.amount_ug, "exact"))}{" "}
      <Link className="mono" href={`/attestation/${first.attestation}`}>
        {short(first.attestation)}
      </Link>{" "}
      {allocations.length > 1 && words.recordMore(count(allocations.length - 1))}
    </p>
  );
}

function Purchase({ minted }: { minted: CertificateView["minted"] }) {
  const { config } = useLedger();
  if (minted === undefined) return <p className="soft">{text.unknownValue}</p>;
  const path = pathOf(minted, config);
  if (path.kind === "desk") return <DeskPayment order={path.order} />;
  if (path.kind !== "adapter") return <p className="soft">{words.purchaseUnknown}</p>;
  return (
    <p>
      {words.purchaseAdapter} {path.name} <Hash value={path.adapter} path="address" />
    </p>
  );
}

function Registry({ certificate }: { certificate: CertificateView["certificate"] }) {
  const key = keyText(certificate.registry);
  const link = registryLink(key, certificate.project);
  return (
    <>
      <p>
        {key}: <span className="mono break">{certificate.serials || text.none}</span>
      </p>
      {link && (
        <p>
          <a href={link.href} rel="noreferrer">
            {words.openRegistry(link.name)}
          </a>
        </p>
      )}
    </>
  );
}

/** The way from the recorded work over the purchase and the retirement to the registry's own serial, on one screen. */
export function Trail({ view }: { view: CertificateView }) {
  const { certificate, minted, allocations } = view;
  const { project, vintage, beneficiary } = certificate;
  const retired = words.retirementText(
    mass(certificate.amount_ug, "exact"),
    project,
    String(vintage),
    beneficiary,
  );
  return (
    <section className="card" aria-labelledby="trail">
      <h2 id="trail">{words.title}</h2>
      <ol className="trail">
        <Step title={words.record}>
          <Records allocations={allocations} />
        </Step>
        <Step title={words.purchase}>
          <Purchase minted={minted} />
        </Step>
        <Step title={words.retirement}>
          <p>{retired}</p>
          <p className="small soft">{moment(certificate.retired_at)}</p>
          {minted && <Hash value={minted.transaction} path="tx" />}
        </Step>
        <Step title={words.serial}>
          <Registry certificate={certificate} />
        </Step>
      </ol>
    </section>
  );
}
