import type { Hex } from "viem";
import { Link } from "wouter";
import { readAllocations } from "../chain/credits";
import {
  type Attestation,
  type Recorded,
  readAttestation,
  readRecorded,
  readSupersessions,
} from "../chain/ledger";
import { useChainQuery } from "../chain/useChainQuery";
import { AllocationTable } from "../components/AllocationTable";
import { BoundBar } from "../components/BoundBar";
import { CoverageBar } from "../components/CoverageBar";
import { Fact } from "../components/Fact";
import { Notice } from "../components/Notice";
import { PageHead } from "../components/PageHead";
import { QueryView } from "../components/QueryView";
import { carbon, count, day, energy, short, water } from "../format";
import { parseReportId } from "../ids";
import { text } from "../strings/text";
import { type AttestationView, Provenance } from "./attestation/Provenance";

const words = text.attestation;

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
      <div>
        <h3>{words.tierOf(tier)}</h3>
        <p className="small soft">{words.tiers[tier] ?? text.unknownValue}</p>
      </div>
    </section>
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
        <Provenance id={id} view={view} />
        <section className="card" aria-labelledby="allocations">
          <h2 id="allocations">{words.allocations}</h2>
          {view.allocations.length === 0 ? (
            <p className="soft">{words.noAllocations}</p>
          ) : (
            <AllocationTable allocations={view.allocations} link="certificate" />
          )}
          <div className="actions">
            <Link className="button" href={`/verify?id=${id}`}>
              {words.verify}
            </Link>
          </div>
        </section>
      </div>
    </div>
  );
}

function Reading({ id }: { id: Hex }) {
  const query = useChainQuery(
    ["attestation", id],
    async (client, config): Promise<AttestationView | null> => {
      const [attestation, records, allocations, supersessions] = await Promise.all([
        readAttestation(client, config, id),
        readRecorded(client, config, { id }),
        readAllocations(client, config, { attestation: id }),
        readSupersessions(client, config, id),
      ]);
      return attestation && { attestation, recorded: records[0], allocations, supersessions };
    },
  );
  return (
    <QueryView query={query} failed={text.status.readFailed} missing={words.missing}>
      {(view) => <Found id={id} view={view} />}
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
      {parsed ? (
        <Reading id={parsed} />
      ) : (
        <Notice kind="bad">
          <p>{words.malformed}</p>
        </Notice>
      )}
    </>
  );
}
