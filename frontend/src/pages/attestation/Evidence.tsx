import { encodeFunctionData, type Hex } from "viem";
import { type AttestationView, readBacking } from "../../chain/attestationView";
import { Fact } from "../../components/Fact";
import { Notice } from "../../components/Notice";
import { QueryView } from "../../components/QueryView";
import { ReadFrom } from "../../components/ReadFrom";
import { count, short } from "../../format";
import { methodologyNames } from "../../generated/methodologyNames";
import { ledgerReads } from "../../generated/publicAbi";
import { useLedger } from "../../ledgerContext";
import { useChainRead, useLast } from "../../reads/useChainRead";
import { claim } from "../../strings/claimText";
import { text } from "../../strings/publicText";

const words = claim.evidence;
/** More certificates than this behind one attestation are not asked one by one. */
const MOST_ASKED = 50;

interface Props {
  methodology: Hex;
  view: AttestationView;
}

function Approval({ methodology, approved, uri }: { methodology: Hex; approved: boolean; uri: string }) {
  return (
    <>
      <p>{methodologyNames[methodology.toLowerCase()] ?? words.unknownMethod}</p>
      <p className="small soft">{approved ? words.isApproved : words.notApproved}</p>
      {uri !== "" && (
        <p className="small soft break">
          {words.published} <span className="mono">{uri}</span>
        </p>
      )}
    </>
  );
}

/** How good the evidence of an attestation is, and whether it still stands. */
export function Evidence({ methodology, view }: Props) {
  const { config } = useLedger();
  const { attestation, allocations, block } = view;
  const certificates = allocations.slice(0, MOST_ASKED).map(({ certificate }) => certificate);
  // Read at the block of the rest; what the last block said stays until then.
  const query = useLast(
    useChainRead(["backing", methodology, block.toString(), ...certificates.map(String)], (client, from) =>
      readBacking(client, from, methodology, certificates, block),
    ),
  );
  const name = "is_methodology_approved";
  const data = encodeFunctionData({ abi: ledgerReads, functionName: name, args: [methodology] });
  const call = {
    contract: text.contract.ledger,
    name,
    args: short(methodology),
    to: config.ledger,
    data,
    block,
  };
  return (
    <section className="card" aria-labelledby="evidence">
      <h2 id="evidence">{words.title}</h2>
      <dl className="facts">
        <Fact name={words.state}>{attestation.superseded ? words.replaced : words.current}</Fact>
        <Fact name={text.attestation.tier}>
          {`${text.attestation.tierOf(attestation.tier)}: ${words.tiers[attestation.tier] ?? text.unknownValue}`}
        </Fact>
        <Fact name={words.signatures}>{words.council}</Fact>
        <Fact name={words.workloads}>{words.disclosed}</Fact>
        <Fact name={words.approved}>
          <QueryView query={query} failed={text.status.readFailed}>
            {({ approved, uri }) => <Approval methodology={methodology} approved={approved} uri={uri} />}
          </QueryView>
        </Fact>
      </dl>
      {query.data && query.data.voided.size > 0 && (
        <Notice kind="warn">
          <p>{words.voided(count(query.data.voided.size))}</p>
        </Notice>
      )}
      <ReadFrom call={call} />
    </section>
  );
}
