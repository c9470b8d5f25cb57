import type { Hex } from "viem";
import { Link } from "wouter";
import { CoverageBar } from "../../components/CoverageBar";
import { Loading } from "../../components/Loading";
import { Notice } from "../../components/Notice";
import { isEqual } from "../../evidence/checks";
import { countOf } from "../../evidence/disclosure";
import { count } from "../../format";
import { text } from "../../strings/publicText";
import { verify } from "../../strings/verifyText";
import { CheckFailure } from "./CheckFailure";
import { ChecksTable } from "./ChecksTable";
import { ExplainedWorkload } from "./Explained";
import { RecomputedTotals } from "./RecomputedTotals";
import { type Opened, useVerification, type Verification } from "./useVerification";

const words = verify;
const MOST_NAMED = 8;

function VerdictNotice({ verification, shown }: { verification: Verification; shown: number }) {
  const { claim, checks, verdict, recomputation } = verification;
  if (verdict === "different") {
    const fields = checks.filter((check) => isEqual(check) === false).map(({ field }) => field);
    const named = fields.slice(0, MOST_NAMED).join(", ");
    return (
      <Notice kind="bad">
        <p>{words.verdicts.different}</p>
        <p className="break">{words.differs(fields.length > MOST_NAMED ? `${named}, …` : named)}</p>
      </Notice>
    );
  }
  if (verdict === "notRecorded") {
    return (
      <Notice kind="bad">
        <p>{words.verdicts.notRecorded}</p>
      </Notice>
    );
  }
  // What could not be recomputed says so itself, and so does an event that could not be read.
  if (verification.recomputeError || (verdict === "nothing" && !claim?.recorded)) return null;
  const all = claim?.recorded?.footprint.count ?? shown;
  return (
    <Notice kind={verdict === "equal" || verdict === "equalInPart" ? "info" : "warn"}>
      <p>
        {verdict === "equalInPart"
          ? words.verdicts.equalInPart(count(shown), count(all))
          : words.verdicts[verdict]}
      </p>
      {recomputation && <p className="small">{words.recomputedWith(recomputation.factorSet)}</p>}
    </Notice>
  );
}

function Ledger({ verification }: { verification: Verification }) {
  const { claim } = verification;
  if (!claim?.attestation) return null;
  const { attestation, bundle, id, recorded } = claim;
  return (
    <div className="stack-tight">
      {!recorded && (
        <Notice kind="warn">
          <p>{bundle ? words.noEvent : words.noReport}</p>
        </Notice>
      )}
      {attestation.superseded && (
        <Notice kind="warn">
          <p>{words.superseded}</p>
        </Notice>
      )}
      <h3>{words.coverage}</h3>
      <CoverageBar covered={attestation.covered_ug} high={attestation.high_ug} />
      <div className="actions">
        <Link className="button" href={`/attestation/${id}`}>
          {words.open}
        </Link>
      </div>
    </div>
  );
}

interface Props {
  opened: Opened;
  /** What was looked up above, if that is an id. */
  asked: Hex | null;
}

/** The outcome of a check: the verdict, every field, the coverage and the explanation. */
export function VerificationCard({ opened, asked }: Props) {
  const { disclosure, key } = opened;
  const id = disclosure.bundle?.id ?? asked ?? undefined;
  const verification = useVerification(opened, id);
  const { claim, checks, recomputation, recomputeError } = verification;
  const shown = countOf(disclosure);
  if (verification.chainError) {
    return (
      <Notice kind="bad">
        <p>{words.unreadable}</p>
        <div className="actions">
          <button type="button" className="button" onClick={verification.retry}>
            {text.retry}
          </button>
        </div>
      </Notice>
    );
  }
  const isDone = claim !== undefined || recomputation !== undefined || recomputeError !== null;
  if (!isDone) {
    return (
      <>
        <Loading />
        {verification.done > 0 && (
          <p className="small soft number">{words.recomputing(count(verification.done), count(shown))}</p>
        )}
      </>
    );
  }
  return (
    <div className="stack">
      {disclosure.bundle && asked && asked !== disclosure.bundle.id && (
        <Notice kind="warn">
          <p>{words.otherId}</p>
        </Notice>
      )}
      {recomputeError !== null && <CheckFailure error={recomputeError} />}
      {id === undefined && (
        <Notice kind="warn">
          <p>{words.needsId}</p>
        </Notice>
      )}
      <VerdictNotice verification={verification} shown={shown} />
      {verification.verdict !== "notRecorded" && checks.length > 0 && <ChecksTable checks={checks} />}
      {id === undefined && recomputation?.footprint && (
        <RecomputedTotals footprint={recomputation.footprint} />
      )}
      <Ledger verification={verification} />
      {recomputation && (
        <ExplainedWorkload disclosure={disclosure} fileKey={key} methodology={verification.methodology} />
      )}
    </div>
  );
}
