import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Estimate, EstimateResult, Explanation, Range } from "../../api/types";
import { BoundBar } from "../../components/BoundBar";
import { Fact } from "../../components/Fact";
import { FailureNotice } from "../../components/FailureNotice";
import { carbon, energy, mass, water } from "../../format";
import { text } from "../../strings/text";
import { Waterfall } from "./Waterfall";

const words = text.record;
const MOST_ADVICE = 3;

function between(range: Range, format: (value: bigint) => string): string {
  return `${format(BigInt(range.central))} (${format(BigInt(range.low))} – ${format(BigInt(range.high))})`;
}

function Headline({ estimate }: { estimate: Estimate }) {
  const { total_ug: total } = estimate;
  return (
    <>
      <p className="figure-value">{carbon(BigInt(total.central))}</p>
      <BoundBar low={BigInt(total.low)} central={BigInt(total.central)} high={BigInt(total.high)} />
      <p className="hint">{text.bounds.note}</p>
      <div>
        <span className="badge">{text.attestation.tierOf(estimate.tier)}</span>
        <p className="small soft">{estimate.tier_reason}</p>
      </div>
    </>
  );
}

/** The inputs that would bring the bounds closest together, best first. */
function Narrowing({ explanation }: { explanation: Explanation }) {
  // Two factors may have the same remedy; the one that saves more comes first.
  const best = explanation.narrowing
    .filter(({ state }, index, all) => all.findIndex((other) => other.state === state) === index)
    .slice(0, MOST_ADVICE);
  if (best.length === 0) return null;
  return (
    <div>
      <h3>{words.narrowing}</h3>
      <ul className="plain-list">
        {best.map(({ factor, state, saved_ppm }) => (
          <li key={factor}>{words.narrows(state, (Number(saved_ppm) / 10_000).toFixed(0))}</li>
        ))}
      </ul>
    </div>
  );
}

function Details({ result: { estimate, explanation } }: { result: EstimateResult }) {
  return (
    <>
      <Waterfall explanation={explanation} />
      <Narrowing explanation={explanation} />
      <dl className="facts">
        <Fact name={words.energy}>{between(estimate.energy_uwh, energy)}</Fact>
        <Fact name={words.operational}>{between(estimate.operational_ug, mass)}</Fact>
        <Fact name={words.embodied}>{between(estimate.embodied_ug, mass)}</Fact>
        <Fact name={words.market}>{between(estimate.total_market_ug, mass)}</Fact>
        <Fact name={words.water}>{between(estimate.water_ul, water)}</Fact>
      </dl>
      {estimate.warnings.length > 0 && (
        <div>
          <h3>{words.warnings}</h3>
          <ul className="plain-list">
            {estimate.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </div>
      )}
      {estimate.defaults.length === 0 ? (
        <p className="small soft">{words.noDefaults}</p>
      ) : (
        <details>
          <summary>{words.defaults(estimate.defaults.length)}</summary>
          <ul className="plain-list">
            {estimate.defaults.map(({ field, factor, value, unit, source }) => (
              <li key={`${field} ${factor}`}>
                <strong>{field}</strong>: {value} {unit}
                <br />
                <span className="soft break">{`${factor} · ${source}`}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** The estimate of what the form holds, kept in view while it is filled in, with what can be done with it. */
export function EstimateCard({
  query,
  children,
}: {
  query: UseQueryResult<EstimateResult>;
  children: ReactNode;
}) {
  const { data, error, isFetching } = query;
  return (
    <section className="card card-narrow sticky" aria-labelledby="estimate">
      <div className="card-head">
        <h2 id="estimate">{words.estimateTitle}</h2>
        <span role="status" className="small soft">
          {isFetching ? words.estimating : ""}
        </span>
      </div>
      {error && <FailureNotice error={error} onRetry={() => void query.refetch()} />}
      {!error && !data && !isFetching && <p className="soft">{words.estimateEmpty}</p>}
      {!error && data && <Headline estimate={data.estimate} />}
      {children}
      {!error && data && <Details result={data} />}
    </section>
  );
}
