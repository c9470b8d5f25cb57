import { encodeFunctionData, type Hex } from "viem";
import { Link } from "wouter";
import type { AttestationView } from "../../chain/attestationView";
import { Fact } from "../../components/Fact";
import { Hash } from "../../components/Hash";
import { ReadFrom } from "../../components/ReadFrom";
import { count, moment, short } from "../../format";
import { ledgerReads } from "../../generated/publicAbi";
import { useLedger } from "../../ledgerContext";
import { claim } from "../../strings/claimText";
import { text } from "../../strings/publicText";

const words = text.attestation;
const NOTHING = `0x${"00".repeat(32)}`;

/** Where the figures stand on the chain, and how anyone can ask for them. */
export function Provenance({ id, view }: { id: Hex; view: AttestationView }) {
  const { config } = useLedger();
  const { recorded, attestation, block } = view;
  const data = encodeFunctionData({ abi: ledgerReads, functionName: "attestation", args: [id] });
  const call = { contract: text.contract.ledger, name: "attestation", args: short(id) };
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
              <Link href={`/account/${recorded.account}`} className="mono break">
                {recorded.account}
              </Link>
            </Fact>
            <Fact name={words.transaction}>
              <Hash value={recorded.transaction} path="tx" full />
            </Fact>
            <Fact name={words.block}>{count(recorded.block)}</Fact>
            <Fact name={claim.fields.validUntil}>{moment(recorded.footprint.valid_until)}</Fact>
            <Fact name={words.methodology}>
              <Hash value={recorded.footprint.methodology} full />
            </Fact>
            <Fact name={words.root}>
              <Hash value={recorded.footprint.root} full />
            </Fact>
            <Fact name={words.footprintHash}>
              <Hash value={recorded.footprintHash} full />
            </Fact>
            <Fact name={claim.fields.supersedes}>
              {recorded.footprint.supersedes === NOTHING ? (
                text.none
              ) : (
                <Hash value={recorded.footprint.supersedes} full />
              )}
            </Fact>
          </>
        )}
        <Fact name={words.contract}>
          <Hash value={config.ledger} path="address" full />
        </Fact>
      </dl>
      <ReadFrom call={{ ...call, to: config.ledger, data, block }} />
    </section>
  );
}
