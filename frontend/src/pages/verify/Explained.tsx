import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Hex } from "viem";
import { BoundBar } from "../../components/BoundBar";
import { Field } from "../../components/Field";
import { Loading } from "../../components/Loading";
import type { Explained } from "../../evidence/checker";
import { countOf, type Disclosure } from "../../evidence/disclosure";
import { carbon, count } from "../../format";
import { text } from "../../strings/publicText";
import { verify } from "../../strings/verifyText";
import { CheckFailure } from "./CheckFailure";
import { loadChecker } from "./loadChecker";

const words = verify;
const MOST_ADVICE = 3;

function Advice({ explanation: { narrowing } }: Explained) {
  // Two factors may have the same remedy; the one that saves more comes first.
  const best = narrowing
    .filter(({ advice }, index, all) => all.findIndex((other) => other.advice === advice) === index)
    .slice(0, MOST_ADVICE);
  if (best.length === 0) return null;
  return (
    <div>
      <h4>{words.boundsTitle}</h4>
      <ul className="plain-list">
        {best.map(({ factor, advice, savedPpm }) => (
          <li key={factor}>{words.narrows(advice, (Number(savedPpm) / 10_000).toFixed(0))}</li>
        ))}
      </ul>
    </div>
  );
}

function Details(explained: Explained) {
  const { estimate, defaults, warnings } = explained;
  const { low, central, high } = estimate.total_ug;
  return (
    <div className="stack">
      <div>
        <p>
          {words.total}: <strong>{carbon(central)}</strong>
        </p>
        <BoundBar low={low} central={central} high={high} />
        <p className="hint">{text.bounds.note}</p>
      </div>
      <div>
        <span className="badge">{text.attestation.tierOf(estimate.tier)}</span>
        <p className="small soft">{estimate.tier_reason}</p>
      </div>
      <Advice {...explained} />
      {warnings.length > 0 && (
        <ul className="plain-list">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {defaults.length === 0 ? (
        <p className="small soft">{words.noDefaults}</p>
      ) : (
        <details>
          <summary>{words.defaults(defaults.length)}</summary>
          <ul className="plain-list">
            {defaults.map(({ field, factor, value, unit, source }) => (
              <li key={`${field} ${factor}`}>
                <strong>{field}</strong>: {value} {unit}
                <br />
                <span className="soft break">{`${factor} · ${source}`}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

interface Props {
  disclosure: Disclosure;
  /** Names the file, so that the explanation of another one is not shown. */
  fileKey: string;
  methodology: Hex | undefined;
}

/** Why a disclosed workload has its figures: tier, defaults, warnings and what would narrow the bounds. */
export function ExplainedWorkload({ disclosure, fileKey, methodology }: Props) {
  const all = countOf(disclosure);
  const [asked, setAsked] = useState("1");
  const number = /^[0-9]{1,5}$/.test(asked) ? Number(asked) : 0;
  const isThere = number >= 1 && number <= all;
  const query = useQuery({
    queryKey: ["explained", fileKey, methodology ?? "", String(number)],
    queryFn: async () => (await loadChecker()).explainOne(disclosure, number - 1, methodology),
    enabled: isThere,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return (
    <section className="stack-tight" aria-labelledby="explained">
      <h3 id="explained">{words.explanation}</h3>
      {all > 1 && (
        <Field
          label={words.whichWorkload(count(all))}
          error={isThere ? undefined : words.noSuchWorkload(count(all))}
        >
          {(control) => (
            <input
              {...control}
              inputMode="numeric"
              value={asked}
              onChange={(event) => setAsked(event.target.value.trim())}
            />
          )}
        </Field>
      )}
      {isThere && query.isError && <CheckFailure error={query.error} />}
      {isThere && query.isPending && <Loading />}
      {isThere && query.data && <Details {...query.data} />}
    </section>
  );
}
