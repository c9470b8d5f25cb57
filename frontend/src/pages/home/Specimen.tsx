import { useQuery } from "@tanstack/react-query";
import { postEstimate } from "../../api/gateway";
import { BoundBar } from "../../components/BoundBar";
import { carbon, energy } from "../../format";
import { text } from "../../strings/text";
import { readForm } from "../record/readForm";
import { BLOOM_FORM } from "../record/workloadForm";

const words = text.home.specimen;

/** A published training run, estimated now: what an estimate looks like before anything is typed. Absent without the backend. */
export function Specimen() {
  const { workload } = readForm(BLOOM_FORM, Math.floor(Date.now() / 1000));
  const { data, isError } = useQuery({
    queryKey: ["backend", "estimate", "specimen"],
    queryFn: ({ signal }) => postEstimate(workload ?? {}, signal),
    enabled: workload !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (isError) return null;
  // Its place is kept while it comes, so that nothing below it jumps.
  if (!data) return <aside className="card specimen" aria-hidden="true" />;
  const { total_ug: total, energy_uwh, tier } = data.estimate;
  return (
    <aside className="card specimen" aria-label={words.label}>
      <div className="card-head">
        <p className="eyebrow">{words.label}</p>
        <span className="badge">{text.attestation.tierOf(tier)}</span>
      </div>
      <p className="specimen-title">{words.title}</p>
      <p className="figure-value">{carbon(BigInt(total.central))}</p>
      <BoundBar low={BigInt(total.low)} central={BigInt(total.central)} high={BigInt(total.high)} />
      <p className="small soft">{words.detail(energy(BigInt(energy_uwh.central)))}</p>
    </aside>
  );
}
