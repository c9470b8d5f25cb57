import { lazy, type ReactNode, Suspense } from "react";
import type { Hex } from "viem";
import { Link } from "wouter";
import { type AttestationView, readAttestationView } from "../chain/attestationView";
import type { Attestation, Recorded } from "../chain/ledger";
import { AllocationTable } from "../components/AllocationTable";
import { BoundBar } from "../components/BoundBar";
import { CoverageBar } from "../components/CoverageBar";
import { Fact } from "../components/Fact";
import { Loading } from "../components/Loading";
import { PageHead } from "../components/PageHead";
import { QueryView } from "../components/QueryView";
import { Share } from "../components/Share";
import { carbon, count, day, energy, short, water } from "../format";
import { parseReportId } from "../ids";
import { useLedger } from "../ledgerContext";
import { useChainRead } from "../reads/useChainRead";
import { claim } from "../strings/claimText";
import { proof } from "../strings/proofText";
import { text } from "../strings/publicText";
import { Evidence } from "./attestation/Evidence";
import { Provenance } from "./attestation/Provenance";
import { MissingHere } from "./explore/MissingHere";

const words = text.attestation;
const History = lazy(() => import("./attestation/History"));

function Headline({ attestation }: { attestation: Attestation }) {
  const { low_ug, central_ug, high_ug, covered_ug, tier, superseded } = attestation;
  return (
    <section className="card sticky beside" aria-labelledby="total">
      <div className="card-head">
        <h2 id="total">{words.total}</h2>
        <span className={superseded ? "badge badge-gold" : "badge"}>
          {superseded ? words.superseded : words.current}
        </span>
      </div>
      <p className="figure-value">{carbon(central_ug)}</p>
      <BoundBar low={low_ug} central={central_ug} high={high_ug} />
      <p className="hint">{text.bounds.note}</p>
      <div>
        <h3>{text.coverage.title}</h3>
        <CoverageBar covered={covered_ug} high={high_ug} />
      </div>
      <p className="small soft">{words.tierOf(tier)}</p>
    </section>
  );
}

/** A rounded quantity with the integer that stands on the chain. */
function exactly(rounded: string, ug: bigint): ReactNode {
  return (
    <>
      {rounded} <span className="small soft">{claim.fields.exactly(count(ug))}</span>
    </>
  );
}

function Figures({ recorded }: { recorded: Recorded }) {
  const { footprint } = recorded;
  return (
    <section className="card" aria-labelledby="figures">
      <h2 id="figures">{words.figures}</h2>
      <dl className="facts">
        <Fact name={words.period}>
          {words.between(day(footprint.period_start), day(footprint.period_end))}
        </Fact>
        <Fact name={words.workloads}>{count(footprint.count)}</Fact>
        <Fact name={words.energy}>{energy(footprint.energy_uwh)}</Fact>
        <Fact name={claim.fields.low}>{exactly(carbon(footprint.low_ug, "down"), footprint.low_ug)}</Fact>
        <Fact name={claim.fields.central}>{exactly(carbon(footprint.central_ug), footprint.central_ug)}</Fact>
        <Fact name={claim.fields.high}>{exactly(carbon(footprint.high_ug, "up"), footprint.high_ug)}</Fact>
        <Fact name={words.embodied}>{carbon(footprint.embodied_ug)}</Fact>
        <Fact name={words.market}>{carbon(footprint.market_ug)}</Fact>
        <Fact name={words.water}>{water(footprint.water_ul)}</Fact>
      </dl>
    </section>
  );
}

function Found({ id, view }: { id: Hex; view: AttestationView }) {
  return (
    <div className="columns">
      <Headline attestation={view.attestation} />
      <div className="stack">
        {view.recorded && <Figures recorded={view.recorded} />}
        {view.recorded && <Evidence methodology={view.recorded.footprint.methodology} view={view} />}
        <Corrections id={id} view={view} />
        <Provenance id={id} view={view} />
        <section className="card" aria-labelledby="allocations">
          <h2 id="allocations">{words.allocations}</h2>
          {view.allocations.length === 0 ? (
            <p className="soft">{words.noAllocations}</p>
          ) : (
            <AllocationTable allocations={view.allocations} link="certificate" />
          )}
          <div className="actions no-print">
            <Link className="button" href={`/verify?id=${id}`}>
              {words.verify}
            </Link>
          </div>
        </section>
        <Share page="attestation" id={id} />
      </div>
    </div>
  );
}

function Corrections({ id, view }: { id: Hex; view: AttestationView }) {
  return (
    <section className="card" aria-labelledby="corrections">
      <h2 id="corrections">{claim.history.title}</h2>
      {view.supersessions.length === 0 ? (
        <p className="soft">{claim.history.none}</p>
      ) : (
        <Suspense fallback={<Loading />}>
          <History id={id} view={view} />
        </Suspense>
      )}
    </section>
  );
}

function Reading({ id }: { id: Hex }) {
  const { config } = useLedger();
  const query = useChainRead(["attestation", id], (client, from) => readAttestationView(client, from, id));
  return (
    <QueryView query={query} failed={text.status.readFailed}>
      {(view) =>
        view === null ? (
          <MissingHere reason={proof.missing.attestation(config.ledger, config.chainName)} />
        ) : (
          <Found id={id} view={view} />
        )
      }
    </QueryView>
  );
}

/** One attestation, all of it read from the chain. */
export default function AttestationPage({ id }: { id: string }) {
  const parsed = parseReportId(id);
  return (
    <>
      <PageHead
        title={words.title}
        eyebrow={words.eyebrow}
        headline={`${words.title} ${parsed ? short(parsed) : ""}`}
      />
      {parsed ? <Reading id={parsed} /> : <MissingHere bad reason={words.malformed} />}
    </>
  );
}
