import { useEffect } from "react";
import type { Hex } from "viem";
import { Link, useSearchParams } from "wouter";
import { readCertificate } from "../chain/credits";
import { readAttestation } from "../chain/ledger";
import { useChainQuery } from "../chain/useChainQuery";
import { LookUpForm } from "../components/LookUpForm";
import { Notice } from "../components/Notice";
import { PageHead } from "../components/PageHead";
import { QueryView } from "../components/QueryView";
import { parseReportId } from "../ids";
import { verify } from "../strings/verifyText";
import { Evidence } from "./verify/Evidence";
import { prepareChecker } from "./verify/loadChecker";

const words = verify;

function Lookup({ id }: { id: Hex }) {
  const query = useChainQuery(["lookup", id], async (client, config) => {
    const [attestation, certificate] = await Promise.all([
      readAttestation(client, config, id),
      readCertificate(client, config, BigInt(id)),
    ]);
    if (attestation) return "attestation";
    return certificate ? "certificate" : "nothing";
  });
  return (
    <QueryView query={query} failed={words.unreadable}>
      {(found) =>
        found === "nothing" ? (
          <Notice kind="bad">
            <p>{words.notFound}</p>
          </Notice>
        ) : (
          <Notice>
            <p>{found === "attestation" ? words.foundAttestation : words.foundCertificate}</p>
            <div className="actions">
              <Link className="button button-primary" href={`/${found}/${id}`}>
                {words.open}
              </Link>
            </div>
          </Notice>
        )
      }
    </QueryView>
  );
}

function ById() {
  const [params, setParams] = useSearchParams();
  const given = params.get("id") ?? "";
  const id = parseReportId(given);
  return (
    <section className="card" aria-labelledby="by-id">
      <h2 id="by-id">{words.byId}</h2>
      <LookUpForm
        label={words.id}
        action={words.look}
        given={given}
        error={given !== "" && id === null ? words.malformed : undefined}
        maxLength={80}
        primary
        onLook={(asked) => setParams({ id: asked })}
      />
      {id && <Lookup id={id} />}
    </section>
  );
}

/** Checks of a claim by a stranger: with the chain and a file, without us. */
export default function VerifyPage() {
  const [params] = useSearchParams();
  useEffect(prepareChecker, []);
  return (
    <>
      <PageHead title={words.title} eyebrow={words.eyebrow} headline={words.headline} lead={words.lead} />
      <div className="stack">
        <ById />
        <Evidence asked={parseReportId(params.get("id") ?? "")} />
      </div>
    </>
  );
}
