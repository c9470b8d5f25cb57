/** What a model costs per token: decode, prefill and cached input, with the batch as an input. */

import type { FactorSet } from "./factors";
import { exact, plus, type Range, scaledPpm, times, timesWhole, ZERO } from "./ranges";
import { grouped } from "./shown";
import { BILLION, PPM, type TokenCosts } from "./stages";
import { type Reads, Trail } from "./trail";
import type { Workload } from "./workload";

/** Those with a row of their own. */
const BATCHES = [1n, 2n, 4n, 8n, 16n, 32n, 64n, 128n, 256n];
const LARGEST = 256n;

/** Energy of a model's tokens with the host, and the evidence for it. */
export interface Serving {
  readonly costs: TokenCosts;
  readonly tier: number;
  readonly reason: string;
  readonly reads: Reads;
}

/**
 * Costs of the tokens of a workload. Energy per output token = fixed + per 10^9 parameters x (active + a share of the
 * inactive ones, whose weights a large batch reads as well).
 */
export function servingOf(factors: FactorSet, workload: Workload): Serving {
  const trail = new Trail(factors);
  const { active, total } = paramsOf(workload, trail);
  let params = active;
  if (total.central > active.central)
    params = plus(
      active,
      scaledPpm(minus(total, active), trail.default("inactive_experts", "inactive-experts/share")),
    );
  let [decode, prefill, cached] = [ZERO, ZERO, ZERO];
  if (workload.output_tokens) {
    const perBillion = perBillionOf(workload.batch, trail);
    decode = plus(timesWhole(trail.read("decode/fixed").value, BILLION), times(perBillion, params));
  }
  if (workload.input_tokens) prefill = times(trail.read("prefill/per-billion").value, active);
  if (workload.cached_tokens) cached = times(prefill, trail.read("cached-token/share-of-prefill").value);
  const host = trail.default("host_ppm", "host-overhead");
  const isClosed = active.low !== active.high;
  if (isClosed)
    trail.warn(
      `model: ${workload.model} publishes no parameters; a range of estimates is used,` +
        ` ${grouped(active.low)} to ${grouped(active.high)} active`,
    );
  const isKnown = workload.model !== undefined && !isClosed;
  const weights = isKnown ? "known open weights" : isClosed ? "estimated parameters" : "stated parameters";
  return {
    costs: {
      output: timesWhole(times(decode, host), PPM),
      input: timesWhole(times(prefill, host), PPM),
      cached: times(cached, host),
    },
    tier: isKnown ? 5 : 6,
    reason: `tokens of a model with ${weights}`,
    reads: trail.reads(),
  };
}

function minus(a: Range, b: Range): Range {
  return { low: a.low - b.low, central: a.central - b.central, high: a.high - b.high };
}

/** The tabulated batches for the low, central and high bound. A larger batch needs less energy. */
function batchesOf(batch: bigint | undefined, trail: Trail): [bigint, bigint, bigint] {
  if (batch === undefined) {
    const unknown = trail.default("batch", "batch/unknown");
    return [unknown.high, unknown.central, unknown.low];
  }
  if (batch > LARGEST) trail.warn(`batch: ${batch} is beyond the table, ${LARGEST} is used`);
  const below = BATCHES.findLast((size) => size <= batch) ?? 1n;
  const above = BATCHES.find((size) => size >= batch) ?? LARGEST;
  return [above, below, below];
}

function perBillionOf(batch: bigint | undefined, trail: Trail): Range {
  const [low, central, high] = batchesOf(batch, trail).map(
    (size) => trail.read(`decode/per-billion/batch-${size.toString().padStart(3, "0")}`).value,
  ) as [Range, Range, Range];
  return { low: low.low, central: central.central, high: high.high };
}

function paramsOf(workload: Workload, trail: Trail): { active: Range; total: Range } {
  if (workload.model !== undefined) {
    const active = trail.read(`model/${workload.model}/active-params`).value;
    return { active, total: trail.read(`model/${workload.model}/total-params`).value };
  }
  const active = exact(workload.active_params ?? 0n);
  if (workload.total_params !== undefined) return { active, total: exact(workload.total_params) };
  trail.warn("total_params: not stated, so every parameter is taken as active (a dense model)");
  return { active, total: active };
}
