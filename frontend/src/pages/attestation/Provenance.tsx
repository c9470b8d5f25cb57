import type { Hex } from "viem";
import { Link } from "wouter";
import type { Allocation } from "../../chain/credits";
import type { Attestation, Recorded, Supersession } from "../../chain/ledger";
import { Fact } from "../../components/Fact";
import { Hash } from "../../components/Hash";
import { count, moment, short } from "../../format";
import { useLedger } from "../../ledgerContext";
import { text } from "../../strings/text";

const words = text.attestation;

/** All that the chain says about one attestation. */
export interface AttestationView {
  attestation: Attestation;
  recorded: Recorded | undefined;
  allocations: readonly Allocation[];
  supersessions: readonly Supersession[];
}

function IdLink({ id }: { id: Hex }) {
  return (
    <Link className="mono" href={`/attestation/${id}`}>
      {short(id)}
    </Link>
  );
}

/** Where the figures stand on the chain, and how anyone can find them there. */
export function Provenance({ id, view }: { id: Hex; view: AttestationView }) {
  const { config } = useLedger();
  const { recorded, attestation, supersessions } = view;
  return (
    <section className="card" aria-labelledby="provenance">
      <h2 id="provenance">{words.provenance}</h2>
      <dl className="facts">
        <Fact name={words.id}>
          <Hash value={id} full />
        </Fact>
        <Fact name={words.recordedAt}>{moment(attestation.recorded_at)}</Fact>
        {recorded && (
          <>
            <Fact name={words.account}>
              <Link href={`/ledger?account=${recorded.account}`} className="mono break">
                {recorded.account}
              </Link>
            </Fact>
            <Fact name={words.transaction}>
              <Hash value={recorded.transaction} path="tx" full />
            </Fact>
            <Fact name={words.block}>{count(recorded.block)}</Fact>
            <Fact name={words.methodology}>
              <Hash value={recorded.footprint.methodology} full />
            </Fact>
            <Fact name={words.root}>
              <Hash value={recorded.footprint.root} full />
            </Fact>
            <Fact name={words.footprintHash}>
              <Hash value={recorded.footprintHash} full />
            </Fact>
          </>
        )}
        {supersessions.map(({ id: older, by }) =>
          older === id ? (
            <Fact key={by} name={words.supersededBy}>
              <IdLink id={by} />
            </Fact>
          ) : (
            <Fact key={older} name={words.supersedes}>
              <IdLink id={older} />
            </Fact>
          ),
        )}
        <Fact name={words.contract}>
          <Hash value={config.ledger} path="address" full />
        </Fact>
      </dl>
      <p className="hint mono break">{text.readFrom(text.contract.ledger, `attestation(${short(id)})`)}</p>
    </section>
  );
}
