import type { Hex } from "viem";
import { Link } from "wouter";
import type { AttestationView } from "../../chain/attestationView";
import { readHistory } from "../../chain/history";
import { Hash } from "../../components/Hash";
import { QueryView } from "../../components/QueryView";
import { carbon, moment, short } from "../../format";
import { useChainRead } from "../../reads/useChainRead";
import { claim } from "../../strings/claimText";
import { text } from "../../strings/publicText";

const words = claim.history;

/** The line of corrections that an attestation is part of, oldest first. */
export default function History({ id, view }: { id: Hex; view: AttestationView }) {
  const { supersessions, block } = view;
  const query = useChainRead(["history", id, String(supersessions.length)], (client, config) =>
    readHistory(client, config, id, supersessions, block),
  );
  return (
    <QueryView query={query} failed={text.status.readFailed}>
      {(versions) => (
        <ol className="trail">
          {versions.map(({ id: version, state, transaction }, index) => (
            <li key={version} className="trail-step" aria-current={version === id ? "true" : undefined}>
              <h3>
                {index === 0 ? words.first : words.correction}
                {version === id && <span className="badge">{words.here}</span>}
              </h3>
              <p>
                <Link className="mono" href={`/attestation/${version}`}>
                  {short(version)}
                </Link>{" "}
                {carbon(state.central_ug)}
              </p>
              <p className="small soft">{moment(state.recorded_at)}</p>
              {transaction && <Hash value={transaction} path="tx" />}
            </li>
          ))}
        </ol>
      )}
    </QueryView>
  );
}
