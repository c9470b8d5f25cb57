import { Link } from "wouter";
import { Notice } from "../../components/Notice";
import { proof } from "../../strings/proofText";

/** Says why there is nothing to show, and where to look. */
export function MissingHere({ reason, bad = false }: { reason: string; bad?: boolean }) {
  return (
    <Notice kind={bad ? "bad" : "info"}>
      <p className="break">{reason}</p>
      <div className="actions">
        <Link className="button" href="/explore">
          {proof.missing.search}
        </Link>
      </div>
    </Notice>
  );
}
