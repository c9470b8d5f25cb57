import type { UseQueryResult } from "@tanstack/react-query";
import { BackendUnavailable } from "../../api/problem";
import { FailureNotice } from "../../components/FailureNotice";
import { Loading } from "../../components/Loading";
import { Notice } from "../../components/Notice";
import { ledgerText } from "../../strings/ledgerText";
import { text } from "../../strings/text";
import { useSession } from "../../wallet/useSession";
import { BarTable } from "./BarTable";
import { type Attributed, grouped, modelLabel, regionLabel } from "./breakdown";

const words = ledgerText.breakdown;

function SignIn() {
  const { signIn, signingIn, error } = useSession();
  return (
    <>
      <p className="soft">{words.signIn}</p>
      {error != null && <FailureNotice error={error} />}
      <div className="actions">
        <button type="button" className="button" disabled={signingIn} onClick={signIn}>
          {signingIn ? text.signIn.pending : text.signIn.action}
        </button>
      </div>
    </>
  );
}

function Failed({ query }: { query: UseQueryResult<Attributed> }) {
  if (!(query.error instanceof BackendUnavailable))
    return <FailureNotice error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Notice kind="warn">
      <p>{words.away}</p>
      <div className="actions">
        <button type="button" className="button" onClick={() => void query.refetch()}>
          {text.retry}
        </button>
      </div>
    </Notice>
  );
}

function Groups({ found }: { found: Attributed }) {
  return (
    <>
      <figure className="chart">
        <BarTable caption={words.models} head={words.columns.model} groups={grouped(found, modelLabel)} />
      </figure>
      <figure className="chart">
        <BarTable caption={words.regions} head={words.columns.region} groups={grouped(found, regionLabel)} />
      </figure>
      <p className="hint">{words.note}</p>
    </>
  );
}

/** The own ledger by model and by region: from the gateway, and measured by the chain. */
export function Breakdown({ query }: { query: UseQueryResult<Attributed> }) {
  const { session, loading } = useSession();
  return (
    <section className="card" aria-labelledby="breakdown">
      <h2 id="breakdown">{words.title}</h2>
      {!session && !loading && <SignIn />}
      {query.data && <Groups found={query.data} />}
      {!query.data && query.isError && <Failed query={query} />}
      {session && query.isFetching && !query.data && <Loading />}
    </section>
  );
}
