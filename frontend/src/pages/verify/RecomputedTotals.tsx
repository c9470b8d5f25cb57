import { BoundBar } from "../../components/BoundBar";
import { Fact } from "../../components/Fact";
import type { Recomputed } from "../../evidence/recompute";
import { energy, mass, water } from "../../format";
import { verify } from "../../strings/verifyText";

/** Sums over workloads that no attestation was named for. */
export function RecomputedTotals({ footprint }: { footprint: Recomputed }) {
  return (
    <div className="stack-tight">
      <h3>{verify.total}</h3>
      <BoundBar low={footprint.low_ug} central={footprint.central_ug} high={footprint.high_ug} />
      <dl className="facts">
        <Fact name={verify.energy}>{energy(footprint.energy_uwh)}</Fact>
        <Fact name={verify.market}>{mass(footprint.market_ug)}</Fact>
        <Fact name={verify.embodied}>{mass(footprint.embodied_ug)}</Fact>
        <Fact name={verify.water}>{water(footprint.water_ul)}</Fact>
      </dl>
    </div>
  );
}
